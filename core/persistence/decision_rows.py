"""Decisions as rows: how they are written, and how they find their photos again, even if renamed or moved."""

import json
import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from core.persistence.database import chunks
from core.persistence.moved_files import (
    TIME_SLACK_NS,
    find_copies,
    find_moved,
    has_stayed,
    may_have_come_since,
)
from core.types import Accepted, Decision, DecisionSource, Flag, Label, Photo, PhotoId

_COLUMNS = (
    "photo_id, path, name, size_bytes, mtime_ns, content, "
    "flag, rating, label, source, decided_at, grouped, accepted, look, written_ns"
)

_WRITE = f"""
    INSERT INTO decision ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (photo_id) DO UPDATE SET
        path = excluded.path, name = excluded.name, size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns,
        content = excluded.content,
        flag = excluded.flag, rating = excluded.rating, label = excluded.label, source = excluded.source,
        decided_at = excluded.decided_at, grouped = excluded.grouped, accepted = excluded.accepted,
        look = excluded.look,
        written_ns = max(excluded.written_ns, decision.written_ns + 1)
"""  # noqa: S608 - names of our own

Written = tuple[Photo, Decision, int]
"""A decision on a photo, and when it was first written: nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of some photos.

    Attributes:
        decisions: by photo; none of them empty.
        moved: those whose row is missing or tells of another state of the file.
        left: rows of files that went elsewhere: what they held is not to be looked for any more.
    """

    decisions: dict[PhotoId, Decision]
    moved: list[Written]
    left: set[PhotoId]


@dataclass(frozen=True, slots=True)
class _Row:
    """A decision, and the file it was made on."""

    path: bytes
    name: bytes
    size_bytes: int
    mtime_ns: int
    content: str | None
    decision: Decision
    written_ns: int

    def is_of(self, photo: Photo) -> bool:
        """Tell whether the row is the photo's own, and up to date."""
        return (
            self.decision.photo_id == photo.id
            and (self.size_bytes, self.mtime_ns) == (photo.size_bytes, photo.mtime_ns)
            and self.path == os.fsencode(photo.path)
            and photo.content in ("", self.content)
        )


def find_decisions(connection: Connection, photos: Sequence[Photo]) -> Found:
    """Look decisions up as ``SessionStore.load_decisions`` says."""
    own = {
        row.decision.photo_id: row for row in _rows(connection, "photo_id", [(photo.id,) for photo in photos])
    }
    companions = [(os.fsencode(path),) for photo in photos for path in photo.companions]
    by_path = {row.path: row for row in _rows(connection, "path", companions)}
    alike: dict[tuple[bytes, int], list[_Row]] = {}
    files = [(os.fsencode(photo.path.name), photo.size_bytes) for photo in photos]
    for row in _rows(connection, "name, size_bytes", files):
        alike.setdefault((row.name, row.size_bytes), []).append(row)

    homes = _Homes()
    stayed = {photo.id for photo in photos if has_stayed(own.get(photo.id), photo)}
    by_name = {
        photo.id: [row for row in alike.get(file, ()) if _is_renamed(row, photo, homes, photo.id in stayed)]
        for photo, file in zip(photos, files, strict=True)
    }
    moved, copies = _by_content(connection, photos, own, stayed, by_name)
    taken = {row.decision.photo_id for row in moved.values()}

    found = Found({}, [], set())
    for photo in photos:
        rows = [own[photo.id]] if photo.id in own and photo.id not in taken else []
        rows += [by_path[key] for path in photo.companions if (key := os.fsencode(path)) in by_path]
        rows += by_name[photo.id]
        if photo.id in moved:
            former = own.get(photo.id)
            rows = [*(rows if former is None or not former.content else ()), moved[photo.id]]
        if not rows:
            if photo.id in copies or photo.id in taken:
                found.moved.append((photo, Decision(photo.id), 0))
            continue
        latest = max(rows, key=lambda row: row.written_ns)  # the first of equals: its own row
        decision = replace(latest.decision, photo_id=photo.id)
        if not latest.is_of(photo):
            found.moved.append((photo, decision, latest.written_ns))
        if latest.decision.photo_id != photo.id and not os.path.lexists(latest.path):
            found.left.add(latest.decision.photo_id)
        if not decision.is_empty or decision.group is not None or decision.look is not None:
            found.decisions[photo.id] = decision
    return found


def decisions_of_originals(connection: Connection, copies: Sequence[tuple[Photo, Photo]]) -> list[Written]:
    """Return what was decided on originals, as decisions on their copies, where those have none that is later."""
    ids = [(photo.id,) for pair in copies for photo in pair]
    rows = {row.decision.photo_id: row for row in _rows(connection, "photo_id", ids)}
    found: list[Written] = []
    for original, copy in copies:
        row, own = rows.get(original.id), rows.get(copy.id)
        if row is not None and (own is None or own.written_ns < row.written_ns):
            found.append((copy, replace(row.decision, photo_id=copy.id), row.written_ns))
    return found


