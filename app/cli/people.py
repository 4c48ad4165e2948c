"""``shortlist people``: who has a name, who counts more in suggestions, and forgetting it."""

import argparse
import json
from collections.abc import Collection, Iterable

from app.cli.headless import Headless, run_headless
from app.cli.results import Results
from app.cli.terminal import readable
from app.exit_codes import EXIT_NOTHING, EXIT_OK


def people(options: argparse.Namespace) -> int:
    """Do what the command line asks for; return the exit code."""
    return run_headless(lambda headless: _do(options, headless))


def _do(options: argparse.Namespace, headless: Headless) -> int:
    known = headless.services.people
    if options.action == "list":
        _list(known.names(), known.key_names(), as_json=options.json)
        return EXIT_OK
    if options.action in ("key", "unkey"):
        return _turn_key(options.name, headless, is_key=options.action == "key")
    if not options.name:
        known.forget_everybody()
        headless.tell("Nobody has a name any more, and nothing is kept of these faces.")
        return EXIT_OK
    if known.forget(options.name):
        headless.tell(f"“{options.name}” is forgotten.")
        return EXIT_OK
    return _nobody(options.name, headless)


def _list(names: Iterable[str], key: Collection[str], *, as_json: bool) -> None:
    results = Results()
    if as_json:
        document = [{"name": name, "key": name in key} for name in names]
        results.out(json.dumps({"version": 1, "people": document}, indent=1))
        return
    for name in names:
        results.print(readable(name) + ("  (key person)" if name in key else ""), markup=False)


def _turn_key(name: str, headless: Headless, *, is_key: bool) -> int:
    if not headless.services.people.set_key(name, is_key=is_key):
        return _nobody(name, headless)
    more = "counts more in suggestions" if is_key else "counts as much as everybody else"
    headless.tell(f"“{name}” {more} from now on.")
    return EXIT_OK


def _nobody(name: str, headless: Headless) -> int:
    headless.tell(f"Nobody is called “{name}”; `shortlist people list` lists all names.")
    return EXIT_NOTHING
