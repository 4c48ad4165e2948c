"""``shortlist people``: who has a name, and forgetting it."""

import argparse

from app.cli.headless import Headless, run_headless
from app.cli.terminal import readable
from app.exit_codes import EXIT_NOTHING, EXIT_OK


def people(options: argparse.Namespace) -> int:
    """Do what the command line asks for; return the exit code."""
    return run_headless(lambda headless: _do(options, headless))


def _do(options: argparse.Namespace, headless: Headless) -> int:
    known = headless.services.people
    if options.action == "list":
        for name in known.names():
            print(readable(name))
        return EXIT_OK
    if not options.name:
        known.forget_everybody()
        headless.tell("Nobody has a name any more, and nothing is kept of these faces.")
        return EXIT_OK
    if known.forget(options.name):
        headless.tell(f"“{options.name}” is forgotten.")
        return EXIT_OK
    headless.tell(f"Nobody is called “{options.name}”; `shortlist people list` lists all names.")
    return EXIT_NOTHING
