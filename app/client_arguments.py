"""The command line of what goes to clients and comes back from them: proofs and choices."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from core.export.kinds import Choice, ExportKind
from core.export.proofs import SIDES, ProofChoices
from core.types import Label

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_proofs(commands: "Commands", exit_codes: str, usual: Mapping[str, object]) -> None:
    """Add ``shortlist proofs``: an export of one kind, without what other kinds are asked.

    Args:
        commands: of ``shortlist``.
        exit_codes: what they say.
        usual: what ``shortlist export`` goes by where nothing is said.
    """
    parser = commands.add_parser(
        "proofs",
        help="make a gallery in which a client chooses",
        description="Writes a folder with a page for any browser, from a disk or a web space, in which a client marks "
        "favourites and leaves words. What the client sends back is read by shortlist choice; "
        "`shortlist export --undo` takes the folder away.",
        epilog=exit_codes,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(**{**usual, "kind": ExportKind.PROOFS.value})
    parser.add_argument("sources", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", required=True, help="where the folder of the gallery is made"
    )
    parser.add_argument(
        "--photos",
        choices=[choice.value for choice in Choice],
        default=Choice.PICKS.value,
        help="which; picks if nothing is said",
    )
    parser.add_argument(
        "--stars", type=int, choices=range(1, 6), default=0, metavar="N", help="only those with N or more"
    )
    parser.add_argument(
        "--label", choices=[label.value for label in Label], help="only those with this colour label"
    )
    add_proof_choices(parser)
    parser.add_argument("--dry-run", action="store_true", help="only list exactly what would be done")
    parser.add_argument("--no-recursive", action="store_true", help="leave subfolders out")


def add_proof_choices(parser: argparse.ArgumentParser) -> None:
    """Add how the pictures of proofs are made."""
    usual = ProofChoices()
    parser.add_argument(
        "--size",
        type=int,
        choices=SIDES,
        default=usual.side,
        help=f"with proofs: pixels along the longer side; {usual.side} if nothing is said",
    )
    parser.add_argument(
        "--mark", default=usual.mark, metavar="TEXT", help="with proofs: what is written across each picture"
    )
    parser.add_argument(
        "--title",
        default=usual.title,
        metavar="TEXT",
        help="with proofs: the heading, if not the folder's name",
    )


def add_choice(commands: "Commands", exit_codes: str) -> None:
    """Add ``shortlist choice``."""
    parser = commands.add_parser(
        "choice",
        help="take in what a client chose",
        description="Reads what a client chose: the file or the text of a proof gallery, a table (CSV), or any words "
        "with names and numbers, such as “DSC_0412, 415-418”. What is not understood is said.",
        epilog=exit_codes,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", type=Path, metavar="FOLDER")
    parser.add_argument("file", type=Path, metavar="FILE", help="what the client sent; - reads what is typed")
    labels = [label.value for label in Label if label is not Label.NONE]
    parser.add_argument(
        "--as",
        dest="becomes",
        choices=["pick", *"12345", *labels, "said"],
        default="pick",
        help="what favourites become: picked, so many stars, a label, or the stars and labels the client gave; "
        "pick if nothing is said",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what was understood")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--no-recursive", action="store_true", help="leave subfolders out")
