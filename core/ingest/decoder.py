"""The one decode of a photo: any format in, upright RGB out.

Everything a decoder may do to a file ends here: what is wrong with it becomes a ``PhotoError``.
"""

import io
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pillow_heif
import rawpy
import simplejpeg
from PIL import Image, UnidentifiedImageError

from core.errors import PhotoError
from core.files import RefusedFileError, TooLargeFileError, name_for_libraries, open_file
from core.ingest import jpeg_segments, jpeg_xl
from core.ingest.damage import SENTENCES, has_hole, is_cut_off, is_of_the_picture, is_torn
from core.ingest.exif_tags import read_tags
from core.ingest.film_frame import film_frame
from core.ingest.formats import Content, Kind, content_of, kind_of
from core.ingest.jpeg_boxes import ends_early
from core.ingest.photo_errors import MissingPhotoError, UnidentifiedPhotoError
from core.ingest.pixels import encode_jpeg, flatten, is_quarter_turned, to_srgb, turned_over, upright
from core.ingest.quiet import quiet, quiet_natively
from core.ingest.raw_pictures import jpeg_at_least, raw_pictures
from core.ingest.refusals import refusal, words_of
from core.ingest.told_colours import colour_codes, told_of_preview, told_profile
from core.ingest.tone_mapping import is_bright, to_usual
from core.language import say
from core.protocols import RgbImage
from core.scaling import reduce
from core.types import Damage

__all__ = [
    "MAX_PIXELS",
    "DecodedPhoto",
    "decode",
    "decode_at_least",
    "encode_jpeg",
    "open_raw",
    "to_srgb",
]

MAX_PIXELS = 400_000_000
"""Above this no photo is decoded: 1.2 GB as RGB, and as much again while it is worked on."""

_FULL_PIXELS = 120_000_000  # up to here, above the largest camera sensors, pictures are decoded in full
_LEAST_PREVIEW = 1024  # pixels along the longer side: of smaller ones in a RAW, sharpness cannot be told
_WHOLE = 0.97  # of the sensor's longer side: a preview of so much is the largest there is
_FACTORS = (1, 2, 4, 8)  # the scaled decodes that every JPEG decoder has
_HEAD_BYTES = 4096
_MOST_BYTES = 2**29  # of a WebP, HEIF or AVIF, which are read whole; they come to a fifth of it
_FIRST_BYTES = 2**25  # of a JPEG: nearly all are smaller
_MOST_PER_PIXEL = 12  # bytes: the longest code of each of three values
_END_OF_IMAGE = b"\xff\xd9"


pillow_heif.register_heif_opener(thumbnails=False)
pillow_heif.options.DECODE_THREADS = 1  # the worker processes are the parallelism

_Factor = Callable[[int, int], int]


@dataclass(frozen=True, slots=True, eq=False)
class DecodedPhoto:
    """A photo's pixels.

    Attributes:
        rgb: upright, uint8, C-contiguous, shape (H, W, 3), in the colours of ``icc``.
        width, height: of the whole picture, upright; ``rgb`` is smaller where ``scale`` is below 1.
        icc: the embedded profile, or that of the colours the file names; None where they are sRGB. Converting is
            left to ``to_srgb`` on reduced copies: it costs more than the decode.
        scale: decoded side over full side: 1 up to 120 MP; above, a half, a quarter or an eighth, so that
            memory stays bounded; for a RAW that of its largest embedded preview, or 0.5 without one.
        compression: mean step of a JPEG's luma quantisation, 0 for anything else.
        damage: what is wrong with the file, though it can be decoded; None where nothing was noticed.
        stand_in: this is the RAW of a frame whose own file has that damage.
    """

    rgb: RgbImage
    width: int
    height: int
    icc: bytes | None = None
    scale: float = 1.0
    compression: float = 0.0
    damage: Damage | None = None
    stand_in: bool = False


def decode(path: Path, orientation: int = 1, max_pixels: int = MAX_PIXELS) -> DecodedPhoto:
    """Decode a photo, by its content whatever its suffix says; of a RAW its largest embedded preview.

    Args:
        path: the file.
        orientation: EXIF, 1 to 8, as in ``Photo``. HEIF, AVIF and TIFF are turned as they themselves say.
        max_pixels: the largest picture to decode; a larger one is refused by its header.

    Raises:
        PhotoError: it cannot be decoded, wholly or at all.
    """
    return _guarded(path, orientation, max_pixels, _bounded_factor)


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
        return max([f for f in _FACTORS if f <= enough] + [_bounded_factor(width, height)])

    return _guarded(path, orientation, max_pixels, factor)


