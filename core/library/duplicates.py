"""Pictures that are there twice and more, in whatever shoots: copies, re-saves, crops, edits. Bursts are no such.

What files say comes first: frames of other moments are no copies of each other, however alike. What they show has to
agree then, to the patch. A set never holds two frames that are told apart, though a third is like both.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.cancelling import go_on
from core.files import open_file
from core.ingest.formats import Kind, kind_of
from core.library.apart import Apart, apart
from core.library.candidates import candidates
from core.library.drives import Presence, presence
from core.library.same_picture import Glimpse, SamePicture, same_picture
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.library_rows import KnownFrame
from core.persistence.library_store import LibraryStore
from core.persistence.made_by import MadeBy
from core.persistence.thumbnail_cache import ThumbnailCache
from core.types import Layout, TimeSource

_CHUNK = 1 << 20
_CAMERAS_NAME = re.compile(r"[A-Z_]{1,5}[0-9_]{4,}", re.IGNORECASE)  # DSC_0057, IMG_1234, P1010001
_ALL = 0.97  # share of a picture from which on nothing counts as cut off
_STRAIGHT = 0.7  # degrees
_SMALLER = 0.98  # of the pixels


class Alteration(StrEnum):
    """What was done to the picture of the best file to make another of it."""

    NOTHING = "nothing"  # the same bytes
    SAVED = "saved"  # with other bytes, as another program or format writes them
    RESIZED = "resized"
    CROPPED = "cropped"
    TURNED = "turned"
    MIRRORED = "mirrored"
    TONED = "toned"  # brighter, darker, of other contrast
    DECOLOURED = "decoloured"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One file of a set.

    Attributes:
        frame: which.
        presence: where its file is; never gone.
        changes: in what it differs from the best one; none of the best itself.
    """

    frame: KnownFrame
    presence: Presence
    changes: tuple[Alteration, ...] = ()


GlimpseOf = Callable[[KnownFrame], Glimpse | None]
"""Returns what is kept of a picture; None where nothing is."""


def find_duplicates(
    frames: Sequence[KnownFrame],
    heads: NDArray[np.float32],
    numbers: NDArray[np.int64],
    glimpse_of: GlimpseOf,
) -> list[tuple[Duplicate, ...]]:
    """Find sets of files that show one picture, each best first: the one with most left of what the camera wrote.

    Args:
        frames: of the library.
        heads: of their looks, float32, shape (M, H).
        numbers: of the frames these are of, shape (M,).
        glimpse_of: asked for what may be a duplicate.

    Returns:
        In the order of their best files' paths.

    Raises:
        Stopped: it is not wanted any more; see ``core.cancelling``.
    """
    where = {frame.number: presence(frame.photo.path, frame.volume) for frame in frames}
    known = [frame for frame in frames if where[frame.number] is not Presence.GONE]
    place = {frame.number: at for at, frame in enumerate(known)}
    used = [at for at, number in enumerate(numbers.tolist()) if number in place]
    headed = np.array([place[number] for number in numbers[used].tolist()], np.int64)

    @lru_cache(maxsize=100_000)
    def difference(one: int, other: int) -> float | None:
        """Return by how much two pictures differ; None where they are not surely one."""
        same = _compare(known[one], known[other], glimpse_of)
        side_by_side = apart(known[one].photo, known[other].photo) is Apart.MAYBE
        return same.difference if same is not None and (same.as_whole or not side_by_side) else None

    sets = _Sets(known, difference)
    first_of = _of_one_content(known, where)
    for other, one in first_of.items():
        sets.join(one, other)
    alike: list[tuple[float, int, int]] = []
    for one, other in candidates(known, heads[used], headed):
        go_on()
        if not sets.are_together(one, other):
            unlike = difference(one, other)
            if unlike is not None:
                alike.append((unlike, one, other))
    for _, one, other in sorted(alike):
        sets.join(one, other)
    found = [_set_of(each, known, where, first_of, glimpse_of) for each in sets.of_several()]
    return sorted(found, key=lambda each: each[0].frame.photo.path)


def duplicates_in(
    store: LibraryStore, measures: AnalysisCache, thumbnails: ThumbnailCache, made_by: MadeBy
) -> list[tuple[Duplicate, ...]]:
    """Find the duplicates of a library.

    Pictures whose thumbnail is not kept are compared by bytes; where only corners lack, as after an update, what is
    there as a whole is found.

    Raises:
        Stopped: as ``find_duplicates`` does.
        StoreError: the library cannot be read.
    """

    @lru_cache(maxsize=2000)
    def glimpse_of(frame: KnownFrame) -> Glimpse | None:
        layout, small = measures.layout(frame.photo, made_by), thumbnails.get(frame.photo)
        if small is None:
            return None
        return Glimpse(layout or Layout(), frame.width, frame.height, small)

    embedder = store.embedder(made_by.embedder_sha256, made_by.embedding_version)
    numbers, heads = store.heads(embedder)
    return find_duplicates(tuple(store.all_frames()), heads, numbers, glimpse_of)


