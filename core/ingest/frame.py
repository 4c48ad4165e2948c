"""The picture of a frame: of its own file, or of its RAW where that file is damaged."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from core.errors import PhotoError
from core.files import open_file
from core.ingest.damage import SENTENCES
from core.ingest.decoder import decode_at_least
from core.ingest.decoding import DecodedPhoto
from core.ingest.exif_reader import read_metadata
from core.ingest.formats import Kind, kind_of
from core.ingest.jpeg_segments import luma_quantisation, read_header
from core.ingest.pixels import to_srgb
from core.ingest.scanner import ScannedFile
from core.protocols import RgbImage
from core.scaling import reduce
from core.types import Damage, Photo

Decode = Callable[[Path, int], DecodedPhoto]
"""Decodes a file whose EXIF orientation is known. Raises PhotoError."""


def decode_frame(photo: Photo, decode: Decode, *, raw_first: bool = False) -> DecodedPhoto:
    """Decode a photo, or the RAW of the same frame in its place where that is sound and the photo is not.

    Args:
        photo: with its companions.
        decode: how.
        raw_first: its file is known to be damaged.

    Raises:
        PhotoError: neither can be decoded; it says what is wrong with the photo's own file.
    """
    if raw_first and (found := _by_raw(photo, decode, Damage.TORN)):
        return found
    try:
        own = decode(photo.path, photo.orientation)
    except PhotoError as error:
        damage = Damage.CUT_OFF if error.sentence == SENTENCES[Damage.CUT_OFF] else Damage.UNREADABLE
        if found := _by_raw(photo, decode, damage):
            return found
        raise
    return own if own.damage is None else _by_raw(photo, decode, own.damage) or own


def frame_reduced(photo: Photo, max_side: int) -> RgbImage:
    """Return a small copy of a photo in sRGB, decoded at a fraction of its size where its format allows it.

    Args:
        photo: with its companions.
        max_side: pixels along the longer side; a smaller photo stays as it is.

    Raises:
        PhotoError: it cannot be decoded.
    """
    box = (max_side, max_side)
    decoded = decode_frame(photo, lambda path, orientation: decode_at_least(path, orientation, box))
    return to_srgb(reduce(decoded.rgb, max_side), decoded.icc)


def raws_of(photo: Photo) -> tuple[Path, ...]:
    """Return those of a photo's companions that show the same picture."""
    return tuple(path for path in photo.companions if kind_of(path) is Kind.RAW)


def _by_raw(photo: Photo, decode: Decode, damage: Damage) -> DecodedPhoto | None:
    """Decode the first sound one of a photo's RAWs, as what stands in for a file with that damage."""
    for path in raws_of(photo):
        with suppress(PhotoError):
            own = read_metadata(ScannedFile(path, 0, 0)).photo.orientation
            decoded = decode(path, photo.turn or own)
            if decoded.damage is None:
                compression = _compression(photo.path) or decoded.compression
                return replace(decoded, compression=compression, damage=damage, stand_in=True)
    return None


def _compression(path: Path) -> float:
    """Return the compression that the frame's own file has: beside the others of its burst it is no better or worse."""
    with suppress(OSError), open_file(path) as file:
        return luma_quantisation(read_header(file))
    return 0.0
