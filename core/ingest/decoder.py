"""The one decode of a photo: any format in, upright RGB out.

Everything a decoder may do to a file ends here: what is wrong with it becomes a ``PhotoError``.
"""

import io
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import rawpy
from PIL import UnidentifiedImageError

from core.errors import PhotoError
from core.files import RefusedFileError, TooLargeFileError, open_file
from core.ingest import jpeg_xl
from core.ingest.damage import SENTENCES, has_hole, is_cut_off
from core.ingest.decoding import FACTORS, MAX_PIXELS, DecodedPhoto, Decoding, bounded_factor
from core.ingest.film_frame import film_frame
from core.ingest.formats import Content, Kind, content_of, kind_of
from core.ingest.jpeg_boxes import ends_early
from core.ingest.jpeg_decoding import decode_jpeg, read_jpeg
from core.ingest.photo_errors import MissingPhotoError, UnidentifiedPhotoError
from core.ingest.pillow_decoding import decode_by_pillow
from core.ingest.pixels import is_quarter_turned
from core.ingest.quiet import quiet_natively
from core.ingest.raw_decoding import decode_raw
from core.ingest.refusals import refusal, words_of
from core.language import say
from core.types import Damage

_HEAD_BYTES = 4096
_MOST_BYTES = 2**29  # of a WebP, HEIF or AVIF, which are read whole; they come to a fifth of it


def decode(path: Path, orientation: int = 1, max_pixels: int = MAX_PIXELS) -> DecodedPhoto:
    """Decode a photo, by its content whatever its suffix says; of a RAW its largest embedded preview.

    Args:
        path: the file.
        orientation: EXIF, 1 to 8, as in ``Photo``. HEIF, AVIF and TIFF are turned as they themselves say.
        max_pixels: the largest picture to decode; a larger one is refused by its header.

    Raises:
        PhotoError: it cannot be decoded, wholly or at all.
    """
    return _guarded(path, orientation, max_pixels, bounded_factor)


def decode_at_least(
    path: Path, orientation: int, box: tuple[int, int], max_pixels: int = MAX_PIXELS
) -> DecodedPhoto:
    """Decode at the smallest scale of a photo's format that still fills a box; resample nothing.

    Args:
        path: the file.
        orientation: as for ``decode``.
        box: width and height in pixels into which the upright picture is going to be fitted.
        max_pixels: as for ``decode``.

    Raises:
        PhotoError: it cannot be decoded, wholly or at all.
    """

    def factor(width: int, height: int) -> int:
        if is_quarter_turned(orientation):
            width, height = height, width
        enough = max(width / box[0], height / box[1])
        return max([f for f in FACTORS if f <= enough] + [bounded_factor(width, height)])

    return _guarded(path, orientation, max_pixels, factor)


def _guarded(
    path: Path, orientation: int, max_pixels: int, factor: Callable[[int, int], int]
) -> DecodedPhoto:
    """Decode, and turn each way to fail into words that help the user."""
    try:
        with open_file(path) as stream:
            head = stream.read(_HEAD_BYTES)
            if not head:
                raise PhotoError(path, say("The file is empty (0 bytes)."))
            return _decoded(Decoding(path, orientation, max_pixels, factor), head, stream)
    except PhotoError:
        raise
    except FileNotFoundError as error:
        raise MissingPhotoError(path, say("It is not there any more; it was moved or deleted.")) from error
    except PermissionError as error:
        raise PhotoError(path, say("You are not allowed to read it; check its permissions.")) from error
    except RefusedFileError as error:
        raise PhotoError(path, error.sentence) from error
    except MemoryError as error:
        raise PhotoError(path, say("There is not enough memory to decode it.")) from error
    except UnidentifiedImageError as error:
        raise UnidentifiedPhotoError(path, refusal(head)) from error
    except rawpy.LibRawError as error:
        raise PhotoError(path, refusal(head, raw=True)) from error
    except Exception as error:  # decoders raise anything on damaged files
        if "truncated" in str(error).lower() or isinstance(error, EOFError):
            raise PhotoError(path, SENTENCES[Damage.CUT_OFF]) from error
        cause = words_of(error)
        raise PhotoError(
            path, say("The picture is damaged and cannot be decoded ({cause}).", cause=cause)
        ) from error


def _decoded(asked: Decoding, head: bytes, stream: BinaryIO) -> DecodedPhoto:
    """Choose the decoder and decode."""
    if kind_of(asked.path) is Kind.VIDEO:
        return _film(asked, stream)
    content = content_of(head)
    by_suffix = content in (Content.TIFF, Content.UNKNOWN) and kind_of(asked.path) is Kind.RAW
    if content in (Content.CR3, Content.RAF, Content.CRW, Content.X3F) or by_suffix:
        with quiet_natively:
            decoded = decode_raw(asked, stream)
        return _as_whole(asked, decoded, stream, content)
    stream.seek(0)
    if content is Content.JPEG:
        return decode_jpeg(asked, read_jpeg(stream))
    if content in (Content.TIFF, Content.PNG, Content.UNKNOWN):  # Pillow reads no more than it needs
        with nullcontext() if content is Content.PNG else quiet_natively:
            return decode_by_pillow(asked, stream)
    if content in (Content.JPEG_XL, Content.JPEG_2000):
        return _boxed(asked, stream, content)
    data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise TooLargeFileError(asked.path)
    return _as_whole(asked, decode_by_pillow(asked, io.BytesIO(data)), stream, content)


def _film(asked: Decoding, stream: BinaryIO) -> DecodedPhoto:
    """Show a film by a frame."""
    with quiet_natively:
        rgb = film_frame(asked.path, stream)
    height, width = rgb.shape[:2]
    asked.check_size(width, height)
    return DecodedPhoto(rgb, width, height)


def _boxed(asked: Decoding, stream: BinaryIO, content: Content) -> DecodedPhoto:
    """Decode JPEG XL or JPEG 2000, of which a part is no picture to their decoders."""
    if content is Content.JPEG_XL and not jpeg_xl.can_be_read():
        raise PhotoError(asked.path, jpeg_xl.CANNOT_BE_READ)
    try:
        with quiet_natively:
            return decode_by_pillow(asked, stream)
    except (OSError, ValueError, RuntimeError) as error:
        damage = Damage.CUT_OFF if ends_early(stream) else Damage.UNREADABLE
        raise PhotoError(asked.path, SENTENCES[damage]) from error


def _as_whole(asked: Decoding, decoded: DecodedPhoto, stream: BinaryIO, content: Content) -> DecodedPhoto:
    """Note where the file ends too early behind a picture that can be shown, or has a hole in it."""
    if decoded.damage is None and is_cut_off(asked.path, stream, content):
        return replace(decoded, damage=Damage.CUT_OFF)
    if decoded.damage is None and has_hole(stream, content):
        return replace(decoded, damage=Damage.TORN)
    return decoded
