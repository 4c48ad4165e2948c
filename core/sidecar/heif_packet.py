"""The XMP packet and the Exif data of a HEIF or AVIF file; only ever read, never written."""

from typing import BinaryIO

from core.ingest.heif_items import HeifError, Metadata, metadata_item
from core.language import say
from core.sidecar.xmp_packet import PacketError


def heif_packet(stream: BinaryIO) -> bytes | None:
    """Return the packet that describes the main picture; None where there is none.

    Args:
        stream: the whole file.

    Raises:
        PacketError: the file's boxes make no sense.
    """
    try:
        return metadata_item(stream, Metadata.XMP)
    except HeifError as error:
        raise PacketError(say("It is a damaged HEIF file.")) from error


def heif_exif(stream: BinaryIO) -> bytes:
    """Return the TIFF structure of the main picture's Exif data; b"" where there is none.

    Args:
        stream: the whole file.

    Raises:
        PacketError: the file's boxes make no sense.
    """
    try:
        return metadata_item(stream, Metadata.EXIF) or b""
    except HeifError as error:
        raise PacketError(say("It is a damaged HEIF file.")) from error
