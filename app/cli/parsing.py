"""The command line: what can be said to ``shortlist``."""

import argparse
from collections.abc import Sequence

from app.cli.arguments import library
from app.cli.table import BY_WORD, COMMANDS, IN_LIBRARY, SELF_TEST, WINDOW, Subcommand
from app.exit_codes import EXIT_CODES
from app.program_version import program_version

_SHOWN = (
    "cull FOLDER, export FOLDER, proofs FOLDER, choice FOLDER FILE, ingest CARD, verify FOLDER, find FOLDER WORDS, "
    "looks FOLDER, people, taste, models, doctor, repair, demo"
)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; exit with 2 and a word on stderr where it makes no sense.

    A first word that is no command is a folder for the window; a folder named like a command is opened
    as ``./cull``, and to ``find`` one named ``similar``, ``duplicates`` or ``words`` likewise.

    Returns:
        What was said; ``command`` is the word of one of ``app.cli.table``.
    """
    if len(arguments) > 1 and arguments[0] == "find" and arguments[1] in library.ACTIONS:
        return _for_library().parse_args(arguments[1:])
    if arguments and arguments[0] in {command.word for command in COMMANDS}:
        return _with_commands().parse_args(arguments)
    return _for_window().parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    """Do what was said; return the exit code."""
    return BY_WORD[options.command].run(options)


def _for_window() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shortlist",
        description="Culls a photo shoot: groups, suggests the best frames with reasons, exports XMP.",
        epilog=f"Without a screen: shortlist {_SHOWN} (each with --help).",
    )
    WINDOW.add_arguments(parser)
    parser.add_argument("--version", action="version", version=f"shortlist {program_version()}")
    parser.add_argument(
        "--self-test", dest="command", action="store_const", const=SELF_TEST.word, help=SELF_TEST.help
    )
    parser.set_defaults(command=WINDOW.word)
    return parser


def _with_commands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="shortlist")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        command.add_arguments(
            commands.add_parser(
                command.word,
                help=command.help,
                description=command.description or command.help,
                epilog=_epilog(command),
                formatter_class=_formatter(command),
            )
        )
    return parser


def _for_library() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shortlist find",
        description=IN_LIBRARY.description,
        epilog=_epilog(IN_LIBRARY),
        formatter_class=_formatter(IN_LIBRARY),
    )
    IN_LIBRARY.add_arguments(parser)
    parser.set_defaults(command=IN_LIBRARY.word)
    return parser


def _epilog(command: Subcommand) -> str | None:
    return EXIT_CODES if command.tells_by_exit_code else None


def _formatter(command: Subcommand) -> type[argparse.HelpFormatter]:
    """Return what keeps the lines of the exit codes apart, where they are listed."""
    return argparse.RawDescriptionHelpFormatter if command.tells_by_exit_code else argparse.HelpFormatter
