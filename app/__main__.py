"""Entry point: the window, or one of the commands that need no screen."""

import argparse
import multiprocessing
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``shortlist``; return the exit code."""
    multiprocessing.freeze_support()
    # Not above: each worker process loads this module before it can say what is wrong with it.
    from app.arguments import EXIT_BROKEN, parse
    from app.terminal import readable
    from core.errors import ShortlistError
    from core.language import tr

    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(options)
    except ShortlistError as error:
        print(readable(str(error)), file=sys.stderr)
    except (ImportError, MemoryError) as error:
        sentence = tr(
            "A part of Shortlist cannot be loaded ({reason}). Close other programs if memory is short; else "
            "reinstall Shortlist."
        )
        print(readable(sentence.format(reason=str(error) or type(error).__name__)), file=sys.stderr)
    return EXIT_BROKEN


def _run(options: argparse.Namespace) -> int:
    # Each command imports what it needs: a script's `shortlist cull` should not wait for Qt.
    match options.command:
        case "cull":
            from app.cull import cull

            return cull(options)
        case "export" | "proofs" | "choice":
            return _out_and_back(options)
        case "ingest":
            from app.ingest_command import ingest

            return ingest(options)
        case "verify":
            from app.verify_command import verify_copies

            return verify_copies(options)
        case "people" | "taste":
            return _about_you(options)
        case "library":
            from app.library_command import library

            return library(options)
        case "find":
            from app.find_command import find

            return find(options)
        case "looks":
            from app.looks_command import looks

            return looks(options)
        case "models":
            from app.models_command import models

            return models(options)
        case "doctor":
            from app.doctor import doctor

            return doctor()
        case "repair":
            from app.repair_command import repair

            return repair(options)
        case _:
            return _run_window(options)


def _run_window(options: argparse.Namespace) -> int:
    match options.command:
        case "demo":
            from app.demo_command import demo

            return demo(options)
        case "self-test":
            from app.self_test import self_test

            return self_test()
        case _:
            from app.window import show_window

            return show_window(options.sources)


def _about_you(options: argparse.Namespace) -> int:
    """Do what is about what the program learned from the user."""
    if options.command == "people":
        from app.people_command import people

        return people(options)
    from app.taste_command import taste

    return taste(options)


def _out_and_back(options: argparse.Namespace) -> int:
    """Do what writes something for others, and what reads their answer."""
    if options.command == "choice":
        from app.choice_command import take_choice

        return take_choice(options)
    from app.export_command import export_decisions

    return export_decisions(options)


if __name__ == "__main__":
    sys.exit(main())
