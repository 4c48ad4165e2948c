"""One step of the user's: what it changed, and what a menu calls it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from core.language import mark, ntr, tr
from core.types import ClusterKind, Decision, Flag, Label, Photo


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


_FLAG_TITLES = {
    Flag.PICK: mark("Pick {photos}"),
    Flag.REJECT: mark("Reject {photos}"),
    Flag.UNFLAGGED: mark("Unflag {photos}"),
}
_LABEL_TITLES = {
    Label.NONE: mark("Remove label of {photos}"),
    Label.RED: mark("Label {photos} red"),
    Label.YELLOW: mark("Label {photos} yellow"),
    Label.GREEN: mark("Label {photos} green"),
    Label.BLUE: mark("Label {photos} blue"),
    Label.PURPLE: mark("Label {photos} purple"),
}


def flag_title(photos: Sequence[Photo], flag: Flag) -> str:
    """Name a change of flags, such as "Pick IMG_1234" or "Reject 5 frames"."""
    return tr(_FLAG_TITLES[flag]).format(photos=_subject(photos))


def rating_title(photos: Sequence[Photo], rating: int) -> str:
    """Name a change of stars, such as "Rate 5 frames 3 stars"."""
    if not rating:
        return tr("Rate {photos} no stars").format(photos=_subject(photos))
    words = ntr("Rate {photos} {count} star", "Rate {photos} {count} stars", rating)
    return words.format(photos=_subject(photos), count=rating)


def label_title(photos: Sequence[Photo], label: Label) -> str:
    """Name a change of labels, such as "Label IMG_1234 red"."""
    return tr(_LABEL_TITLES[label]).format(photos=_subject(photos))


def accept_title(count: int) -> str:
    """Name an acceptance, such as "Accept suggestion (4 frames)"; ``count`` are the frames of the burst."""
    words = ntr("Accept suggestion ({count} frame)", "Accept suggestion ({count} frames)", count)
    return words.format(count=count)


def accept_all_title(bursts: int) -> str:
    """Name an acceptance of many, such as "Accept 12 suggestions".

    Args:
        bursts: those of which something changes.
    """
    return ntr("Accept {count:,} suggestion", "Accept {count:,} suggestions", bursts).format(count=bursts)


def take_back_title(photos: Sequence[Photo]) -> str:
    """Name what takes rejects back, such as "Take 5 frames back from the rejects"."""
    return tr("Take {photos} back from the rejects").format(photos=_subject(photos))


def choose_title(photo: Photo) -> str:
    """Name a choice, such as "Choose IMG_1234 of its burst"."""
    return tr("Choose {photo} of its burst").format(photo=_subject([photo]))


def keep_title(winners: Sequence[Photo]) -> str:
    """Name the end of a comparison, such as "Keep IMG_1234 of those compared"."""
    return tr("Keep {photos} of those compared").format(photos=_subject(winners))


def choice_of_client_title(photos: Sequence[Photo]) -> str:
    """Name what a client chose, such as "Take the client's choice of 12 frames"."""
    return tr("Take the client's choice of {photos}").format(photos=_subject(photos))


def from_files_title(photos: Sequence[Photo]) -> str:
    """Name what follows files, such as "Take IMG_1234 from its file"."""
    words = ntr("Take {photos} from its file", "Take {photos} from their files", len(photos))
    return words.format(photos=_subject(photos))


def merge_title(photos: Sequence[Photo]) -> str:
    """Name a merge, such as "Merge 5 frames"."""
    return tr("Merge {photos}").format(photos=_subject(photos))


def split_title(photos: Sequence[Photo]) -> str:
    """Name a split, such as "Split off IMG_1234"."""
    return tr("Split off {photos}").format(photos=_subject(photos))


def move_title(photos: Sequence[Photo]) -> str:
    """Name a move between groups, such as "Move IMG_1234 to another group"."""
    return tr("Move {photos} to another group").format(photos=_subject(photos))


def kind_title(photos: Sequence[Photo], kind: ClusterKind) -> str:
    """Name a change of kind, such as "Call 3 frames a burst"; ``kind`` is a burst or a bracket."""
    words = tr("Call {photos} a burst") if kind is ClusterKind.BURST else tr("Keep {photos} together")
    return words.format(photos=_subject(photos))


def ungroup_title(photos: Sequence[Photo]) -> str:
    """Name the way back to the program's groups, such as "Group 5 frames automatically"."""
    return tr("Group {photos} automatically").format(photos=_subject(photos))


def look_title(photos: Sequence[Photo], name: str) -> str:
    """Say "Call 5 frames “Rings”"; without a name "Take the look's name off 5 frames"."""
    if not name:
        return tr("Take the look's name off {photos}").format(photos=_subject(photos))
    return tr("Call {photos} “{name}”").format(photos=_subject(photos), name=name)


def _subject(photos: Sequence[Photo]) -> str:
    if len(photos) > 1:
        return ntr("{count} frame", "{count} frames", len(photos)).format(count=len(photos))
    # A file name need not be valid text; a title is.
    return os.fsencode(photos[0].path.stem).decode("utf-8", "replace")
