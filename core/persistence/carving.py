"""Finds rows in the raw pages of a damaged database, whatever became of the tree that held them.

Whether what is found is a row of ours, and whole, is told by its seal; here only the form is looked at. The form is
that of https://www.sqlite.org/fileformat2.html: pages of type 13 hold the rows of tables, and what does not fit
continues in overflow pages. Pages of the write-ahead log count as newer states of those of the file.
"""

import struct
from collections.abc import Iterator

_LEAF = 13
_USUAL_PAGE = 4096
_MOST_BYTES = 1 << 24  # of a row: far above any of ours
_FILE_HEADER, _LOG_HEADER, _FRAME_HEADER = 100, 32, 24

Value = str | int | float | bytes | None


def carve(content: bytes, log: bytes, columns: int) -> Iterator[tuple[Value, ...]]:
    """Yield everything that has the form of a row of a table of so many columns.

    Args:
        content: of the database; may be cut off, or damaged anywhere.
        log: of its write-ahead log; b"" where there is none.
        columns: of the table.
    """
    size = _page_size(content)
    pages = {1 + at // size: content[at : at + size] for at in range(0, len(content), size)}
    for number in tuple(pages):
        yield from _rows(pages[number], _FILE_HEADER if number == 1 else 0, pages, size, columns)
    for at in range(_LOG_HEADER, len(log) - _FRAME_HEADER, _FRAME_HEADER + size):
        (number,) = struct.unpack_from(">I", log, at)
        pages[number] = log[at + _FRAME_HEADER : at + _FRAME_HEADER + size]
        yield from _rows(pages[number], _FILE_HEADER if number == 1 else 0, pages, size, columns)


def _page_size(content: bytes) -> int:
    size = int.from_bytes(content[16:18], "big")
    size = 65_536 if size == 1 else size
    is_sound = content.startswith(b"SQLite format 3\0") and size >= 512 and not size & (size - 1)
    return size if is_sound else _USUAL_PAGE


def _rows(
    page: bytes, start: int, pages: dict[int, bytes], size: int, columns: int
) -> Iterator[tuple[Value, ...]]:
    if len(page) < start + 8 or page[start] != _LEAF:
        return
    (count,) = struct.unpack_from(">H", page, start + 3)
    for index in range(count):
        try:
            (at,) = struct.unpack_from(">H", page, start + 8 + 2 * index)
            row = _row(_payload(page, at, pages, size), columns)
        except (IndexError, KeyError, ValueError, struct.error):
            continue  # this one is damaged
        if row is not None:
            yield row


def _payload(page: bytes, at: int, pages: dict[int, bytes], size: int) -> bytes:
    """Return the bytes of a row, those in overflow pages included."""
    length, at = _number(page, at)
    _, at = _number(page, at)  # the row's id
    if length > _MOST_BYTES:
        raise ValueError
    most = size - 35
    if length <= most:
        return page[at : at + length]
    least = (size - 12) * 32 // 255 - 23
    here = least + (length - least) % (size - 4)
    here = here if here <= most else least
    parts = [page[at : at + here]]
    (following,) = struct.unpack_from(">I", page, at + here)
    left = length - here
    while left > 0:
        overflow = pages[following]
        parts.append(overflow[4 : 4 + min(left, size - 4)])
        (following,) = struct.unpack_from(">I", overflow)
        left -= size - 4
    return b"".join(parts)


def _row(payload: bytes, columns: int) -> tuple[Value, ...] | None:
    header, at = _number(payload, 0)
    kinds = []
    while at < header:
        kind, at = _number(payload, at)
        kinds.append(kind)
    if len(kinds) != columns or at != header:
        return None
    row: list[Value] = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        row.append(value)
    return tuple(row) if at == len(payload) else None


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None, 0, 1)[kind and kind - 7], at
    if kind == 7:
        return float(struct.unpack_from(">d", payload, at)[0]), at + 8
    if kind < 7:
        end = at + (0, 1, 2, 3, 4, 6, 8)[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind < 12:
        raise ValueError
    end = at + (kind - 12) // 2
    data = payload[at:end]
    return data if kind % 2 == 0 else data.decode("utf-8"), end


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return a varint, and where what follows it begins. Raises IndexError past the end."""
    value = 0
    for length in range(1, 10):
        byte = data[at + length - 1]
        if length == 9:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + length
    raise AssertionError("nine bytes end it")
