"""The command line: what can be said to ``shortlist``."""

import argparse
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.client_arguments import add_choice, add_proof_choices, add_proofs
from core.export.kinds import Choice, ExportKind
from core.sidecar.label_names import LABEL_SETS
from core.sidecar.profiles import EMBEDDING_WARNING, PROFILES
from core.types import Label

EXIT_OK = 0
EXIT_SOME_FAILED = 1  # the job is done, but some files could not be used; they are named on stderr
EXIT_USAGE = 2  # argparse's own
EXIT_NOTHING = 3  # no photos, or the folder cannot be read
EXIT_BROKEN = 4  # our own store or models cannot be used
EXIT_CANCELLED = 130

_COMMANDS = (
    *(
        "cull",
        "export",
        "proofs",
        "choice",
        "ingest",
        "verify",
        "find",
        "looks",
        "people",
        "taste",
        "models",
        "doctor",
    ),
    "repair",
    "demo",
)
_IN_LIBRARY = ("similar", "duplicates", "words")  # what `find` finds in all shoots


NO_PROFILE = "none"

_EXIT_CODES = """\
exit codes:
  0    done
  1    done, but some files could not be used or written (each is named on stderr)
  2    wrong usage
  3    no photos found, or the folder cannot be read
  4    Shortlist's own models or database, or the cluster, cannot be used (see `shortlist doctor`)
  130  cancelled
"""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; exit with 2 and a word on stderr where it makes no sense.

    A first word that is no command is a folder for the window; a folder named like a command is opened
    as ``./cull``, and to ``find`` one named ``similar``, ``duplicates`` or ``words`` likewise.
    """
    if arguments and arguments[0] == "find" and len(arguments) > 1 and arguments[1] in _IN_LIBRARY:
        return _for_library().parse_args(arguments[1:])
    if arguments and arguments[0] in _COMMANDS:
        return _with_commands().parse_args(arguments)
    return _for_window().parse_args(arguments)


def _for_window() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shortlist",
        description="Culls a photo shoot: groups, suggests the best frames with reasons, exports XMP.",
        epilog="Without a screen: shortlist cull FOLDER, export FOLDER, proofs FOLDER, choice FOLDER FILE, "
        "ingest CARD, verify FOLDER, find FOLDER WORDS, looks FOLDER, people, taste, "
        "models, doctor, repair, demo (each with --help).",
    )
    parser.add_argument("sources", nargs="*", type=_from_home, metavar="FOLDER", help="opened in the window")
    parser.add_argument("--version", action="version", version=f"shortlist {program_version()}")
    parser.add_argument(
        "--self-test",
        dest="command",
        action="store_const",
        const="self-test",
        help="go once through the whole program with made-up photos, and say what works",
    )
    parser.set_defaults(command="window")
    return parser


def _from_home(text: str) -> Path:
    """Read a path, with "~" for the home.

    Not every shell replaces it in ``make run FOLDER=~/Pictures``, and none within quotes.
    """
    return Path(text).expanduser() if text.startswith("~/") else Path(text)


def _with_commands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="shortlist")
    commands = parser.add_subparsers(dest="command", required=True)
    cull = commands.add_parser(
        "cull",
        help="do the whole job with no screen",
        description="Analyses a shoot and exports the suggestions, together with what you decided before.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    cull.add_argument("sources", nargs="+", type=Path, metavar="FOLDER")
    cull.add_argument(
        "--export",
        choices=("xmp", "json", "csv", "copy", "link"),
        help="what to write: sidecars, a list, or copies or hard links of the picks",
    )
    cull.add_argument("--out", type=Path, metavar="DIR", help="where to; sidecars go beside the photos else")
    cull.add_argument("--dry-run", action="store_true", help="only list what would be written")
    cull.add_argument(
        "--reject-rest", action="store_true", help="mark the other frames of each burst as rejected"
    )
    cull.add_argument(
        "--audit",
        type=_count,
        metavar="N",
        help="list a random sample of N frames that the program alone rejects, or would with --reject-rest",
    )
    cull.add_argument(
        "--seed", type=_count, metavar="NUMBER", help="with --audit: draw the same sample again"
    )
    cull.add_argument(
        "--best",
        type=_count,
        metavar="N",
        help="list the N best frames, spread over scenes, people and kinds of picture, your own picks first",
    )
    cull.add_argument("--json", action="store_true", help="print all of it as one JSON document")
    cull.add_argument("--no-recursive", action="store_true", help="leave subfolders out")
    _add_pairing(cull)
    cull.add_argument(
        "--profile",
        metavar="NAME",
        help=f"what kind of shoot it is, from now on; {NO_PROFILE} for no kind (shortlist taste profiles)",
    )
    cull.add_argument(
        "--embedder",
        metavar="NAME",
        help="this time, let this model tell what looks alike (shortlist models list)",
    )
    cull.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="measure on the workers of a Dask cluster, such as tcp://10.0.0.5:8786; the photos have to lie in a "
        "folder that all machines share (needs shortlist[cluster])",
    )
    _add_export(
        commands.add_parser(
            "export",
            help="write out what was decided",
            description="Exports what you decided in the window. Nothing is analysed.",
            epilog=_EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_ingest(
        commands.add_parser(
            "ingest",
            help="copy photos from a card, and prove the copies",
            description="Copies all photos and films of cards, with what belongs to them. Each copy is read again from "
            "its disk and compared; a list of checksums beside the copies is checked by `shortlist verify FOLDER` or "
            "`b2sum -c`. What is there already is not copied again, so an interrupted copy goes on where it stopped. "
            "Decisions go along. The card is only read.",
            epilog=_EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    verify = commands.add_parser(
        "verify",
        help="check copies against their checksums",
        description="Reads every file again that was copied from a card into FOLDER and below, and compares it with "
        "its checksum.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify.add_argument("source", type=Path, metavar="FOLDER")
    add_proofs(commands, _EXIT_CODES, _usual_export())
    add_choice(commands, _EXIT_CODES)
    _add_find(
        commands.add_parser(
            "find",
            help="find photos by word",
            description="Finds photos by file name, keyword, caption, place, look, camera, lens and by what they show, "
            "such as: shortlist find FOLDER dog -car lens:85 after:14:00 rating:>=3. What was not measured yet is "
            "measured first. In all shoots together: find similar, duplicates, words (each with --help).",
            epilog=_EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_looks(
        commands.add_parser(
            "looks",
            help="list which kinds of picture there are",
            description="Sorts a shoot by what its photos look like. What was not measured yet is measured first.",
            epilog=_EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    people = commands.add_parser(
        "people",
        help="list the people with a name, or forget them",
        description="People you named in a shoot are proposed in others. The names, and what tells these faces from "
        "others, are kept on this computer.",
    ).add_subparsers(dest="action", required=True)
    people.add_parser("list", help="list all names")
    forget = people.add_parser("forget", help="forget somebody, or everybody, without a trace")
    forget.add_argument("name", metavar="NAME", nargs="?", default="", help="only this one")
    _add_taste(
        commands.add_parser(
            "taste",
            help="say what was learned from your decisions, keep it, forget it",
            description="What counts to you in a frame, learned from what you picked and rejected in bursts. It ranks "
            "only where it agrees with you better than the standard does. Nothing of it leaves this computer.",
        )
    )
    _add_models(commands.add_parser("models", help="choose the model that tells what looks alike"))
    commands.add_parser("doctor", help="say what works on this machine")
    repair = commands.add_parser(
        "repair",
        help="bring damaged decisions back",
        description="Says whether the file of your decisions is sound and, where it is not, what can be put in its "
        "place. The damaged file is kept in any case.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    repair.add_argument(
        "way",
        nargs="?",
        metavar="WAY",
        help="do it: rescue, last-close, last-day, last-week or anew, as `shortlist repair` lists them",
    )
    demo = commands.add_parser(
        "demo",
        help="try everything on a demo shoot",
        description="Opens the window on public-domain pictures, made into a shoot on the spot. None of your photos is "
        "touched, and nothing is learned from what you decide on them.",
    )
    demo.add_argument("--anew", action="store_true", help="make it anew, with nothing decided")
    demo.add_argument("--delete", action="store_true", help="delete it, and open nothing")
    demo.add_argument("--to", type=Path, metavar="DIR", help="only write its photos into a new folder")
    return parser


def _count(text: str) -> int:
    """Read a whole number, 0 and more."""
    try:
        count = int(text)
    except ValueError:
        count = -1
    if count < 0:
        raise argparse.ArgumentTypeError(f"a whole number is wanted, 0 or more, not {text}")
    return count


def _usual_export() -> Mapping[str, object]:
    """Return what an export goes by where nothing is said."""
    parser = argparse.ArgumentParser()
    _add_export(parser)
    return vars(parser.parse_args([]))


def _add_export(parser: argparse.ArgumentParser) -> None:
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
        "--stars", type=int, choices=range(1, 6), default=0, metavar="N", help="only those with N or more"
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
    parser.add_argument("--looks", action="store_true", help="with the names of looks as keywords")
    parser.add_argument(
        "--name",
        metavar="TEMPLATE",
        help="with --as copy, move, link or rename: new names and folders, such as "
        "'{date:%%Y-%%m-%%d}/{shoot}_{counter:04}'; the user guide lists the placeholders",
    )
    parser.add_argument(
        "--shoot", default="", metavar="NAME", help="what {shoot} stands for; the folder's name else"
    )
    parser.add_argument("--start", type=_count, default=1, metavar="N", help="the first {counter}; 1 else")
    add_proof_choices(parser)
    _add_metadata(parser, "with --as xmp, write besides")
    parser.add_argument("--dry-run", action="store_true", help="only list exactly what would be done")
    parser.add_argument(
        "--confirm", type=int, metavar="N", help="with --as trash: the number of photos you expect to go"
    )
    parser.add_argument("--undo", action="store_true", help="put back what the last export changed")
    parser.add_argument("--no-recursive", action="store_true", help="leave subfolders out")
    _add_pairing(parser)


def _add_ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", type=Path, metavar="CARD", help="a card, or any folder")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where to; made if need be")
    parser.add_argument(
        "--backup", type=Path, metavar="FOLDER", help="a second copy, written at the same time"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--picks", action="store_true", help="only what you picked, on the card or elsewhere")
    which.add_argument("--picks-first", action="store_true", help="everything, but what you picked first")
    parser.add_argument(
        "--name",
        default="",
        metavar="TEMPLATE",
        help="new names and folders, such as '{date:%%Y-%%m-%%d}/{shoot}_{counter:04}'; the camera's else",
    )
    parser.add_argument(
        "--shoot", default="", metavar="NAME", help="what {shoot} stands for; the card's name else"
    )
    parser.add_argument("--start", type=_count, default=1, metavar="N", help="the first {counter}; 1 else")
    parser.add_argument(
        "--together", action="store_true", help="read several cards at the same time; one after another else"
    )
    _add_metadata(parser, "beside the copies, write")
    parser.add_argument("--dry-run", action="store_true", help="only list exactly what would be done")


def _add_metadata(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument(
        "--metadata",
        type=Path,
        metavar="FILE",
        help=f"{what} creator, copyright, caption and so on: a metadata template, as the window saves it",
    )
    parser.add_argument(
        "--codes",
        type=Path,
        metavar="FILE",
        help="with --metadata: the list of codes that stand as =7= in its texts",
    )


def _add_pairing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--pair-folders",
        action="store_true",
        default=None,
        help="a RAW and a JPEG in two folders, such as RAW and JPG, are one photo; as in the settings else",
    )


def _add_find(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="FOLDER")
    parser.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="WORDS", help="to be found; -WORD leaves photos out"
    )
    parser.add_argument("--json", action="store_true", help="as JSON; stands before FOLDER")
    parser.add_argument(
        "--no-recursive", action="store_true", help="leave subfolders out; stands before FOLDER"
    )
    _add_pairing(parser)


def _for_library() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shortlist find",
        description="Finds photos in all shoots that were ever measured, also those on drives that are away.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command="library")
    actions = parser.add_subparsers(dest="action", required=True)
    similar = actions.add_parser("similar", help="list what looks most like a photo, the likest first")
    similar.add_argument("photo", type=Path, metavar="PHOTO")
    similar.add_argument("--count", type=_count, default=20, metavar="N", help="how many at most; 20 else")
    similar.add_argument("--json", action="store_true", help="as JSON")
    twice = actions.add_parser(
        "duplicates",
        help="list files that show one picture, each set best first",
        description="Lists files that show one picture: copies, and what programs saved, resized, cropped, turned or "
        "edited of it. First in each set stands the one with most left of the original. Frames of a burst are no "
        "duplicates. Nothing is changed.",
    )
    twice.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="only sets with a file in these"
    )
    twice.add_argument("--json", action="store_true", help="as JSON")
    words = actions.add_parser("words", help="list what a query finds, with why")
    words.add_argument("--json", action="store_true", help="as JSON; stands before the words")
    words.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="WORDS", help="as of `shortlist find FOLDER`"
    )
    return parser


def _add_looks(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--detail", type=_share, default=0.5, metavar="0..1", help="from few looks (0) to many (1); 0.5 else"
    )
    parser.add_argument("--json", action="store_true", help="as JSON, with all paths")
    parser.add_argument(
        "--export",
        nargs=2,
        metavar=("gallery", "DIR"),
        help="write a folder with a page of all looks, for any browser; `shortlist export --undo` takes it away",
    )
    parser.add_argument("--no-recursive", action="store_true", help="leave subfolders out")
    _add_pairing(parser)


def _share(text: str) -> float:
    """Read a number from 0 to 1. Raises ArgumentTypeError for anything else."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 0 to 1")
    return value


