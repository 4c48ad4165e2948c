"""The arguments of what goes to clients and comes back from them: ``proofs`` and ``choice``."""

import argparse
from pathlib import Path

from app.cli.arguments.export import add_proof_choices, usual_export
from app.cli.arguments.shared import number
from core.export.kinds import Choice, ExportKind
from core.types import Label


def add_proofs(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist proofs``: an export of one kind, without what other kinds are asked."""
    parser.set_defaults(**{**usual_export(), "kind": ExportKind.PROOFS.value})
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
        "--stars", type=number(1, 5), default=0, metavar="N", help="only those with N or more"
    )
    parser.add_argument(
        "--label", choices=[label.value for label in Label], help="only those with this colour label"
    )
    add_proof_choices(parser)
    parser.add_argument("--dry-run", action="store_true", help="only list exactly what would be done")
    parser.add_argument("--no-recursive", action="store_true", help="leave subfolders out")


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist choice``."""
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
