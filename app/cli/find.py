"""``shortlist find``: photos by word, each with why it was found."""

import argparse
import json
from collections.abc import Iterable

from rich.console import Console

from app.cli.headless import Headless, run_headless
from app.cli.results import Results
from app.cli.terminal import readable
from app.descriptions import find_described
from app.exit_codes import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.run_settings import run_settings
from app.things import find_placed, find_things, together
from core.language import say
from core.shoot.query import NoQueryError, Query, parse
from core.shoot.search import asks_for_things, descriptions, finds, why_found


def find(options: argparse.Namespace) -> int:
    """Do what the command line asks for; return the exit code."""
    try:
        query = asked_for(options.words)
    except NoQueryError as error:
        Console(stderr=True, soft_wrap=True).print(readable(str(error)), markup=False)
        return EXIT_USAGE
    return run_headless(lambda headless: _find(options, query, headless))


def asked_for(words: Iterable[str]) -> Query:
    """Return the query that somebody typed at a shell.

    Raises:
        NoQueryError: it is none; where nothing is asked, every photo there is would be the answer.
    """
    query = parse(" ".join(map(_as_typed, words)))
    if not query.terms:
        raise NoQueryError(say("There is nothing to look for: name a word, such as dog."))
    return query


def _as_typed(word: str) -> str:
    """Put the quotation marks back that the shell took away: one argument with spaces is one phrase."""
    if " " not in word or '"' in word:
        return word
    head, colon, rest = word.partition(":")
    if colon and head.lstrip("-").isalpha():
        return f'{head}:"{rest}"'
    return f'-"{word[1:]}"' if word.startswith("-") else f'"{word}"'


def _find(options: argparse.Namespace, query: Query, headless: Headless) -> int:
    settings, stand_in = run_settings(
        headless.services.places,
        recursive=not options.no_recursive,
        pair_folders=options.pair_folders or None,
    )
    if stand_in:
        headless.tell(stand_in)
    shoot = headless.read_shoot([options.source], settings)
    if headless.cancel.is_set():
        return EXIT_CANCELLED
    if asks_for_things(query):
        with headless.progress("Looking for things") as tell:
            placed = find_placed(shoot, headless.services, headless.cancel.is_set, tell)
        if headless.cancel.is_set():
            return EXIT_CANCELLED
        shoot.things = together(find_things(shoot, headless.services), placed)
    if texts := descriptions(query):
        with headless.progress("Looking for what is described in English") as tell:
            shoot.described = find_described(texts, shoot, headless.services, headless.cancel.is_set, tell)
        if headless.cancel.is_set():
            return EXIT_CANCELLED
    found = [photo for photo in shoot.photos.values() if finds(query, photo.id, shoot)]
    console = Results()
    if options.json:
        document = [{"path": str(photo.path), "why": why_found(query, photo.id, shoot)} for photo in found]
        console.out(json.dumps({"version": 1, "photos": document}, indent=1))
    else:
        for photo in found:
            why = "; ".join(why_found(query, photo.id, shoot))
            console.print(readable(f"{photo.path}" + (f"  ({why})" if why else "")), markup=False)
    if not found:
        headless.tell("Nothing was found.")
        return EXIT_NOTHING
    return EXIT_SOME_FAILED if shoot.failures else EXIT_OK