class _Sets:
    """Sets that grow where nothing tells their members apart."""

    def __init__(self, frames: Sequence[KnownFrame], difference: Callable[[int, int], float | None]) -> None:
        self._frames = frames
        self._difference = difference
        self._of = list(range(len(frames)))
        self._members = {at: [at] for at in range(len(frames))}

    def are_together(self, one: int, other: int) -> bool:
        """Tell whether two frames are in one set."""
        return self._of[one] == self._of[other]

    def join(self, one: int, other: int) -> None:
        """Make one set of two frames' sets; unless a frame of one is surely none of the other."""
        here, there = self._of[one], self._of[other]
        if here == there:
            return
        pairs = ((each, another) for each in self._members[here] for another in self._members[there])
        if any(self._apart(min(pair), max(pair)) for pair in pairs):
            return
        for each in self._members[there]:
            self._of[each] = here
        self._members[here] += self._members.pop(there)

    def _apart(self, one: int, other: int) -> bool:
        first, second = self._frames[one].photo, self._frames[other].photo
        if first.content and first.content == second.content:
            return False
        against = apart(first, second)
        return against is Apart.SURELY or (against is Apart.MAYBE and self._difference(one, other) is None)

    def of_several(self) -> list[list[int]]:
        """Return the sets of more than one."""
        return [members for members in self._members.values() if len(members) > 1]


def _of_one_content(frames: Sequence[KnownFrame], where: Mapping[int, Presence]) -> dict[int, int]:
    """Return files that hold the same, each with the first of them; to the last byte where both are there."""
    by_content: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, frame in enumerate(frames):
        if frame.photo.content:
            by_content[frame.photo.content, frame.photo.size_bytes].append(place)
    first_of: dict[int, int] = {}
    for places in by_content.values():
        first, *others = places
        for other in others:
            go_on()
            paths = [frames[each].photo.path for each in (first, other)]
            here = all(where[frames[each].number] is Presence.HERE for each in (first, other))
            if not here or _hold_the_same(*paths):
                first_of[other] = first
    return first_of


def _hold_the_same(one: Path, other: Path) -> bool:
    """Tell whether two files are the same to the last byte: a damaged copy may be so in what is digested of it."""
    try:
        with open_file(one) as first, open_file(other) as second:
            while (part := first.read(_CHUNK)) == second.read(_CHUNK):
                if not part:
                    return True
    except OSError:
        pass
    return False


def _compare(one: KnownFrame, other: KnownFrame, glimpse_of: GlimpseOf) -> SamePicture | None:
    first, second = glimpse_of(one), glimpse_of(other)
    return None if first is None or second is None else same_picture(first, second)


def _set_of(
    places: Sequence[int],
    frames: Sequence[KnownFrame],
    where: Mapping[int, Presence],
    first_of: Mapping[int, int],
    glimpse_of: GlimpseOf,
) -> tuple[Duplicate, ...]:
    best, *others = sorted(places, key=lambda place: _worth(frames[place]), reverse=True)
    members = [Duplicate(frames[best], where[frames[best].number])]
    for place in others:
        one, other = frames[best], frames[place]
        if first_of.get(best, best) == first_of.get(place, place):
            changes: tuple[Alteration, ...] = (Alteration.NOTHING,)
        else:
            changes = _changes(one, other, _compare(one, other, glimpse_of))
        members.append(Duplicate(other, where[other.number], changes))
    return tuple(members)


def _changes(one: KnownFrame, other: KnownFrame, same: SamePicture | None) -> tuple[Alteration, ...]:
    """Return in what a file differs from the best one; by way of a third, it is only known to be saved anew."""
    if same is None:
        return (Alteration.SAVED,)
    pixels, its = one.width * one.height * same.within, other.width * other.height * same.showing
    found = {
        Alteration.CROPPED: same.within < _ALL,
        Alteration.TURNED: abs(same.turn) > _STRAIGHT,
        Alteration.MIRRORED: same.mirrored,
        Alteration.RESIZED: its < _SMALLER * pixels,
        Alteration.TONED: same.tone,
        Alteration.DECOLOURED: same.colour,
    }
    return tuple(change for change, is_so in found.items() if is_so) or (Alteration.SAVED,)


def _worth(frame: KnownFrame) -> tuple[object, ...]:
    """Return a key that is larger for what has more left of what the camera wrote.

    First a RAW, then the most pixels, then what the camera said of it, then the least compression, then a name as
    cameras give them, then the most bytes; of equals the older file.
    """
    photo = frame.photo
    says = (
        photo.time_source is TimeSource.EXIF,
        bool(photo.camera_name),
        bool(photo.shot.lens),
        bool(photo.words),
    )
    return (
        kind_of(photo.path) is Kind.RAW,
        frame.width * frame.height,
        sum(says),
        -round(frame.compression, 1),
        _CAMERAS_NAME.fullmatch(photo.path.stem) is not None,
        photo.size_bytes,
        -photo.mtime_ns,
        -frame.number,
    )
