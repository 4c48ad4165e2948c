"""The arguments of what is done with one shoot: ``cull``, ``find`` and ``looks``."""

import argparse
from pathlib import Path

from app.cli.arguments.shared import add_pairing, number, share

NO_PROFILE = "none"

_LARGEST_SEED = 2**63 - 1  # of those that are drawn none is larger


def add_cull(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist cull``."""
    parser.add_argument("sources", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--export",
        choices=("xmp", "json", "csv", "copy", "link"),
        help="what to write: sidecars, a list, or copies or hard links of the picks",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where to; sidecars go beside the photos else"
    )
    parser.add_argument("--dry-run", action="store_true", help="only list what would be written")
    parser.add_argument(
        "--reject-rest", action="store_true", help="mark the other frames of each burst as rejected"
    )
    parser.add_argument(
        "--audit",
        type=number(1),
        metavar="N",
        help="list a random sample of N frames that the program alone rejects, or would with --reject-rest",
    )
    parser.add_argument(
        "--seed",
        type=number(0, _LARGEST_SEED),
        metavar="NUMBER",
        help="with --audit: draw the same sample again",
    )
    parser.add_argument(
        "--best",
        type=number(1),
        metavar="N",
        help="list the N best frames, spread over scenes, people and kinds of picture, your own picks first",
    )
    parser.add_argument("--json", action="store_true", help="print all of it as one JSON document")
    parser.add_argument("--no-recursive", action="store_true", help="leave subfolders out")
    add_pairing(parser)
    parser.add_argument(
        "--profile",
        metavar="NAME",
        help=f"what kind of shoot it is, from now on; {NO_PROFILE} for no kind (shortlist taste profiles)",
    )
    parser.add_argument(
        "--embedder",
        metavar="NAME",
        help="this time, let this model tell what looks alike (shortlist models list)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="measure on the workers of a Dask cluster, such as tcp://10.0.0.5:8786; the photos have to lie in a "
        "folder that all machines share (needs shortlist[cluster])",
    )


def add_find(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist find FOLDER``."""
    parser.add_argument("source", type=Path, metavar="FOLDER")
    parser.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="WORDS", help="to be found; -WORD leaves photos out"
    )
    parser.add_argument("--json", action="store_true", help="as JSON; stands before FOLDER")
    parser.add_argument(
        "--no-recursive", action="store_true", help="leave subfolders out; stands before FOLDER"
    )
    add_pairing(parser)


def add_looks(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist looks``."""
    parser.add_argument("sources", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--all-shoots", action="store_true", help="of everything that was ever measured, in place of folders"
    )
    parser.add_argument(
        "--detail", type=share, default=0.5, metavar="0..1", help="from few looks (0) to many (1); 0.5 else"
    )
    parser.add_argument("--json", action="store_true", help="as JSON, with all paths")
    parser.add_argument(
        "--export",
        nargs=2,
        metavar=("gallery", "DIR"),
        help="write a folder with a page of all looks, for any browser; `shortlist export --undo` takes it away",
    )
    parser.add_argument("--no-recursive", action="store_true", help="leave subfolders out")
    add_pairing(parser)
