"""Photos into which things are pasted: the same thing in front of other things, small, in another place each time."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from core.protocols import RgbImage
from core.scaling import reduce, resize
from core.types import Box

_SIDE = 512  # pixels of a photo, as of a thumbnail
_SHARE = (0.3, 0.45)  # longer side of a thing, of the photo's
_CUT = 0.12  # of a picture of a thing, left out on each side
_EDGE = 5  # pixels over which a thing passes into its background


@dataclass(frozen=True, slots=True)
class Scene:
    """A photo with a thing in it, or one that shows a thing alone.

    Attributes:
        box: around the thing.
        thing: which one; photos of one name show the same.
    """

    picture: RgbImage
    box: Box
    thing: str


def alone(picture: RgbImage, thing: str) -> Scene:
    """Return a picture of a thing as it is; the box is its middle."""
    return Scene(reduce(picture, _SIDE), Box(0.15, 0.15, 0.7, 0.7), thing)


def pasted(things: Sequence[tuple[RgbImage, str]], grounds: Sequence[RgbImage], seed: int = 0) -> list[Scene]:
    """Paste the middle of each picture of a thing, as an ellipse, somewhere into another photo.

    Args:
        things: pictures that show little else, with what each shows.
        grounds: photos to paste them into, one for each or more.
        seed: of where and how large.
    """
    random = np.random.default_rng(seed)
    return [
        _paste(picture, thing, ground, random)
        for (picture, thing), ground in zip(things, grounds, strict=False)
    ]


def _paste(picture: RgbImage, thing: str, ground: RgbImage, random: np.random.Generator) -> Scene:
    photo = np.array(reduce(ground, _SIDE))
    height, width = photo.shape[:2]
    tall, wide = picture.shape[:2]
    cut = picture[int(_CUT * tall) : int((1 - _CUT) * tall), int(_CUT * wide) : int((1 - _CUT) * wide)]
    scale = min(random.uniform(*_SHARE) * max(height, width) / max(cut.shape[:2]), height / cut.shape[0])
    small = resize(np.ascontiguousarray(cut), int(cut.shape[1] * scale), int(cut.shape[0] * scale))
    down, across = small.shape[:2]
    top, left = int(random.integers(0, height - down + 1)), int(random.integers(0, width - across + 1))
    mask = np.zeros((down, across), np.uint8)
    cv2.ellipse(mask, (across // 2, down // 2), (across // 2, down // 2), 0, 0, 360, 255, -1)
    share = cv2.GaussianBlur(mask, (_EDGE, _EDGE), 0)[..., np.newaxis] / 255
    behind = photo[top : top + down, left : left + across]
    photo[top : top + down, left : left + across] = (small * share + behind * (1 - share)).astype(np.uint8)
    return Scene(photo, Box(left / width, top / height, across / width, down / height), thing)
