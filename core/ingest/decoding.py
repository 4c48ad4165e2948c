"""What one decode is asked for, and what comes of it; shared by the decoders of all formats."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import PhotoError
from core.ingest.pixels import is_quarter_turned, upright
from core.language import say
from core.protocols import RgbImage
from core.types import Damage

MAX_PIXELS = 400_000_000
"""Above this no photo is decoded: 1.2 GB as RGB, and as much again while it is worked on."""

FACTORS = (1, 2, 4, 8)
"""By how much a picture can be scaled down as it is decoded: what every JPEG decoder can do."""

_FULL_PIXELS = 120_000_000  # up to here, above the largest camera sensors, pictures are decoded in full


def bounded_factor(width: int, height: int) -> int:
    """Return by how much to scale so that no more than ``_FULL_PIXELS`` are decoded."""
    return next((f for f in FACTORS if width * height <= _FULL_PIXELS * f * f), FACTORS[-1])


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


@dataclass(frozen=True, slots=True)
class Decoding:
    """What the decode of one file is asked for.

    Attributes:
        path: the file.
        orientation: EXIF, 1 to 8, as in ``Photo``.
        max_pixels: a larger picture is refused by its header.
        factor: says of a width and a height as stored by which of ``FACTORS`` to scale them down.
    """

    path: Path
    orientation: int
    max_pixels: int
    factor: Callable[[int, int], int]

    def check_size(self, width: int, height: int) -> None:
        """Raise ``PhotoError`` for a picture that is too large to be decoded."""
        if width * height > self.max_pixels:
            raise PhotoError(
                self.path,
                say(
                    "It claims to be {width} × {height} pixels, more than the {most} megapixels that are decoded"
                    " at most.",
                    width=str(width),  # sizes of pictures have no separators, as everywhere
                    height=str(height),
                    most=self.max_pixels // 1_000_000,
                ),
            )


def turned_upright(
    rgb: RgbImage, full: tuple[int, int], orientation: int, icc: bytes | None = None
) -> DecodedPhoto:
    """Return pixels as they were stored as an upright photo.

    Args:
        rgb: uint8, shape (H, W, 3), maybe smaller than the whole picture.
        full: width and height of that, as stored.
        orientation: EXIF, 1 to 8.
        icc: the profile of their colours, None for sRGB.
    """
    scale = max(rgb.shape[:2]) / max(full)
    width, height = reversed(full) if is_quarter_turned(orientation) else full
    return DecodedPhoto(upright(rgb, orientation), width, height, icc, min(scale, 1.0))
