"""What a file holds, in a few bytes that recognise it under another name and tell it from all others."""

import os
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from core.files import open_file
from core.ingest.formats import Content, Kind, content_of, kind_of

_HEAD = 64 * 1024
_SAMPLE = 4096
_SAMPLES = 16  # of what is behind the head


def content_digest(stream: BinaryIO, path: Path) -> str:
    """Return 32 hexadecimal digits that only copies of a file share, from its size and a small part of its bytes.

    A compressed picture differs from every other within its first 64 KB, and so does a RAW, for its date, its maker's
    notes and its thumbnail are there. A TIFF may be uncompressed, without a date, and begin with a border as white as
    that of the next one: samples of the rest of it count too.

    Args:
        stream: the whole file; its position is changed.
        path: its suffix tells whether it is a RAW.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(_HEAD)
    digest = blake2b(size.to_bytes(8, "big") + head, digest_size=16)
    if content_of(head) is Content.TIFF and kind_of(path) is not Kind.RAW:
        for number in range(1, _SAMPLES + 1):
            stream.seek(max(0, (size - _SAMPLE) * number // _SAMPLES))
            digest.update(stream.read(_SAMPLE))
    return digest.hexdigest()


def content_of_file(path: Path) -> str:
    """Return the digest of a file as it is now, "" where it cannot be read."""
    try:
        with open_file(path) as stream:
            return content_digest(stream, path)
    except OSError:
        return ""
