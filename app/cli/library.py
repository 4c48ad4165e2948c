"""``shortlist find similar|duplicates|words``: photos of all shoots, each with where it is."""

import argparse
import itertools
import json
from collections.abc import Iterable

from rich.console import Console

from app.all_shoots import search_all_shoots
from app.cli.find import asked_for
from app.cli.headless import Headless, run_headless
from app.cli.results import Results
from app.cli.terminal import readable
from app.exit_codes import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.filled_library import filled_library
from app.run_settings import run_settings
from core.cancelling import cancellable
from core.errors import NoLibraryError
from core.library.drives import Presence
from core.library.duplicate_words import away_words, duplicate_words
from core.library.duplicates import Duplicate, duplicates_in
from core.library.gaps import gap_words
from core.library.library import Alike
from core.shoot.all_shoots import check_asked
from core.shoot.query import NoQueryError, Query


def library(options: argparse.Namespace) -> int:
    """Do what the command line asks for; return the exit code."""
    if options.action == "similar":
        return run_headless(lambda headless: _similar(options, headless))
    if options.action == "duplicates":
        return run_headless(lambda headless: _duplicates(options, headless))
    try:
        query = asked_for(options.words)
        check_asked(query)
    except NoQueryError as error:
        Console(stderr=True, soft_wrap=True).print(readable(str(error)), markup=False)
        return EXIT_USAGE
    return run_headless(lambda headless: _words(options, query, headless))


def _similar(options: argparse.Namespace, headless: Headless) -> int:
    """List what looks like a photo; one that is not known is measured, with what lies beside it left alone."""
    settings, stand_in = run_settings(headless.services.places)
    if stand_in:
        headless.tell(stand_in)
    kept = headless.services.library
    path = options.photo.absolute()
    if path.is_dir():
        headless.tell(f"{path} is a folder; name a photo.")
        return EXIT_USAGE
    kept.check()
    shoot = headless.read_shoot([path], settings)
    if headless.cancel.is_set():
        return EXIT_CANCELLED
    photo = next(iter(shoot.photos.values()), None)
    if photo is None:
        headless.tell("No photos were found.")
        return EXIT_NOTHING
    _, made = filled_library(headless.services, settings, headless.cancel.is_set)
    _tell_gaps(headless)
    try:
        found = kept.like(photo, made, options.count)
    except NoLibraryError:
        if shoot.failures:  # what is wrong with it was told; it does not come in by waiting
            return EXIT_SOME_FAILED
        raise
    _print(found, as_json=options.json)
    return EXIT_OK if found else _nothing(headless)


def _duplicates(options: argparse.Namespace, headless: Headless) -> int:
    settings, stand_in = run_settings(headless.services.places)
    if stand_in:
        headless.tell(stand_in)
    services = headless.services
    folders = {folder.absolute() for folder in options.folders}
    services.library.check()
    with cancellable(headless.cancel.is_set):
        store, made = filled_library(services, settings, headless.cancel.is_set)
        _tell_gaps(headless)
        sets = duplicates_in(store, services.measures, services.thumbnails, made)
    if folders:
        sets = [
            members
            for members in sets
            if any(folders & set(each.frame.photo.path.parents) for each in members)
        ]
    console = Results()
    if options.json:
        document = [[_as_document(each) for each in members] for members in sets]
        console.out(json.dumps({"version": 1, "sets": document}, indent=1))
    else:
        for number, members in enumerate(sets, 1):
            for each in members:
                line = f"{number:4}  {each.frame.photo.path}  ({duplicate_words(each)})"
                console.print(readable(line), markup=False)
    return EXIT_OK if sets else _nothing(headless)


def _as_document(one: Duplicate) -> dict[str, object]:
    return {
        "path": str(one.frame.photo.path),
        "width": one.frame.width,
        "height": one.frame.height,
        "bytes": one.frame.photo.size_bytes,
        "changes": [change.value for change in one.changes],
        "away": one.presence is Presence.AWAY,
    }


def _print(found: Iterable[Alike], *, as_json: bool) -> None:
    console = Results()
    if as_json:
        document = [
            {
                "path": str(one.frame.photo.path),
                "likeness": round(one.cosine, 4),
                "away": one.presence is Presence.AWAY,
            }
            for one in found
        ]
        console.out(json.dumps({"version": 1, "photos": document}, indent=1))
        return
    for one in found:
        away = f"  ({away_words()})" if one.presence is Presence.AWAY else ""
        console.print(readable(f"{one.cosine:.2f}  {one.frame.photo.path}{away}"), markup=False)


def _words(options: argparse.Namespace, query: Query, headless: Headless) -> int:
    with headless.progress("Looking through all shoots") as tell:
        some = search_all_shoots(query, headless.services, headless.cancel.is_set, tell)
        hits = list(itertools.chain.from_iterable(some))
    _tell_gaps(headless)
    if headless.cancel.is_set():
        return EXIT_CANCELLED
    found = [(hit.frame.photo, hit.why, hit.presence is Presence.AWAY) for hit in hits]
    found.sort(key=lambda one: (str(one[0].moment or ""), one[0].path))
    console = Results()
    if options.json:
        document = [{"path": str(photo.path), "why": why, "away": away} for photo, why, away in found]
        console.out(json.dumps({"version": 1, "photos": document}, indent=1))
    else:
        for photo, why, away in found:
            words = "; ".join((*why, away_words()) if away else why)
            console.print(readable(f"{photo.path}" + (f"  ({words})" if words else "")), markup=False)
    return EXIT_OK if found else _nothing(headless)


def _tell_gaps(headless: Headless) -> None:
    """Say what may not be found; to be asked once the library is as whole as it can be."""
    if words := gap_words(headless.services.library):
        headless.tell(words)


def _nothing(headless: Headless) -> int:
    """Say that nothing was found, or that there was nothing to look through."""
    library = headless.services.library
    if library.file.count() == 0:
        headless.tell("No photos are known yet: `shortlist cull FOLDER` makes a shoot known.")
    elif library.lacks() is not None:
        headless.tell("Nothing was found in what is known.")
    else:
        headless.tell("Nothing was found.")
    return EXIT_NOTHING
