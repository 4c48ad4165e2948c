"""Damage that decoders forgive: noticed by what libjpeg complains of, by torn rows, and by files that end early.

A JPEG has no checksum. Where bytes of its picture are wrong, the decoder loses its place and finds another one: in
most files it complains at the latest when the picture ends and the data do not, or the other way round. Where it
does not, as when two blocks were swapped, what follows is displaced or off in brightness or colour, from one block of
pixels to the next: a tear runs along a row of blocks, steps down at that block, and runs on along the row below it.
"""

import os
import re
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core.ingest.exif_chunks import webp_chunk
from core.ingest.formats import Content
from core.ingest.heif_items import HeifError, coded_parts
from core.ingest.tiff_directories import directories
from core.language import Sentence, joined, say
from core.protocols import RgbImage
from core.types import Damage

SENTENCES: Mapping[Damage, Sentence] = {
    Damage.TORN: say("A part of the picture is damaged. Copy it again from the card."),
    Damage.CUT_OFF: say(
        "The file ends too early: a part of the picture is missing. Copy it again from the card."
    ),
    Damage.UNREADABLE: say("The picture cannot be decoded. Copy it again from the card."),
}
"""What is wrong with a file and what helps."""

_STANDS_IN = say("The RAW file of the same frame is shown and measured in its place.")

_IN_THE_HEADER = re.compile(r"extraneous bytes before marker 0x(c[0-3]|d[bd]|e.|fe)$")  # between its segments
_EXTRANEOUS = re.compile(r"(\d+) extraneous bytes before marker 0xd9")
_END_OF_IMAGE = b"\xff\xd9"

_MOST_ACROSS = 120  # blocks that are looked at; of more across, every second, third, …
_FEWEST_BLOCKS = 12  # across and down: in smaller pictures chance looks like damage
# Levels of 255 by which the two sides of a tear differ more than rows do.
_TEAR, _OUT_OF_THE_ORDINARY = (13.0, 9.0)
_MOST = 24  # levels; larger steps say nothing more

_ZEROS, _ONES = bytes(256), b"\xff" * 256  # as disks and cards fill what they lost
_MOST_CODED = 2**28  # bytes

_BOXES = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"free", b"uuid"})
_MOST_BOXES = 64
_RAF_PARTS = (84, 92, 100)  # where it names offset and length of each, big-endian

_TRUE_DIRECTORIES = frozenset({".dng", ".cr2", ".nef", ".arw", ".pef"})
"""RAWs whose directories say rightly where their data lie; some old formats have something else there."""

_PLACES = ((0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202))  # strips, tiles and JPEGs
_MOST_PARTS = 2**16
_SLACK = 4096  # bytes that a camera may have counted too many


def words(damage: Damage, stand_in: bool) -> Sentence:
    """Say what is wrong with a file, what helps, and what is shown in its place."""
    return joined([SENTENCES[damage], _STANDS_IN]) if stand_in else SENTENCES[damage]


def is_of_the_picture(complaint: str, data: bytes) -> bool:
    """Tell whether what libjpeg complained of means a damaged picture.

    Oddities of the header do not, nor does a picture followed by bytes of filling.

    Args:
        complaint: as libjpeg words it; the first of a file.
        data: the file.
    """
    if filled := _EXTRANEOUS.search(complaint):
        end = data.rfind(_END_OF_IMAGE)
        return len(set(data[max(0, end - int(filled[1])) : end]) - {0x00, 0xFF}) > 0
    return complaint.startswith("Corrupt JPEG data") and not _IN_THE_HEADER.search(complaint)