def _bounded_factor(width: int, height: int) -> int:
    """Return by how much to scale so that no more than ``_FULL_PIXELS`` are decoded."""
    return next((f for f in _FACTORS if width * height <= _FULL_PIXELS * f * f), _FACTORS[-1])


def _guarded(path: Path, orientation: int, max_pixels: int, factor: _Factor) -> DecodedPhoto:
    """Decode, and turn each way to fail into words that help the user."""
    try:
        with open_file(path) as stream:
            head = stream.read(_HEAD_BYTES)
            if not head:
                raise PhotoError(path, say("The file is empty (0 bytes)."))
            return _Decoding(path, orientation, max_pixels, factor).of(head, stream)
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


class _Decoding:
    """The decoding of one file."""

    def __init__(self, path: Path, orientation: int, max_pixels: int, factor: _Factor) -> None:
        self._path = path
        self._orientation = orientation
        self._max_pixels = max_pixels
        self._factor = factor

    def of(self, head: bytes, stream: BinaryIO) -> DecodedPhoto:
        """Choose the decoder and decode. Of a RAW only the parts that are needed are read from the disk."""
        if kind_of(self._path) is Kind.VIDEO:
            return self._film(stream)
        content = content_of(head)
        by_suffix = content in (Content.TIFF, Content.UNKNOWN) and kind_of(self._path) is Kind.RAW
        if content in (Content.CR3, Content.RAF, Content.CRW, Content.X3F) or by_suffix:
            with quiet_natively:
                decoded = self._raw(stream)
            return self._as_whole(decoded, stream, content)
        stream.seek(0)
        if content is Content.JPEG:
            return self._jpeg(_read_jpeg(stream))
        if content in (Content.TIFF, Content.PNG, Content.UNKNOWN):  # Pillow reads no more than it needs
            with nullcontext() if content is Content.PNG else quiet_natively:
                return self._by_pillow(stream)
        if content in (Content.JPEG_XL, Content.JPEG_2000):
            return self._boxed(stream, content)
        data = stream.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise TooLargeFileError(self._path)
        return self._as_whole(self._by_pillow(io.BytesIO(data)), stream, content)

    def _film(self, stream: BinaryIO) -> DecodedPhoto:
        """Show a film by a frame."""
        with quiet_natively:
            rgb = film_frame(self._path, stream)
        self._check_size(rgb.shape[1], rgb.shape[0])
        return DecodedPhoto(rgb, rgb.shape[1], rgb.shape[0])

    def _boxed(self, stream: BinaryIO, content: Content) -> DecodedPhoto:
        """Decode JPEG XL or JPEG 2000, of which a part is no picture to their decoders."""
        if content is Content.JPEG_XL and not jpeg_xl.can_be_read():
            raise PhotoError(self._path, jpeg_xl.CANNOT_BE_READ)
        try:
            with quiet_natively:
                return self._by_pillow(stream)
        except (OSError, ValueError, RuntimeError) as error:
            damage = Damage.CUT_OFF if ends_early(stream) else Damage.UNREADABLE
            raise PhotoError(self._path, SENTENCES[damage]) from error

    def _as_whole(self, decoded: DecodedPhoto, stream: BinaryIO, content: Content) -> DecodedPhoto:
        """Note where the file ends too early behind a picture that can be shown, or has a hole in it."""
        if decoded.damage is None and is_cut_off(self._path, stream, content):
            return replace(decoded, damage=Damage.CUT_OFF)
        if decoded.damage is None and has_hole(stream, content):
            return replace(decoded, damage=Damage.TORN)
        return decoded

    def _jpeg(self, data: bytes) -> DecodedPhoto:
        """Decode with simplejpeg, which is a third faster, if it has no complaint.

        Else with Pillow, which forgives more.
        """
        width, height = jpeg_segments.frame_size(data)
        if not (width and height):
            return self._forgivingly(data)
        self._check_size(width, height)
        # Asked for less of a lossless one, simplejpeg 1.9 writes beyond the array it made.
        factor = 1 if jpeg_segments.is_lossless(data) else self._factor(width, height)
        try:
            _, _, colours, _ = simplejpeg.decode_jpeg_header(data)
            if colours in ("CMYK", "YCCK"):
                return self._forgivingly(data)
            rgb, damage = simplejpeg.decode_jpeg(data, **_least(width, height, factor)), None
        except ValueError as error:
            if "Premature end of JPEG" not in str(error):
                torn = is_of_the_picture(str(error), data)
                return replace(self._forgivingly(data), damage=Damage.TORN if torn else None)
            rgb, damage = self._as_far_as_it_goes(data + _END_OF_IMAGE, _least(width, height, factor))
        if damage is None and factor == 1 and is_torn(rgb, jpeg_segments.block_size(data)):
            damage = Damage.TORN
        icc = None if colours == "Gray" else jpeg_segments.icc_profile(data) or told_profile(io.BytesIO(data))
        upright = self._upright(rgb, (width, height), self._orientation, icc)
        return replace(upright, compression=jpeg_segments.luma_quantisation(data), damage=damage)

    def _forgivingly(self, data: bytes) -> DecodedPhoto:
        return self._by_pillow(io.BytesIO(data), in_part=not jpeg_segments.is_lossless(data))

    def _as_far_as_it_goes(self, data: bytes, least: dict[str, int]) -> tuple[RgbImage, Damage | None]:
        """Decode a JPEG that ended too early and was given its mark of the end, which may be all that it lacked."""
        try:
            return simplejpeg.decode_jpeg(data, **least), None
        except ValueError:
            pass
        try:
            return simplejpeg.decode_jpeg(data, strict=False, **least), Damage.CUT_OFF
        except ValueError as error:
            raise PhotoError(self._path, SENTENCES[Damage.CUT_OFF]) from error

    def _by_pillow(self, stream: BinaryIO, *, in_part: bool = True) -> DecodedPhoto:
        with quiet, Image.open(stream) as image:
            orientation = self._left_to_turn(image)
            full = image.size
            self._check_size(*full)
            factor = self._factor(*full)
            if factor > 1 and in_part:
                image.draft(None, (-(-full[0] // factor), -(-full[1] // factor)))  # JPEG, some HEIF
            image.load()
            rgb, icc = flatten(image)
            has_colours = image.mode in ("RGB", "RGBA")
        if (remaining := self._factor(rgb.shape[1], rgb.shape[0])) > 1:
            rgb = reduce(rgb, max(rgb.shape[:2]) // remaining)
        if has_colours:
            rgb, icc = _in_told_colours(rgb, icc, stream)
        return self._upright(rgb, full, orientation, icc)

    def _left_to_turn(self, image: Image.Image) -> int:
        """Return the orientation that Pillow leaves to its caller."""
        if image.format in ("HEIF", "TIFF", "JXL"):
            return 1
        if image.format == "AVIF":
            return int(image.getexif().get(0x0112, 1))
        return self._orientation

    def _raw(self, stream: BinaryIO) -> DecodedPhoto:
        """Decode the largest embedded preview; the sensor's data at half size where that is too small to judge."""
        with open_raw(self._path, stream) as raw:
            sensor = raw.sizes.width, raw.sizes.height  # developing changes what LibRaw says of them
            self._check_size(*sensor)
            preview = self._raw_preview(raw, stream) or self._jpeg_xl(stream)
            if preview is not None and preview.damage is None:
                return preview
            # LibRaw knows more of turning than Exif tells, but nothing of sidecars.
            is_turned = (_own_orientation(stream) or 1) != self._orientation
            try:
                developed = raw.postprocess(
                    half_size=True, use_camera_wb=True, user_flip=0 if is_turned else None
                )
            except rawpy.LibRawError:
                if preview is not None:
                    return preview
                if jpeg_xl.is_within(stream):
                    raise PhotoError(self._path, jpeg_xl.WITHIN_CANNOT_BE_READ) from None
                raise
            if developed.shape[2] == 1:  # a sensor without colours, which is not halved either
                developed = developed.repeat(3, axis=2)
            height, width = developed.shape[:2]
            times = 2 if max(height, width) < max(sensor) else 1
            full = width * times, height * times
            return self._upright(
                np.ascontiguousarray(developed), full, self._orientation if is_turned else 1, None
            )

    def _jpeg_xl(self, stream: BinaryIO) -> DecodedPhoto | None:
        """Decode a preview that LibRaw does not know, where Pillow does."""
        if not jpeg_xl.can_be_read() or not (data := jpeg_xl.largest_preview(stream)):
            return None
        try:
            return self._by_pillow(io.BytesIO(data))
        except (PhotoError, ValueError, OSError, RuntimeError):
            return None

    def _raw_preview(self, raw: Any, stream: BinaryIO) -> DecodedPhoto | None:
        """Decode the preview; None where there is none, it is too small or cannot be decoded.

        The sensor's data may still be good then.
        """
        sensor = (raw.sizes.width, raw.sizes.height)
        try:
            data = self._large_enough(stream, sensor) or raw.extract_thumb().data
            if isinstance(data, bytes):
                inner = _Decoding(self._path, 1, self._max_pixels, self._factor)._jpeg(data)
                stored, icc, size = inner.rgb, inner.icc, (inner.width, inner.height)
                damage = inner.damage
                if icc is None and not jpeg_segments.exif_block(data):
                    icc = told_of_preview(stream)
            else:
                stored, icc, size, damage = np.ascontiguousarray(data), None, data.shape[:2], None
        except (rawpy.LibRawError, PhotoError, ValueError, OSError):
            return None
        if max(size) < _LEAST_PREVIEW:  # in its full size, not as small as it was decoded now
            return None
        lies_as_sensor = (stored.shape[1] >= stored.shape[0]) == (sensor[0] >= sensor[1])
        width, height, orientation = *sensor, self._orientation
        if not lies_as_sensor:
            own = _own_orientation(stream) or self._orientation
            if is_quarter_turned(own):  # some cameras store it upright
                if own != self._orientation:
                    stored = turned_over(stored, own, self._orientation)
                width, height = reversed(sensor) if is_quarter_turned(self._orientation) else sensor
                orientation = 1
        return replace(self._upright(stored, (width, height), orientation, icc), damage=damage)

    def _large_enough(self, stream: BinaryIO, sensor: tuple[int, int]) -> bytes | None:
        """Read a JPEG straight from the file; None where LibRaw has to say which preview is the largest."""
        factor = self._factor(*sensor)
        least = max(sensor) / factor if factor > 1 else _WHOLE * max(sensor)
        return jpeg_at_least(stream, raw_pictures(stream), max(least, _LEAST_PREVIEW), sensor)

    def _upright(
        self, rgb: RgbImage, full: tuple[int, int], orientation: int, icc: bytes | None
    ) -> DecodedPhoto:
        scale = max(rgb.shape[:2]) / max(full)
        width, height = reversed(full) if is_quarter_turned(orientation) else full
        return DecodedPhoto(upright(rgb, orientation), width, height, icc, min(scale, 1.0))

    def _check_size(self, width: int, height: int) -> None:
        if width * height > self._max_pixels:
            raise PhotoError(
                self._path,
                say(
                    "It claims to be {width} × {height} pixels, more than the {most} megapixels that are decoded"
                    " at most.",
                    width=width,
                    height=height,
                    most=self._max_pixels // 1_000_000,
                ),
            )


def _read_jpeg(stream: BinaryIO) -> bytes:
    """Read a JPEG as far as its picture can reach: there may be a film behind it, or gigabytes of nothing."""
    data = stream.read(_FIRST_BYTES)
    if len(data) == _FIRST_BYTES:
        width, height = jpeg_segments.frame_size(data)
        data += stream.read(width * height * _MOST_PER_PIXEL)
    return data


def _own_orientation(stream: BinaryIO) -> int:
    """Return what a file says itself of how it is turned, 0 where it says nothing."""
    return read_tags(stream, jpeg_segments.read_header(stream)).integer("Orientation", ifd="Image")


def _in_told_colours(rgb: RgbImage, icc: bytes | None, stream: BinaryIO) -> tuple[RgbImage, bytes | None]:
    """Return the pixels, fit for usual screens where they were for bright ones, and the profile of their colours."""
    codes = colour_codes(stream)
    if codes is not None and is_bright(codes):
        return to_usual(rgb, codes), None
    return rgb, icc or told_profile(stream)


def _least(width: int, height: int, factor: int) -> dict[str, int]:
    """Return the scaled decode as arguments for simplejpeg; its ``min_factor`` alone does nothing."""
    return {"min_width": -(-width // factor), "min_height": -(-height // factor)}


def open_raw(path: Path, stream: BinaryIO) -> Any:
    """Open a file with LibRaw; the caller closes the handle."""
    try:
        return rawpy.imread(name_for_libraries(path, stream))
    except UnicodeEncodeError:  # a name in another encoding than the system's, which rawpy cannot pass on
        stream.seek(0)
        return rawpy.imread(stream)
