"""The ways out of Shortlist, and which photos take them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.types import Decision, Flag, Label, Photo, PhotoId


class ExportKind(StrEnum):
    """What is written; the values are the words of the command line."""

    XMP = "xmp"
    COPY = "copy"
    MOVE = "move"
    RENAME = "rename"
    LINK = "link"
    TRASH = "trash"
    PROOFS = "proofs"
    CONTACT_SHEET = "html"
    PATHS = "paths"
    NAMES = "names"
    CSV = "csv"
    JSON = "json"

    @property
    def needs_folder(self) -> bool:
        """Whether it makes no sense without a folder to write to."""
        return self in (ExportKind.COPY, ExportKind.MOVE, ExportKind.LINK, ExportKind.PROOFS)

    @property
    def takes_folder(self) -> bool:
        """Whether it has a place to write to at all."""
        return self not in (ExportKind.TRASH, ExportKind.RENAME)

    @property
    def takes_names(self) -> bool:
        """Whether photos can get other names by it."""
        return self in (ExportKind.COPY, ExportKind.MOVE, ExportKind.LINK, ExportKind.RENAME)

    @property
    def needs_names(self) -> bool:
        """Whether it makes no sense without other names."""
        return self is ExportKind.RENAME

    @property
    def is_one_file(self) -> bool:
        """Whether it writes one file about the shoot, and nothing beside the photos."""
        return self in _FILE_NAMES

    @property
    def moves_photos(self) -> bool:
        """The photos are no longer where they were afterwards."""
        return self in (ExportKind.MOVE, ExportKind.RENAME, ExportKind.TRASH)

    @property
    def file_name(self) -> str:
        """The name of the one file; KeyError where there is not one."""
        return _FILE_NAMES[self]

    @property
    def usual_choice(self) -> "Choice":
        """The photos that are mostly meant."""
        return _USUAL.get(self, Choice.PICKS)


class Choice(StrEnum):
    """Which photos, by their flags; the values are the words of the command line."""

    PICKS = "picks"
    REJECTS = "rejects"
    DECIDED = "decided"  # anything: flag, stars or label
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which photos are exported: all conditions have to hold.

    Attributes:
        choice: by the flag.
        least_stars: 0 to 5; 0 asks for none.
        label: the colour; None for any and none.
    """

    choice: Choice = Choice.DECIDED
    least_stars: int = 0
    label: Label | None = None

    def of(
        self, photos: Iterable[Photo], decisions: Mapping[PhotoId, Decision], *, looks: bool = False
    ) -> tuple[Photo, ...]:
        """Return the photos that are meant, in their order.

        Args:
            photos: of the shoot.
            decisions: by photo.
            looks: the name of a look counts as decided too.
        """
        return tuple(
            photo for photo in photos if self._takes(decisions.get(photo.id) or Decision(photo.id), looks)
        )

    def _takes(self, decision: Decision, looks: bool) -> bool:
        if (decision.rating or 0) < self.least_stars:
            return False
        if self.label is not None and (decision.label or Label.NONE) is not self.label:
            return False
        match self.choice:
            case Choice.PICKS:
                return decision.flag is Flag.PICK
            case Choice.REJECTS:
                return decision.flag is Flag.REJECT
            case Choice.DECIDED:
                return not decision.is_empty or (looks and decision.look is not None)
            case Choice.ALL:
                return True


_FILE_NAMES = {
    ExportKind.CONTACT_SHEET: "contact-sheet.html",
    ExportKind.PATHS: "shortlist-paths.txt",
    ExportKind.NAMES: "shortlist-names.txt",
    ExportKind.CSV: "shortlist.csv",
    ExportKind.JSON: "shortlist.json",
}
_USUAL = {
    ExportKind.XMP: Choice.DECIDED,
    ExportKind.TRASH: Choice.REJECTS,
    ExportKind.RENAME: Choice.ALL,
    ExportKind.CSV: Choice.ALL,
    ExportKind.JSON: Choice.ALL,
}
