"""``shortlist choice``: what a client chose, from a file or from a mail, becomes picks, stars or a label."""

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from app.cli.headless import Headless, run_headless
from app.cli.results import Results
from app.cli.terminal import readable
from app.exit_codes import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.run_settings import run_settings
from core.review.choice.chosen import ChoiceError, ClientsChoice
from core.review.choice.names import PhotoNames
from core.review.choice.read import read_choice, text_in, text_of
from core.review.choice.taking import ChoiceBecomes, marks_of
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.types import Flag, Label

_FROM_INPUT = Path("-")


def take_choice(options: argparse.Namespace) -> int:
    """Do what the command line asks for; return the exit code."""
    try:
        piped = options.file == _FROM_INPUT
        text = text_in(sys.stdin.buffer.read(), str(_FROM_INPUT)) if piped else text_of(options.file)
    except ChoiceError as error:
        Console(stderr=True, soft_wrap=True).print(readable(str(error)), markup=False, highlight=False)
        return EXIT_USAGE
    return run_headless(lambda headless: _take(text, options, headless))


def _take(text: str, options: argparse.Namespace, headless: Headless) -> int:
    settings, _ = run_settings(headless.services.places, recursive=not options.no_recursive)
    shoot = headless.read_shoot([options.source], settings, measure=False)
    if headless.cancel.is_set():
        return EXIT_CANCELLED
    if not shoot.photos:
        headless.tell("No photos were found.")
        return EXIT_NOTHING
    try:
        choice = read_choice(text, PhotoNames.of(shoot.photos.values()))
    except ChoiceError as error:
        headless.tell(str(error))
        return EXIT_USAGE
    _print(choice, shoot, headless, as_json=options.json)
    if not choice.favourites:
        headless.tell("No photo was chosen by this.")
        return EXIT_NOTHING
    if not options.dry_run:
        review = Review(headless.services.decisions, [options.source.absolute()], shoot)
        review.load(shoot.photos.values())
        review.take_marks(shoot.marks)
        change = review.take_choice(marks_of(choice, _becomes(options.becomes)))
        count = len(change.after) if change is not None else 0
        headless.tell(f"{count} decided anew; Undo in the window takes it back.")
    return EXIT_SOME_FAILED if choice.not_understood or shoot.failures else EXIT_OK


def _print(choice: ClientsChoice, shoot: Shoot, headless: Headless, *, as_json: bool) -> None:
    """Print what was understood; on stderr what needs a look."""
    console = Results()
    if as_json:
        console.out(json.dumps(_document(choice, shoot), indent=1))
    else:
        for one in choice.photos:
            word = f": {one.word}" if one.word else ""
            only = "" if one.favourite else "  (only a word)"
            console.print(readable(f"{shoot.photos[one.photo_id].path}{only}{word}"), markup=False)
    for missed in choice.not_understood:
        headless.tell(f"To be looked at: {missed.said}: {missed.why}")
    for what, words in (("From", choice.who), ("Note", choice.note), ("Other words", choice.others)):
        if words:
            headless.tell(f"{what}: {words}")


def _document(choice: ClientsChoice, shoot: Shoot) -> dict[str, object]:
    return {
        "version": 1,
        "who": choice.who,
        "note": choice.note,
        "photos": [
            {
                "path": str(shoot.photos[one.photo_id].path),
                "said": one.said,
                "favourite": one.favourite,
                "stars": one.stars,
                "label": one.label.value if one.label else None,
                "word": one.word,
            }
            for one in choice.photos
        ],
        "not_understood": [{"said": one.said, "why": str(one.why)} for one in choice.not_understood],
        "other_words": choice.others,
    }


def _becomes(word: str) -> ChoiceBecomes:
    if word == "said":
        return None
    if word == Flag.PICK:
        return Flag.PICK
    return int(word) if word.isdigit() else Label(word)
