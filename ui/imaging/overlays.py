"""What can be laid over a photo to judge it: blown and blocked pixels, edges in focus, its histogram."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

_WHITE = 254  # of 255: a channel from here on holds nothing that could be recovered in a JPEG
_BLACK = 1
_BLOWN, _BLOCKED = QColor(225, 60, 50), QColor(60, 110, 230)  # Lightroom's red and blue
_IN_FOCUS = QColor(255, 215, 0)
_LEAST_EDGE = 28  # levels of the Laplacian that only a sharp edge reaches
_ABOVE_NOISE = 7.0  # times the picture's median Laplacian: grain is no edge
_SAMPLES = 400  # along each side are enough for a histogram

Mask = NDArray[np.bool_]
OverlayName = Literal[
    "faces", "info", "histogram", "clipping", "peaking", "focus_areas", "raw", "differences"
]


@dataclass(frozen=True, slots=True)
class Overlays:
    """Which of them are on.

    Attributes:
        focus_areas: where the camera focused, by its own word.
        raw: what the RAW itself holds: its histogram, and what of the highlights is lost.
        differences: a veil over all in which the photo and another of its burst are the same.
        person: whose face is framed, as ``core.types.Face.identity``; None for nobody's.
    """

    faces: bool = False
    info: bool = False
    histogram: bool = False
    clipping: bool = False
    peaking: bool = False
    focus_areas: bool = False
    raw: bool = False
    differences: bool = False
    person: int | None = None

    def toggled(self, name: OverlayName) -> "Overlays":
        """Return the same with one of them switched; raise TypeError for a name that is none of them."""
        return replace(self, **{name: not getattr(self, name, False)})


def histogram(picture: QImage) -> NDArray[np.float64]:
    """Return how often each level occurs in red, green and blue.

    Args:
        picture: RGB32.

    Returns:
        Shape (3, 256), 0 to 1: the square root of how often, so that one even background does not flatten all
        else; what towers over the rest is cut off at 1, as black and white often do.
    """
    pixels = _pixels(picture)
    step = max(1, pixels.shape[0] // _SAMPLES), max(1, pixels.shape[1] // _SAMPLES)
    sample = pixels[:: step[0], :: step[1]]
    counts = np.stack([np.bincount(sample[..., channel].ravel(), minlength=256) for channel in (2, 1, 0)])
    seen = counts[:, 1:-1][counts[:, 1:-1] > 0]
    highest = float(np.percentile(seen, 99)) if seen.size else 1.0
    return np.minimum(np.sqrt(counts / highest), 1.0)


def clipping(picture: QImage) -> QImage:
    """Paint red where a channel is blown out, blue where all are black, transparent elsewhere.

    Args:
        picture: RGB32.
    """
    blocked = np.all(_pixels(picture)[..., :3] <= _BLACK, axis=2)
    return coloured((blown_in(picture), _BLOWN), (blocked, _BLOCKED))


def blown_in(picture: QImage) -> Mask:
    """Tell where a channel of an RGB32 picture is blown out, shape (height, width)."""
    blown: Mask = np.any(_pixels(picture)[..., :3] >= _WHITE, axis=2)
    return blown


def peaking(picture: QImage) -> QImage:
    """Paint yellow where the picture has edges as fine as its pixels, transparent elsewhere.

    The mark is on pixels as they are shown: enlarged to 1:1 it tells focus, fitted it tells where to look.

    Args:
        picture: RGB32.
    """
    grey = _pixels(picture)[..., 1].astype(np.int16)  # green: the channel that cameras measure most often
    edges = np.zeros(grey.shape, np.int16)
    if min(grey.shape) > 2:
        middle = 4 * grey[1:-1, 1:-1]
        around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
        edges[1:-1, 1:-1] = np.abs(middle - around)
    noise = float(np.median(edges[::4, ::4]))
    return coloured((edges > max(_LEAST_EDGE, _ABOVE_NOISE * noise), _IN_FOCUS))


def _pixels(picture: QImage) -> NDArray[np.uint8]:
    """Return the pixels of an RGB32 picture as blue, green, red and filling, shape (height, width, 4)."""
    lines = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return lines.reshape(picture.height(), picture.width(), 4)


def coloured(*layers: tuple[Mask, QColor]) -> QImage:
    """Paint masks of one shape in their colours, later ones over earlier ones; transparent elsewhere."""
    height, width = layers[0][0].shape
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(height, width)
    pixels[...] = 0
    for mask, colour in layers:
        pixels[mask] = colour.rgba()
    return image
