"""The command line: what can be said to ``shortlist``."""

import argparse
from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from app.cli.arguments import library
from app.cli.table import BY_WORD, COMMANDS, IN_LIBRARY, SELF_TEST, WINDOW
from app.exit_codes import exit_codes
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


class _Parser(argparse.ArgumentParser):
    """Reads what is said; its help, and that of each word behind it, ends with the exit codes.

    Args:
        codes: of the command, beside those of every command.
        options: as of ``argparse.ArgumentParser``.
    """

    def __init__(self, *, codes: tuple[int, ...] = (), **options: Any) -> None:
        super().__init__(**options)
        self._codes = codes

    def add_subparsers(self, **options: Any) -> Any:
        """Make what words are added to; their help lists the codes that this one lists."""
        made_so = cast(type[_Parser], partial(_Parser, codes=self._codes))
        return super().add_subparsers(parser_class=made_so, **options)

    def format_help(self) -> str:
        """Return the help: wrapped as the terminal is wide, but for the exit codes, a line each."""
        return f"{super().format_help()}\n{exit_codes(self._codes)}"


def _for_window() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="shortlist",
        description="Culls a photo shoot: groups, suggests the best frames with reasons, exports XMP.",
        epilog=f"Without a screen: shortlist {_SHOWN} (each with --help).",
        codes=WINDOW.codes,
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
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    for command in COMMANDS:
        command.add_arguments(
            commands.add_parser(
                command.word,
                help=command.help,
                description=command.description or command.help,
                codes=command.codes,
            )
        )
    return parser


def _for_library() -> argparse.ArgumentParser:
    parser = _Parser(prog="shortlist find", description=IN_LIBRARY.description, codes=IN_LIBRARY.codes)
    IN_LIBRARY.add_arguments(parser)
    parser.set_defaults(command=IN_LIBRARY.word)
    return parser