def _add_taste(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    show = actions.add_parser("show", help="say what was learned, and whether it ranks")
    export = actions.add_parser("export", help="write what was learned into a small readable file")
    for one in (show, export):
        one.add_argument(
            "--profile", metavar="NAME", default="", help="what was learned in shoots of this profile"
        )
    export.add_argument("file", type=Path, metavar="FILE")
    bring = actions.add_parser("import", help="start from what a file says: a taste, or a profile")
    bring.add_argument("file", type=Path, metavar="FILE")
    actions.add_parser("forget", help="forget all of it, without a trace")
    actions.add_parser("on", help="learn from your decisions, and rank by it where it is better")
    actions.add_parser("off", help="neither learn nor rank by it; what was learned stays")
    for name, words in (("leave-out", "learn nothing from a folder"), ("take-in", "learn from it again")):
        actions.add_parser(name, help=words).add_argument("folder", type=Path, metavar="FOLDER")
    actions.add_parser("profiles", help="list the profiles a shoot can have")
    profile = actions.add_parser(
        "profile", help="write a profile into a file, as a start for one of your own"
    )
    profile.add_argument("name", metavar="NAME")
    profile.add_argument("file", type=Path, metavar="FILE")


def _add_models(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="say which there are, which are installed, and which is in use")
    install = actions.add_parser("install", help="download one, or take it from a file")
    install.add_argument("name", metavar="NAME")
    install.add_argument(
        "--from",
        dest="file",
        type=Path,
        metavar="FILE",
        help="the model's file, for a machine without internet",
    )
    use = actions.add_parser("use", help="let this one tell what looks alike, from now on")
    use.add_argument("name", metavar="NAME")
    remove = actions.add_parser("remove", help="delete an installed one")
    remove.add_argument("name", metavar="NAME")


def program_version() -> str:
    """Return the installed version."""
    try:
        return version("shortlist")
    except PackageNotFoundError:
        return "(not installed)"
