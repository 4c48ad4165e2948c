"""Two makers' own ids of a burst, where a phone writes them plainly near the start of the file."""

import re

_APPLE_NOTE = b"Apple iOS\0"
_APPLE_DIRECTORY = 14  # bytes from the note's start; its values count from the start as well
_BURST_UUID, _ASCII = 0x000B, 2
_MOST_ENTRIES = 100  # Apple writes about 40
_GOOGLE = re.compile(rb"""GCamera:BurstID(?:\s*=\s*["']|>)([\w.-]{1,64})""")


def burst_id(head: bytes) -> str:
    """Return the id that all frames of one burst share, "" where there is none.

    Apple's BurstUUID (maker note 0x000b) and Google's GCamera:BurstID (XMP), named as in ExifTool's tables.

    Args:
        head: the file's first 128 KB, in which phones keep their Exif data in JPEG as in HEIC.
    """
    if (google := _GOOGLE.search(head)) is not None:
        return google.group(1).decode("ascii", "replace")
    start = head.find(_APPLE_NOTE)
    return "" if start < 0 else _apple_burst(head[start:])


def _apple_burst(note: bytes) -> str:
    def number(at: int, size: int) -> int:
        return int.from_bytes(note[at : at + size], "big")

    for index in range(min(number(_APPLE_DIRECTORY, 2), _MOST_ENTRIES)):
        entry = _APPLE_DIRECTORY + 2 + 12 * index
        if number(entry, 2) == _BURST_UUID and number(entry + 2, 2) == _ASCII:
            offset, length = number(entry + 8, 4), number(entry + 4, 4)
            return note[offset : offset + min(length, 64)].split(b"\0")[0].decode("ascii", "replace")
    return ""
