"""What is embedded in a photo of any format, for showing it; writing is ``core.sidecar.photo_embed``'s."""

import logging
from pathlib import Path
from typing import BinaryIO

from core.files import open_file
from core.ingest.exif_chunks import webp_chunk
from core.ingest.formats import Content, content_of
from core.language import say
from core.sidecar.heif_packet import heif_packet
from core.sidecar.jpeg_slot import JpegSlot
from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.png_slot import PngSlot
from core.sidecar.tiff_slot import TiffSlot
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_reader import XmpFacts, read_packet

_log = logging.getLogger(__name__)

_HEAD_BYTES = 64
_CR3_BYTES = 128 * 1024  # its boxes of metadata come first
_CR3_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")  # the uuid of XMP in ISO base media files


def read_embedded(path: Path, labels: LabelSet = ENGLISH) -> XmpFacts | None:
    """Flag, stars and label in the photo itself; None where it has no packet, or none that can be understood.

    A photo whose packet is damaged is a photo all the same, so that is no error here.
    """
    try:
        with open_file(path) as stream:
            packet = _packet(stream)
        return read_packet(packet.rstrip(b"\0"), labels) if packet else None
    except (OSError, PacketError) as error:
        _log.debug("no marks are read from %s: %s", path, error)
        return None


def _packet(stream: BinaryIO) -> bytes | None:
    head = stream.read(_HEAD_BYTES)
    match content_of(head):
        case Content.JPEG:
            return JpegSlot(stream).packet
        case Content.PNG:
            return PngSlot(stream).packet
        case Content.TIFF:
            return TiffSlot(stream).packet
        case Content.CR3:
            return _cr3(head + stream.read(_CR3_BYTES))
        case Content.HEIF | Content.AVIF:
            return heif_packet(stream)
        case Content.WEBP:
            return webp_chunk(stream, b"XMP ")
        case _:
            return None


def _cr3(head: bytes) -> bytes | None:
    """The packet in the box of that uuid: four bytes of size and four of type come before the uuid.

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