def is_torn(rgb: RgbImage, block: tuple[int, int]) -> bool:
    """Tell whether a tear runs through a decoded JPEG.

    Along each edge between rows of blocks the step across it is compared with those beside it. In the order in which
    blocks are kept, a tear is one row's length of large steps that begins anywhere but at the border, where edges
    of things begin as well.

    Args:
        rgb: the picture as stored, in full size.
        block: width and height of its blocks in pixels.
    """
    width, height = block
    if not (width and height):
        return False
    width *= max(1, rgb.shape[1] // (width * _MOST_ACROSS))  # of large pictures some blocks tell enough
    across, down = rgb.shape[1] // width, (rgb.shape[0] - 2) // height
    if min(across, down) < _FEWEST_BLOCKS:
        return False
    pixels = rgb.view("V3")[..., 0]  # copied as wholes, many times as fast as number by number
    far, near, after, beyond = (
        pixels[height + shift :: height, width // 4 :: width // 2][:down, : 2 * across].copy().view(np.uint8)
        for shift in (-2, -1, 0, 1)
    )
    beside = np.maximum(_apart(near, far), _apart(beyond, after)).astype(np.int16)
    steps = (_apart(after, near) - beside).reshape(down, 2 * across, 3)
    steps = np.maximum(np.maximum(steps[..., 0], steps[..., 1]), steps[..., 2])
    rows = np.clip(steps, -_MOST, _MOST).reshape(down, across, 2).mean(axis=2)
    sums = np.concatenate(([0.0], np.cumsum(rows)))
    starts = np.arange(rows.size - across + 1)
    ends = (starts // across + 1) * across  # of the row it starts in
    before, rest = ends - starts, starts + across - ends
    whole = (sums[starts + across] - sums[starts]) / across
    margin = max(3, across // 16)
    inside = (before >= margin) & (rest >= margin)
    upper = (sums[ends] - sums[starts]) / before
    lower = (sums[starts + across] - sums[ends]) / np.maximum(rest, 1)
    tear = float(np.where(inside, np.minimum(upper, lower), -_MOST).max())
    return tear >= _TEAR and tear - float(np.median(whole)) >= _OUT_OF_THE_ORDINARY


def _apart(one: RgbImage, other: RgbImage) -> RgbImage:
    """Return by how much two pictures differ, without taking room for signs."""
    apart: RgbImage = np.maximum(one, other) - np.minimum(one, other)
    return apart


def has_hole(stream: BinaryIO, content: Content) -> bool:
    """Tell whether a stretch of a WebP, HEIF or AVIF picture's coded data was lost: nothing coded repeats itself so.

    Args:
        stream: the whole file; its position is changed.
        content: what it is by its first bytes.

    Raises:
        OSError: the file cannot be read any further.
    """
    if content is Content.WEBP:
        return _is_hollow(webp_chunk(stream, b"VP8 "))  # without loss a plain ground may repeat itself
    if content not in (Content.HEIF, Content.AVIF):
        return False
    try:
        for offset, length in coded_parts(stream):
            stream.seek(offset)
            if _is_hollow(stream.read(min(length, _MOST_CODED))):
                return True
    except HeifError:
        return False
    return False


def _is_hollow(coded: bytes) -> bool:
    return _ZEROS in coded or _ONES in coded


def is_cut_off(path: Path, stream: BinaryIO, content: Content) -> bool:
    """Tell whether a RAW, HEIF or AVIF ends before what it describes; its previews may be whole all the same.

    Args:
        path: for the format by its suffix.
        stream: the whole file; its position is changed.
        content: what it is by its first bytes.

    Raises:
        OSError: the file cannot be read any further.
    """
    if content in (Content.CR3, Content.HEIF, Content.AVIF):
        end = _boxes_end(stream)
    elif content is Content.RAF:
        end = _raf_end(stream)
    elif content is Content.TIFF and path.suffix.lower() in _TRUE_DIRECTORIES:
        end = _directories_end(stream)
    else:
        return False
    return end > stream.seek(0, os.SEEK_END) + _SLACK


def _boxes_end(stream: BinaryIO) -> int:
    """Return where the last of the outermost boxes ends (ISO/IEC 14496-12, 4.2); what follows is somebody else's."""
    at = 0
    for _ in range(_MOST_BOXES):
        stream.seek(at)
        head = stream.read(16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if kind not in _BOXES or length == 0:
            break
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        at += max(length, 8)
    return at


def _raf_end(stream: BinaryIO) -> int:
    """Return where the last of the parts ends that the header of a RAF names: JPEG, facts and the sensor's data."""
    stream.seek(0)
    head = stream.read(_RAF_PARTS[-1] + 8)
    places = [struct.unpack_from(">II", head, at) for at in _RAF_PARTS if at + 8 <= len(head)]
    return max((offset + length for offset, length in places), default=0)


def _directories_end(stream: BinaryIO) -> int:
    """Return where the last strip, tile or preview ends that the directories of a TIFF name."""
    end = 0
    for numbers in directories(stream, {tag for pair in _PLACES for tag in pair}, _MOST_PARTS):
        for offsets, lengths in _PLACES:
            pairs = zip(numbers.get(offsets, ()), numbers.get(lengths, ()), strict=False)
            end = max([end, *(offset + length for offset, length in pairs)])
    return end
