"""What the loupe's threads hand over: a picture fitted to the screen, or the pixels of a photo, all or many of them."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

import cv2
import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage

from core.ingest.first_rows import with_margin
from core.protocols import RgbImage
from core.scaling import shrunk
from core.types import Box, PhotoId
from ui.imaging.colours import to_screen

_numbers = count()


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """An upright photo as decoded, or a part of it.

    Attributes:
        rgb: uint8, shape (height, width, 3), in the colours of ``icc``.
        icc: the embedded profile; None for sRGB.
        at: pixels of the photo to the left of them and above.
        whole: width and height of the photo; None where these are all of its pixels.
        scaled: they are fewer than the photo has, because no more were asked for.
        number: another one for each, as long as the program runs.
    """

    rgb: RgbImage
    icc: bytes | None = None
    at: tuple[int, int] = (0, 0)
    whole: tuple[int, int] | None = None
    scaled: bool = False
    number: int = field(default_factory=_numbers.__next__, init=False)

    @property
    def size(self) -> QSize:
        """Width and height of the photo in pixels."""
        return QSize(*(self.whole or (self.rgb.shape[1], self.rgb.shape[0])))

    @property
    def there(self) -> QRect:
        """The part of the photo of which these are the pixels."""
        return QRect(*self.at, self.rgb.shape[1], self.rgb.shape[0])

    @property
    def size_bytes(self) -> int:
        """Memory they take."""
        return int(self.rgb.nbytes)

    def kept_of(self, seen: Box) -> "Pixels":
        """Return, in memory of its own, what is kept of a whole photo where that is seen."""
        height, width = self.rgb.shape[:2]
        box = with_margin(seen)
        left, top = math.floor(box.x * width), math.floor(box.y * height)
        right, bottom = math.ceil((box.x + box.width) * width), math.ceil((box.y + box.height) * height)
        return Pixels(self.rgb[top:bottom, left:right].copy(), self.icc, (left, top), (width, height))

    def part(self, rect: QRect) -> QImage:
        """Return a rectangle of the photo in the screen's colours: a copy, cheap enough to be made at each painting."""
        rect = rect.intersected(self.there).translated(-QPoint(*self.at))
        rows = slice(rect.top(), rect.top() + rect.height())
        columns = slice(rect.left(), rect.left() + rect.width())
        return to_screen(to_qimage(self.rgb[rows, columns]), self.icc)


class PictureSource(Protocol):
    """Where pictures come from; called in several worker threads at once."""

    def load(self, photo_id: PhotoId, box: tuple[int, int] | None) -> Pixels:
        """Decode a photo.

        Args:
            photo_id: which photo.
            box: width and height in pixels that the picture should fill when it is fitted into them, as far as
                the photo has so many; it may have more, where its format knows no nearer scale. None for full
                resolution.

        Raises:
            core.errors.PhotoError: the file cannot be shown.
        """
        ...


SeenSource = Callable[[PhotoId, Box], Pixels | None]
"""Decodes at full resolution what is seen of a photo; None where only the whole photo can be decoded. Called in
several worker threads at once; raises nothing."""


def fitted(pixels: Pixels, box: tuple[int, int]) -> QImage:
    """Return a photo in the screen's colours, no larger than a box.

    Scaled by OpenCV, which lets the GUI thread run meanwhile; Qt's own scaling keeps Python's lock.
    """
    rgb = pixels.rgb
    height, width = rgb.shape[:2]
    scale = min(box[0] / width, box[1] / height)
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        rgb = shrunk(rgb, *size)
    return to_screen(to_qimage(rgb), pixels.icc)


def to_qimage(rgb: RgbImage) -> QImage:
    """Make a QImage that is painted at once, of its own memory: Qt does not keep a numpy array alive."""
    height, width, _ = rgb.shape
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if width and height:
        lines = np.frombuffer(image.bits(), np.uint8).reshape(height, width, 4)
        cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA, dst=lines)  # a little-endian machine's order of the four bytes
    return image