def _by_content(
    connection: Connection,
    photos: Sequence[Photo],
    own: Mapping[PhotoId, _Row],
    stayed: Container[PhotoId],
    by_name: Mapping[PhotoId, Sequence[_Row]],
) -> tuple[dict[PhotoId, _Row], set[PhotoId]]:
    """Look for what the photos hold: return the rows of those that were renamed, and those that are copies."""
    unsettled = [photo for photo in photos if photo.content and photo.id not in stayed]
    rows = list(_rows(connection, "content", [(photo.content,) for photo in unsettled]))
    there = {photo.id for photo in photos}
    claimed = {row.decision.photo_id for alike in by_name.values() for row in alike}
    may_have_moved = [photo for photo in unsettled if not by_name[photo.id]]
    free = [row for row in rows if row.decision.photo_id not in claimed]
    return find_moved(may_have_moved, free, own, there), find_copies(photos, rows, there)


def write_decisions(connection: Connection, decided: Iterable[Written]) -> None:
    """Write rows, in the place of earlier ones of the same photos; empty decisions too, for they are news.

    A row counts as written after the one it replaces, whatever the clock says: else a decision made after the clock
    was set back would lose to what is still known of the photo under a former path.
    """
    connection.executemany(
        _WRITE,
        [
            (
                photo.id,
                os.fsencode(photo.path),
                os.fsencode(photo.path.name),
                photo.size_bytes,
                photo.mtime_ns,
                photo.content or None,
                *_values(decision),
                written_ns,
            )
            for photo, decision, written_ns in decided
        ],
    )


def forget_contents(connection: Connection, left: Iterable[PhotoId]) -> None:
    """Note that the files of some rows went elsewhere; their decisions stay, should the files come back."""
    connection.executemany(
        "UPDATE decision SET content = NULL WHERE photo_id = ?", [(photo_id,) for photo_id in left]
    )


def restamp_decisions(connection: Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write size, time and content of files that changed; then come path, time and size by which each is known."""
    connection.executemany(
        "UPDATE decision SET size_bytes = ?, mtime_ns = ?, content = ? "
        "WHERE path = ? AND mtime_ns = ? AND size_bytes = ?",
        rows,
    )


def write_journal_text(decisions: Iterable[Decision]) -> str:
    """Write decisions as the JSON of the journal."""
    return json.dumps(
        [[decision.photo_id, *_values(decision)] for decision in decisions], separators=(",", ":")
    )


def read_journal_text(text: str) -> tuple[Decision, ...]:
    """Read decisions from the JSON of the journal."""
    return tuple(_decision(*values) for values in json.loads(text))


class _Homes:
    """Which folders are still there; each is looked for once."""

    def __init__(self) -> None:
        self._exists: dict[bytes, bool] = {}

    def has(self, path: bytes) -> bool:
        """Tell whether the folder of a file exists."""
        folder = os.path.dirname(path)  # noqa: PTH120 - bytes, which Path does not take
        if folder not in self._exists:
            self._exists[folder] = os.path.isdir(folder)  # noqa: PTH112
        return self._exists[folder]


def _is_renamed(row: _Row, photo: Photo, homes: _Homes, has_stayed: bool) -> bool:
    """Tell whether a row of the same name and size is this photo's: its path is gone or leads to the same file.

    A photo that is known to have been where it is all along can only be the same file.
    """
    if row.decision.photo_id == photo.id or abs(row.mtime_ns - photo.mtime_ns) > TIME_SLACK_NS:
        return False
    if not homes.has(row.path):
        return not has_stayed
    try:
        return os.path.samefile(row.path, photo.path)  # noqa: PTH121
    except FileNotFoundError:
        return not has_stayed and may_have_come_since(photo, row)
    except OSError:
        return False


def _rows(connection: Connection, columns: str, keys: Iterable[tuple[Any, ...]]) -> Iterator[_Row]:
    """Yield the rows whose columns have one of the given values."""
    for chunk in chunks(sorted(set(keys))):
        marks = ", ".join([f"({', '.join('?' * len(chunk[0]))})"] * len(chunk))
        # A join in this order, because IN over two columns would read the whole table.
        for row in connection.execute(
            f"WITH wanted ({columns}) AS (VALUES {marks}) "  # noqa: S608 - names of our own
            f"SELECT {_COLUMNS} FROM wanted CROSS JOIN decision USING ({columns})",
            [value for key in chunk for value in key],
        ):
            photo_id, path, name, size_bytes, mtime_ns, content, *values, written_ns = row
            yield _Row(path, name, size_bytes, mtime_ns, content, _decision(photo_id, *values), written_ns)


def _values(decision: Decision) -> tuple[str | int | None, ...]:
    """Return the columns flag, rating, label, source, decided_at, grouped, accepted, look."""
    decided_at = decision.decided_at
    return (
        decision.flag,
        decision.rating,
        decision.label,
        decision.source,
        decided_at.isoformat() if decided_at else None,
        decision.group,
        decision.accepted,
        decision.look,
    )


def _decision(
    photo_id: str,
    flag: str | None,
    rating: int | None,
    label: str | None,
    source: str,
    decided_at: str | None,
    group: str | None = None,  # missing in journals written before there were groups
    accepted: str | None = None,  # and this one from before it was kept
    look: str | None = None,  # and this before looks had names
) -> Decision:
    return Decision(
        PhotoId(photo_id),
        Flag(flag) if flag is not None else None,
        rating,
        Label(label) if label is not None else None,
        DecisionSource(source),
        datetime.fromisoformat(decided_at) if decided_at else None,
        group,
        accepted=Accepted(accepted) if accepted is not None else None,
        look=look,
    )
