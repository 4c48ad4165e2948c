"""One step of the user's: what it changed, and what a menu calls it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.language import Sentence, mark, say, say_count
from core.types import ClusterKind, Decision, Flag, Label, Photo, legible


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


def flag_title(photos: Sequence[Photo], flag: Flag) -> Sentence:
    """Name a change of flags, such as "Pick IMG_1234" or "Reject 5 frames"."""
    return Sentence(_FLAG_TITLES[flag], {"photos": _subject(photos)})


def rating_title(photos: Sequence[Photo], rating: int) -> Sentence:
    """Name a change of stars, such as "Rate 5 frames 3 stars"."""
    if not rating:
        return say("Rate {photos} no stars", photos=_subject(photos))
    return say_count(
        "Rate {photos} {count} star", "Rate {photos} {count} stars", rating, photos=_subject(photos)
    )


def label_title(photos: Sequence[Photo], label: Label) -> Sentence:
    """Name a change of labels, such as "Label IMG_1234 red"."""
    return Sentence(_LABEL_TITLES[label], {"photos": _subject(photos)})


def accept_title(count: int) -> Sentence:
    """Name an acceptance, such as "Accept suggestion (4 frames)"; ``count`` are the frames of the burst."""
    return say_count("Accept suggestion ({count} frame)", "Accept suggestion ({count} frames)", count)


def accept_all_title(bursts: int) -> Sentence:
    """Name an acceptance of many, such as "Accept 12 suggestions".

    Args:
        bursts: those of which something changes.
    """
    return say_count("Accept {count:,} suggestion", "Accept {count:,} suggestions", bursts)


def take_back_title(photos: Sequence[Photo]) -> Sentence:
    """Name what takes rejects back, such as "Take 5 frames back from the rejects"."""
    return say("Take {photos} back from the rejects", photos=_subject(photos))


def choose_title(photo: Photo) -> Sentence:
    """Name a choice, such as "Choose IMG_1234 of its burst"."""
    return say("Choose {photo} of its burst", photo=_subject([photo]))


def keep_title(winners: Sequence[Photo]) -> Sentence:
    """Name the end of a comparison, such as "Keep IMG_1234 of those compared"."""
    return say("Keep {photos} of those compared", photos=_subject(winners))


def choice_of_client_title(photos: Sequence[Photo]) -> Sentence:
    """Name what a client chose, such as "Take the client's choice of 12 frames"."""
    return say("Take the client's choice of {photos}", photos=_subject(photos))


def from_files_title(photos: Sequence[Photo]) -> Sentence:
    """Name what follows files, such as "Take IMG_1234 from its file"."""
    count = len(photos)
    return say_count(
        "Take {photos} from its file", "Take {photos} from their files", count, photos=_subject(photos)
    )


def merge_title(photos: Sequence[Photo]) -> Sentence:
    """Name a merge, such as "Merge 5 frames"."""
    return say("Merge {photos}", photos=_subject(photos))


def split_title(photos: Sequence[Photo]) -> Sentence:
    """Name a split, such as "Split off IMG_1234"."""
    return say("Split off {photos}", photos=_subject(photos))


def move_title(photos: Sequence[Photo]) -> Sentence:
    """Name a move between groups, such as "Move IMG_1234 to another group"."""
    return say("Move {photos} to another group", photos=_subject(photos))


def kind_title(photos: Sequence[Photo], kind: ClusterKind) -> Sentence:
    """Name a change of kind, such as "Call 3 frames a burst"; ``kind`` is a burst or a bracket."""
    if kind is ClusterKind.BURST:
        return say("Call {photos} a burst", photos=_subject(photos))
    return say("Keep {photos} together", photos=_subject(photos))


def ungroup_title(photos: Sequence[Photo]) -> Sentence:
    """Name the way back to the program's groups, such as "Group 5 frames automatically"."""
    return say("Group {photos} automatically", photos=_subject(photos))


def look_title(photos: Sequence[Photo], name: str) -> Sentence:
    """Say "Call 5 frames “Rings”"; without a name "Take the look's name off 5 frames"."""
    if not name:
        return say("Take the look's name off {photos}", photos=_subject(photos))
    return say("Call {photos} “{name}”", photos=_subject(photos), name=name)


def _subject(photos: Sequence[Photo]) -> Sentence | str:
    if len(photos) > 1:
        return say_count("{count} frame", "{count} frames", len(photos))
    return legible(photos[0].path.stem)
