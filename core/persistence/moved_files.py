"""Files that were renamed or moved outside the program, recognised by what they hold.

A decision goes from a file that is gone to one that holds the same and came since; never to one that was there
before, and never where it cannot be told which of several it is: two copies of a photo must not take each other's
decisions.
"""

import os
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from core.types import Decision, Photo, PhotoId

TIME_SLACK_NS = 2_000_000_000
"""FAT and exFAT round times to two seconds, so a copy on a card or stick may differ by that much."""

CLOCK_TICK_NS = 20_000_000
"""How far a disk's clock may be behind ours."""

_TELLS_WHEN_IT_CAME = os.name != "nt"  # Windows says when a file was made, and not when it was named


class Kept(Protocol):
    """A kept decision, and the file it was made on."""

    @property
    def path(self) -> bytes:
        """The file's."""
        ...

    @property
    def mtime_ns(self) -> int:
        """The file's."""
        ...

    @property
    def content(self) -> str | None:
        """What the file held."""
        ...

    @property
    def decision(self) -> Decision:
        """The decision."""
        ...

    @property
    def written_ns(self) -> int:
        """When it was written; 0 where nothing was decided: the file is known as a copy."""
        ...


_Row = TypeVar("_Row", bound=Kept)


def find_moved(
    photos: Sequence[Photo], rows: Iterable[_Row], own: Mapping[PhotoId, _Row], there: Container[PhotoId]
) -> dict[PhotoId, _Row]:
    """Find the photos that were under another name when they were decided on, each with its row.

    Args:
        photos: that may have been: not those that are known by their names to be what they were.
        rows: decisions on files of the same contents, except those that belong to other photos by their names.
        own: decisions under the photos' names as they are now: one may have got a former name back, or another's.
        there: the photos of the shoot, whose files need not be looked for.
    """
    rows = list(rows)
    known = {row.content for row in rows}
    replaced = {
        photo.id for photo in photos if photo.content in known and _held_another(own.get(photo.id), photo)
    }
    gone: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        photo_id = row.decision.photo_id
        if row.content and (
            photo_id in replaced or (photo_id not in there and not os.path.lexists(row.path))
        ):
            gone[row.content].append(row)
    came: dict[str, list[Photo]] = defaultdict(list)
    for photo in photos:
        if photo.content in gone:
            came[photo.content].append(photo)
    found: dict[PhotoId, _Row] = {}
    for content, candidates in came.items():
        for photo in candidates:
            of_its_time = [row for row in gone[content] if _is_near(row, photo)] or gone[content]
            since = [row for row in of_its_time if _came_since(photo, row, own.get(photo.id))]
            rivals = [
                one for one in candidates if any(_is_near(row, one) for row in of_its_time)
            ] or candidates
            if since and len(rivals) <= len(since) and len({_said(row.decision) for row in since}) == 1:
                found[photo.id] = max(since, key=lambda row: row.written_ns)
    return found


def find_copies(photos: Sequence[Photo], rows: Iterable[_Row], there: Container[PhotoId]) -> set[PhotoId]:
    """Find the photos that hold the same as another that is there as well.

    Args:
        photos: of the shoot.
        rows: decisions on files of the same contents, wherever they are.
        there: as of ``find_moved``.
    """
    holders: dict[str, set[PhotoId]] = defaultdict(set)
    for photo in photos:
        if photo.content:
            holders[photo.content].add(photo.id)
    for row in rows:
        photo_id = row.decision.photo_id
        if row.content in holders and photo_id not in there and os.path.lexists(row.path):
            holders[row.content].add(photo_id)
    return {photo_id for alike in holders.values() if len(alike) > 1 for photo_id in alike}


def has_stayed(own: Kept | None, photo: Photo) -> bool:
    """Tell whether a photo is known under its name and holds what it held: then it is no other file."""
    return own is not None and bool(own.content) and own.content == photo.content


def may_have_come_since(photo: Photo, row: Kept) -> bool:
    """Tell whether a photo of the same name as a file that is gone can be that file: not if it was here before.

    Where a disk does not say when a file came (FAT), or the system does not, it can be.
    """
    if not _TELLS_WHEN_IT_CAME:
        return True
    try:
        status = photo.path.lstat()
    except OSError:
        return False
    return status.st_ctime_ns == status.st_mtime_ns or status.st_ctime_ns >= row.written_ns - CLOCK_TICK_NS


def _held_another(own: Kept | None, photo: Photo) -> bool:
    return own is not None and bool(own.content) and own.content != photo.content


def _is_near(row: Kept, photo: Photo) -> bool:
    return abs(row.mtime_ns - photo.mtime_ns) <= TIME_SLACK_NS


def _came_since(photo: Photo, row: Kept, own: Kept | None) -> bool:
    """Tell whether a photo got its name after the decision was made: only then can it be that file."""
    if row.decision.photo_id == photo.id:
        return False
    if not _TELLS_WHEN_IT_CAME:
        return own is None
    try:
        return photo.path.lstat().st_ctime_ns >= row.written_ns - CLOCK_TICK_NS
    except OSError:
        return False


def _said(decision: Decision) -> tuple[object, ...]:
    return decision.flag, decision.rating, decision.label, decision.group, decision.look
