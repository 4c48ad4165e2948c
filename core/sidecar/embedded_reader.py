"""What is embedded in a photo of any format, for showing it; writing is ``core.sidecar.photo_embed``'s."""

import io
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from core.files import open_file
from core.ingest.exif_chunks import webp_chunk, webp_exif
from core.ingest.formats import Content, content_of
from core.ingest.jpeg_boxes import exif_in_boxes, xmp_in_boxes
from core.language import say
from core.sidecar.exif_stars import camera_stars
from core.sidecar.heif_packet import heif_exif, heif_packet
from core.sidecar.jpeg_slot import JpegSlot
from core.sidecar.packet_slot import PacketSlot
from core.sidecar.png_slot import PngSlot
from core.sidecar.tiff_slot import TiffSlot
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_reader import XmpFacts, read_packet

_log = logging.getLogger(__name__)

_HEAD_BYTES = 128
_RAF_JPEG = 84  # where a RAF names the offset of its JPEG
_CR3_BYTES = 128 * 1024  # its boxes of metadata come first
_CR3_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")  # the uuid of XMP in ISO base media files


def read_embedded(path: Path) -> XmpFacts | None:
    """Read flag, stars and label in the photo itself; None where it says nothing, or nothing that can be understood.

    A photo whose metadata are damaged is a photo all the same, so that is no error here.
    """
    try:
        with open_file(path) as stream:
            found = _found(stream)
            stars = None if found.exif is None else camera_stars(*found.exif)
    except (OSError, PacketError) as error:
        _log.debug("no marks are read from %s: %s", path, error)
        return None
    facts = XmpFacts()
    if found.packet:
        try:
            facts = read_packet(found.packet)
        except PacketError as error:
            _log.debug("no marks are read from the packet of %s: %s", path, error)
    if found.is_cameras:
        facts = replace(facts, rating=None, camera_rating=facts.rating or stars)
    else:
        facts = replace(facts, camera_rating=stars or facts.camera_rating)  # in the order of Windows itself
    return None if facts == XmpFacts() else facts


def embedded_packet(stream: BinaryIO) -> bytes | None:
    """Return the packet in an open file of any format, None where there is none.

    Raises:
        OSError: the file cannot be read.
        PacketError: its metadata are damaged.
    """
    return _found(stream).packet


@dataclass(frozen=True, slots=True)
class _Found:
    """What is in a photo: its packet, and a file in which, from some place on, its Exif data stand."""

    packet: bytes | None
    exif: tuple[BinaryIO, int] | None = None
    is_cameras: bool = False  # no program ever writes there

    @classmethod
    def in_slot(cls, slot: PacketSlot, stream: BinaryIO, is_cameras: bool = False) -> "_Found":
        return cls(slot.packet, None if slot.exif is None else (stream, slot.exif), is_cameras)


def _found(stream: BinaryIO) -> _Found:
    head = stream.read(_HEAD_BYTES)
    match content_of(head):
        case Content.JPEG:
            return _Found.in_slot(JpegSlot(stream), stream)
        case Content.RAF:
            jpeg = int.from_bytes(head[_RAF_JPEG : _RAF_JPEG + 4], "big")
            return _Found.in_slot(JpegSlot(stream, jpeg), stream, is_cameras=True)
        case Content.PNG:
            return _Found.in_slot(PngSlot(stream), stream)
        case Content.TIFF:
            return _Found.in_slot(TiffSlot(stream), stream)
        case Content.CR3:
            return _Found(_cr3(head + stream.read(_CR3_BYTES)))
        case Content.HEIF | Content.AVIF:
            return _Found(heif_packet(stream), (io.BytesIO(heif_exif(stream)), 0))
        case Content.WEBP:
            return _Found(webp_chunk(stream, b"XMP "), (io.BytesIO(webp_exif(stream)), 0))
        case Content.JPEG_XL | Content.JPEG_2000:
            return _Found(xmp_in_boxes(stream), (io.BytesIO(exif_in_boxes(stream)), 0))
        case _:
            return _Found(None)


def _cr3(head: bytes) -> bytes | None:
    """Find the packet in the box of that uuid: four bytes of size and four of type come before the uuid.

    Raises:
        PacketError: the box is cut off.
    """
    at = head.find(_CR3_XMP)
    if at < 8:
        return None
    end = at - 8 + int.from_bytes(head[at - 8 : at - 4], "big")
    if end > len(head):
        raise PacketError(say("Its XMP is cut off."))
    return head[at + len(_CR3_XMP) : end]
