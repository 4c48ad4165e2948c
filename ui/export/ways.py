"""The ways out as the export screen names and explains them."""

from dataclasses import dataclass

from core.export.kinds import Choice, ExportKind
from core.language import mark


@dataclass(frozen=True, slots=True)
class Way:
    """One way out.

    Attributes:
        title: in the list.
        explanation: what it does and what one should know, in a sentence or two.
        button: what the button that does it says.
    """

    kind: ExportKind
    title: str
    explanation: str
    button: str = mark("Export")


WAYS = (
    Way(
        ExportKind.XMP,
        mark("Metadata (XMP)"),
        mark(
            "Flags, stars and labels for other programs. What is in an existing sidecar stays byte for byte, "
            "except for the values that change."
        ),
    ),
    Way(
        ExportKind.COPY,
        mark("Copies"),
        mark("Copies photos with their RAW files, films and sidecars. Each copy is read again and compared."),
        mark("Copy"),
    ),
    Way(
        ExportKind.MOVE,
        mark("Move"),
        mark("Moves photos with all their files to another folder. Nothing there is overwritten."),
        mark("Move"),
    ),
    Way(
        ExportKind.RENAME,
        mark("New names"),
        mark("Gives photos with all their files other names, in the folders where they are."),
        mark("Rename"),
    ),
    Way(
        ExportKind.LINK,
        mark("Hard links"),
        mark("Like copies, but taking no space. The folder must be on the same disk as the photos."),
        mark("Link"),
    ),
    Way(
        ExportKind.PROOFS,
        mark("Proofs for a client"),
        mark(
            "A folder with a page for any browser, from a disk or your web space. Clients mark favourites in it, and "
            "send you a file or a text: File, Client's choice… takes it in."
        ),
    ),
    Way(
        ExportKind.CONTACT_SHEET,
        mark("Contact sheet"),
        mark("One HTML file with pictures, names and stars, to look at anywhere, to mail or to print."),
    ),
    Way(
        ExportKind.PATHS,
        mark("List of paths"),
        mark("A text file with one path a line, RAW files included, for Photo Mechanic and for scripts."),
    ),
    Way(
        ExportKind.NAMES,
        mark("List of names"),
        mark(
            "File names in one line, to be pasted into Lightroom's Library Filter: Text, Filename, Contains."
        ),
    ),
    Way(
        ExportKind.CSV,
        mark("Table (CSV)"),
        mark("One line a photo with its decision, group and scores, for a spreadsheet."),
    ),
    Way(
        ExportKind.JSON,
        mark("Data (JSON)"),
        mark("Everything that is known of the shoot, for other programs."),
    ),
    Way(
        ExportKind.TRASH,
        mark("Rejects to trash"),
        mark(
            "Puts rejected photos into the system's trash, with all their files. You are asked once more, and "
            "they stay in the trash until you empty it."
        ),
        mark("Move to trash…"),
    ),
)

CHOICES = (
    (Choice.PICKS, mark("Picks")),
    (Choice.REJECTS, mark("Rejects")),
    (Choice.DECIDED, mark("All that is decided")),
    (Choice.ALL, mark("All photos")),
)


def way_of(kind: ExportKind) -> Way:
    """Return the row of the table."""
    return next(way for way in WAYS if way.kind is kind)
