"""The pictures of a proof gallery: at the size that was asked for, with a mark across them where one is wanted."""

from functools import lru_cache

import numpy as np
import simplejpeg
from PIL import Image, ImageDraw, ImageFont

from core.errors import ShortlistError
from core.ingest.frame import frame_reduced
from core.ingest.pixels import encode_jpeg
from core.language import say
from core.protocols import RgbImage
from core.types import Photo

LONGEST_MARK = 60
"""Characters; more would be too small to be read."""

_QUALITY = 86
_ACROSS = 0.72  # of the diagonal that the words take
_TALLEST = 0.16  # of the shorter side
_OPACITY = 0.42
_FONTS = (
    *("DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf", "LiberationSans-Bold.ttf"),
    *("arialbd.ttf", "Arial Bold.ttf", "Arial Unicode.ttf"),
    *("NotoSansCJK-Bold.ttc", "msyhbd.ttc", "Hiragino Sans GB.ttc", "DejaVuSans.ttf"),
)

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class MarkError(ShortlistError):
    """The mark cannot be drawn."""


def large_picture(photo: Photo, side: int, mark: str) -> bytes:
    """Return a photo as the JPEG that is shown large: upright, in sRGB, and without anything but the picture.

    Args:
        photo: with its companions.
        side: pixels along the longer side; a smaller photo stays as it is.
        mark: what is written across it; "" for nothing.

    Raises:
        PhotoError: it cannot be decoded.
        MarkError: no font of this system has the letters of the mark.
    """
    return encode_jpeg(marked(frame_reduced(photo, side), mark), _QUALITY)


def small_picture(thumbnail: bytes, mark: str) -> bytes:
    """Return the picture that stands in the wall.

    Args:
        thumbnail: an upright sRGB JPEG.
        mark: as for ``large_picture``.
    """
    if not mark:
        return thumbnail
    return encode_jpeg(marked(simplejpeg.decode_jpeg(thumbnail), mark), _QUALITY)


def marked(rgb: RgbImage, mark: str) -> RgbImage:
    """Write a mark across a picture, from its lower left to its upper right: white, with a shadow, half transparent.

    Raises:
        MarkError: no font of this system has its letters.
    """
    words = _words_of(mark)
    if not words:
        return rgb
    height, width = rgb.shape[:2]
    diagonal, tallest = float(np.hypot(width, height)), min(width, height) * _TALLEST
    probe = 100
    left, _, right, _ = _font_for(words, probe).getbbox(words)
    size = int(min(probe * diagonal * _ACROSS / max(1.0, right - left), tallest))
    font = _font_for(words, max(6, size))
    left, top, right, bottom = font.getbbox(words)
    edge = max(2, size // 8)
    cell = Image.new("RGBA", (int(right - left) + 2 * edge, int(bottom - top) + 2 * edge), (0, 0, 0, 0))
    pen = ImageDraw.Draw(cell)
    corner = (edge - left, edge - top)
    shade, light = round(255 * _OPACITY / 2), round(255 * _OPACITY)
    pen.text(
        corner, words, font=font, fill=(0, 0, 0, shade), stroke_width=edge // 4, stroke_fill=(0, 0, 0, shade)
    )
    pen.text(corner, words, font=font, fill=(255, 255, 255, light))
    turned = cell.rotate(np.degrees(np.arctan2(height, width)), Image.Resampling.BICUBIC, expand=True)
    whole = Image.fromarray(rgb).convert("RGBA")
    whole.alpha_composite(_within(turned, width, height), _middle(turned, width, height))
    return np.ascontiguousarray(np.array(whole.convert("RGB")), np.uint8)


def check_mark(mark: str) -> None:
    """Make sure that a mark can be drawn. Raises MarkError."""
    if words := _words_of(mark):
        _font_for(words, 20)


def _words_of(mark: str) -> str:
    """Return what is drawn of a mark: on one line, and not too long to be read."""
    return " ".join(mark.split())[:LONGEST_MARK]


def _within(image: Image.Image, width: int, height: int) -> Image.Image:
    """Cut off what reaches beyond the picture."""
    across, down = max(0, (image.width - width) // 2), max(0, (image.height - height) // 2)
    return image.crop((across, down, across + min(width, image.width), down + min(height, image.height)))


def _middle(image: Image.Image, width: int, height: int) -> tuple[int, int]:
    return max(0, (width - image.width) // 2), max(0, (height - image.height) // 2)


@lru_cache(maxsize=64)
def _font_for(words: str, size: int) -> _Font:
    """Return the first font of this system that has all letters of the words."""
    for name in (*_FONTS, ""):
        try:
            font = ImageFont.truetype(name, size) if name else ImageFont.load_default(size)
        except OSError:
            continue
        if _has(font, words):
            return font
    raise MarkError(
        say("No font of this computer has all letters of “{mark}”; write the mark in others.", mark=words)
    )


def _has(font: _Font, words: str) -> bool:
    """Tell whether a font draws each letter as itself, and not as the box that stands for what it lacks."""
    lacking = bytes(font.getmask("\U0010fffe"))
    return all(bytes(font.getmask(letter)) != lacking for letter in set(words) if not letter.isspace())
