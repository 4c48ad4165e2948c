"""One step of the user's: what it changed, and what a menu calls it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from core.types import Decision, Flag, Label, Photo


@dataclass(frozen=True, slots=True)
class Change:
    """Decisions before and after one command: the same photos in the same order.

    Attributes:
        title: for a menu, such as "Pick IMG_1234".
    """

    title: str
    before: tuple[Decision, ...]
    after: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting suggestions would do.

    Attributes:
        bursts: of which something would change.
        picks, rejects: frames that would be flagged so and are not yet.
    """

    bursts: int
    picks: int
    rejects: int


_FLAG_VERBS = {Flag.PICK: "Pick", Flag.REJECT: "Reject", Flag.UNFLAGGED: "Unflag"}


def flag_title(photos: Sequence[Photo], flag: Flag) -> str:
    """Such as "Pick IMG_1234" or "Reject 5 frames"."""
    return f"{_FLAG_VERBS[flag]} {_subject(photos)}"


def rating_title(photos: Sequence[Photo], rating: int) -> str:
    """Such as "Rate 5 frames 3 stars"."""
    stars = {0: "no stars", 1: "1 star"}.get(rating, f"{rating} stars")
    return f"Rate {_subject(photos)} {stars}"


def label_title(photos: Sequence[Photo], label: Label) -> str:
    """Such as "Label IMG_1234 red"."""
    if label is Label.NONE:
        return f"Remove label of {_subject(photos)}"
    return f"Label {_subject(photos)} {label}"


def accept_title(count: int) -> str:
    """Such as "Accept suggestion (4 frames)"; ``count`` are the frames of the burst."""
    return f"Accept suggestion ({count} frames)"


def accept_all_title(bursts: int) -> str:
    """Such as "Accept 12 suggestions"; ``bursts`` are those of which something changes."""
    return "Accept 1 suggestion" if bursts == 1 else f"Accept {bursts:,} suggestions"


def choose_title(photo: Photo) -> str:
    """Such as "Choose IMG_1234 of its burst"."""
    return f"Choose {_subject([photo])} of its burst"


def keep_title(winners: Sequence[Photo]) -> str:
    """Such as "Keep IMG_1234 of those compared"."""
    return f"Keep {_subject(winners)} of those compared"


def from_files_title(photos: Sequence[Photo]) -> str:
    """Such as "Take IMG_1234 from its file"."""
    return f"Take {_subject(photos)} from {'its file' if len(photos) == 1 else 'their files'}"


def _subject(photos: Sequence[Photo]) -> str:
    if len(photos) > 1:
        return f"{len(photos)} frames"
    # A file name need not be valid text; a title is.
    return os.fsencode(photos[0].path.stem).decode("utf-8", "replace")
