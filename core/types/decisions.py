"""What was decided of a photo."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.types.ids import PhotoId
from core.types.marks import Flag, Label


class DecisionSource(StrEnum):
    """Who decided."""

    USER = "user"
    SUGGESTED = "suggested"  # the program; a re-run may replace it, and only it
    FILE = "file"  # another program: it is shown as its files say, and never kept


class Accepted(StrEnum):
    """How a suggestion was accepted: what it says of how closely the user looked."""

    ONE = "one"  # of one burst, which was before the user's eyes
    MANY = "many"  # of several bursts at once


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one photo. None is "never touched": export leaves that property alone.

    Attributes:
        rating: 0 to 5 stars; 0 is the decision to have none.
        label: ``Label.NONE`` is the decision to have none.
        decided_at: UTC; of flag, rating and label.
        stars_of_camera: the rating is only what a camera or Windows put into the file: shown, but nobody's decision,
            and never kept.
        group: names the group the user put the photo in (``core.grouping.users_groups``), None where the program
            groups it. All photos of one name are one group, and nothing else is in it.
        accepted: the flag is that of an accepted suggestion, and how it was accepted; None where the user gave the
            flag, or where nobody knows any more.
        look: what the user calls what the photo looks like (``core.looks``), None where nothing. All photos of one
            name are one look.
    """

    photo_id: PhotoId
    flag: Flag | None = None
    rating: int | None = None
    label: Label | None = None
    source: DecisionSource = DecisionSource.USER
    decided_at: datetime | None = None
    group: str | None = None
    stars_of_camera: bool = False
    accepted: Accepted | None = None
    look: str | None = None

    @property
    def is_programs(self) -> bool:
        """The flag is what the program suggested, and nobody has said so of this very photo."""
        return self.flag is not None and (
            self.accepted is not None or self.source is DecisionSource.SUGGESTED
        )

    @property
    def is_kept(self) -> bool:
        """Whether it was picked, or given stars by somebody and not rejected."""
        return self.flag is Flag.PICK or (self.flag is not Flag.REJECT and bool(self.stars))

    @property
    def stars(self) -> int:
        """Stars that somebody gave, 0 to 5; those of a camera are none."""
        return 0 if self.stars_of_camera else self.rating or 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever decided of the photo itself; it may be in a group or a look of the user's."""
        has_stars = self.rating is not None and not self.stars_of_camera
        return self.flag is None and self.label is None and not has_stars

    @property
    def without_cameras_stars(self) -> "Decision":
        """What somebody decided, and no more."""
        return replace(self, rating=None, stars_of_camera=False) if self.stars_of_camera else self


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One change of the undo journal.

    Attributes:
        id: the store's number for it.
        title: as a menu shows it.
        before: decisions before it.
        after: decisions after it, of the same photos in the same order.
        undone: taken back, and can be made again.
    """

    id: int
    title: str
    before: tuple[Decision, ...]
    after: tuple[Decision, ...]
    undone: bool
