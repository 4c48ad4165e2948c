"""The arguments of ``shortlist export``."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from app.cli.arguments.shared import add_metadata, add_pairing, number, one_of
from core.export.kinds import Choice, ExportKind
from core.export.proofs import SIDES, ProofChoices
from core.sidecar.label_names import LABEL_SETS
from core.sidecar.profiles import EMBEDDING_WARNING, PROFILES
from core.types import Label


def add_export(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist export``."""
    parser.add_argument("sources", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=[kind.value for kind in ExportKind],
        default=ExportKind.XMP.value,
        help="what to write; xmp if nothing is said. paths and names are lists, html is a contact sheet",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to, if not beside the photos")
    parser.add_argument(
        "--photos", choices=[choice.value for choice in Choice], help="which; what is usual for --as else"
    )
    parser.add_argument(
        "--stars", type=number(1, 5), default=0, metavar="N", help="only those with N or more"
    )
    parser.add_argument(
        "--label", choices=[label.value for label in Label], help="only those with this colour label"
    )
    parser.add_argument(
        "--for",
        dest="program",
        choices=list(PROFILES),
        default=next(iter(PROFILES)),
        help="the program that is to read the metadata",
    )
    parser.add_argument(
        "--labels", choices=list(LABEL_SETS), default="en", help="the language of the label names"
    )
    parser.add_argument("--embed", action="store_true", help=EMBEDDING_WARNING)
    parser.add_argument("--advice", action="store_true", help="with the suggestion, its score and reasons")
    parser.add_argument(
        "--regions", action="store_true", help="with the faces of people who have a name, as regions (MWG)"
    )
    parser.add_argument("--looks", action="store_true", help="with the names of looks as keywords")
    parser.add_argument(
        "--all-shoots",
        action="store_true",
        help="with --looks, in place of folders: write these keywords in all shoots, and nothing else",
    )
    parser.add_argument(
        "--name",
        metavar="TEMPLATE",
        help="with --as copy, move, link or rename: new names and folders, such as "
        "'{date:%%Y-%%m-%%d}/{shoot}_{counter:04}'; the user guide lists the placeholders",
    )
    parser.add_argument(
        "--shoot", default="", metavar="NAME", help="what {shoot} stands for; the folder's name else"
    )
    parser.add_argument("--start", type=number(0), default=1, metavar="N", help="the first {counter}; 1 else")
    add_proof_choices(parser)
    add_metadata(parser, "with --as xmp, write besides")
    parser.add_argument("--dry-run", action="store_true", help="only list exactly what would be done")
    parser.add_argument(
        "--confirm",
        type=number(0),
        metavar="N",
        help="with --as trash: the number of photos you expect to go",
    )
    parser.add_argument("--undo", action="store_true", help="put back what the last export changed")
    parser.add_argument("--no-recursive", action="store_true", help="leave subfolders out")
    add_pairing(parser)


def usual_export() -> Mapping[str, object]:
    """Return what an export goes by where nothing is said."""
    parser = argparse.ArgumentParser()
    add_export(parser)
    return vars(parser.parse_args([]))


def add_proof_choices(parser: argparse.ArgumentParser) -> None:
    """Add how the pictures of proofs are made."""
    usual = ProofChoices()
    parser.add_argument(
        "--size",
        type=one_of(SIDES),
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
