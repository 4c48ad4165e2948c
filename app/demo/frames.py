"""What the demo shoot consists of: public-domain pictures reframed as a day's bursts, and made-up light.

``resources/demo/SOURCES.txt`` says whose the pictures are.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

from app.demo.eyes import with_shut_eyes
from core.protocols import RgbImage

_EXIF_IFD, _MODEL, _COMMENT = 0x8769, 0x0110, 0x9286
_DATE, _SUBSEC, _SHUTTER, _APERTURE, _ISO, _FOCAL, _BIAS = (
    0x9003,
    0x9291,
    0x829A,
    0x829D,
    0x8827,
    0x920A,
    0x9204,
)
_START = datetime(2025, 6, 14, 9, 12, 4)
_SIDE = 1800  # pixels: enough that 1:1 is closer than the whole
_FIRST_NUMBER = 4711
_GRAIN = 5.0  # levels of 255
_SECONDS = 1 / 3  # between the frames of a burst


@dataclass(frozen=True, slots=True)
class DemoFrame:
    """One frame.

    Attributes:
        picture: of any size; it is enlarged to that of a frame.
        minutes: after the start of the day.
        blur: radius in pixels of the finished frame; 0 for sharp.
        shake: pixels by which the camera moved sideways meanwhile; 0 for a steady hand.
        bias: EV, as dialled in.
    """

    picture: Image.Image
    minutes: float
    blur: float = 0.0
    shake: int = 0
    bias: float = 0.0


def write_demo_shoot(
    folder: Path, made: datetime, told: Callable[[int, int], object] = lambda _done, _all: None
) -> int:
    """Write the frames into a folder, which is made; return how many there are.

    Args:
        folder: where.
        made: noted in each file, so that a shoot made anew is another one: what was decided on the former is not
            found for it by its content.
        told: how many frames are written, of how many.

    Raises:
        OSError: they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shots = sorted(_shots(), key=lambda shot: shot.minutes)
    for number, shot in enumerate(shots, start=_FIRST_NUMBER):
        _write(folder / f"DSC_{number}.jpg", shot, number, made)
        told(number - _FIRST_NUMBER + 1, len(shots))
    return len(shots)


def _shots() -> Iterator[DemoFrame]:
    """Yield a day: portraits in the morning, a cat, a cup, a launch, an evening, the stars."""
    open_eyes = _source("astronaut").resize((2048, 2048), Image.Resampling.LANCZOS)
    shut = Image.fromarray(with_shut_eyes(np.asarray(open_eyes)))
    half = (80, 0, 1920, 1227)
    frames = ((open_eyes, 5.0, 0), (shut, 0.0, 0), (open_eyes, 0.0, 0), (open_eyes, 0.0, 22), (shut, 2.0, 0))
    for number, (portrait, blur, shake) in enumerate(frames):
        part = portrait.rotate(0.7 * (number - 2), Image.Resampling.BICUBIC, center=(900, 420)).crop(half)
        yield DemoFrame(part, 3.0 + number * _SECONDS / 60, blur, shake)
    upright = (430, 0, 1430, 1500)
    for number, (portrait, blur) in enumerate(((open_eyes, 8.0), (open_eyes, 0.0), (shut, 0.0))):
        yield DemoFrame(_moved(portrait, upright, 14 * number), 5.5 + number * _SECONDS / 60, blur)
    cat = _source("cat")
    yield from _burst(cat, 42.0, (3.0, 0.0, 9.0, 1.5), tilt=0.6)
    yield DemoFrame(cat.crop((110, 30, 350, 190)), 44.0)
    cup = _source("cup")
    for number, bias in enumerate((-2.0, 0.0, 2.0)):
        lit = ImageEnhance.Brightness(cup).enhance(2 ** (bias * 0.45))
        yield DemoFrame(lit, 71.0 + number / 120, bias=bias)
    yield DemoFrame(cup.crop((150, 60, 510, 300)), 73.0)
    yield DemoFrame(Image.new("RGB", (600, 400), (3, 3, 4)), 74.0)  # the cap is still on
    yield from _burst(_source("rocket"), 141.0, (0.0, 0.0, 0.0, 0.0), shakes=(14, 0, 22, 6), drift=7)
    yield DemoFrame(_source("rocket"), 143.0, blur=6.0, shake=90)
    for number in range(6):
        yield DemoFrame(_evening(number), 540.0 + 4 * number)
    yield from _burst(_evening(11), 585.0, (0.0, 3.6, 1.2), drift=3)
    stars = _source("stars")
    yield DemoFrame(stars.crop((0, 200, 620, 613)), 720.0)
    yield DemoFrame(stars.crop((300, 150, 750, 450)), 722.0)


def _burst(
    picture: Image.Image,
    minutes: float,
    blurs: tuple[float, ...],
    *,
    shakes: tuple[int, ...] = (),
    tilt: float = 0.0,
    drift: int = 4,
) -> Iterator[DemoFrame]:
    """Yield a frame a blur, the camera moving a little from one to the next."""
    width, height = picture.size
    margin = drift * len(blurs) // 2 + 2
    for number, (blur, shake) in enumerate(zip_longest(blurs, shakes, fillvalue=0)):
        turned = picture.rotate(tilt * (number - 1), Image.Resampling.BICUBIC)
        part = (margin, margin, width - margin, height - margin)
        yield DemoFrame(
            _moved(turned, part, drift * number // 2), minutes + number * _SECONDS / 60, blur, shake
        )


def _moved(picture: Image.Image, part: tuple[int, int, int, int], by: int) -> Image.Image:
    left, top, right, bottom = part
    return picture.crop((left - by, top, right - by, bottom))


def _source(name: str) -> Image.Image:
    """Open one of the pictures that come with the program."""
    image = Image.open(io.BytesIO((files("resources") / "demo" / f"{name}.jpg").read_bytes()))
    image.load()
    return image


def _evening(seed: int) -> Image.Image:
    """Draw made-up hills against a sky after sunset."""
    random = np.random.default_rng(seed)
    width, height = 600, 400
    rows = np.linspace(0, 1, height)[:, None, None]
    low, high = np.array([250, 168, 98]) - 9 * seed, np.array([48, 70, 122]) - 2 * seed
    sky = high + (low - high) * np.clip(rows * 1.6, 0, 1) ** 1.5
    scene: NDArray[np.float64] = np.broadcast_to(sky, (height, width, 3)).copy()
    for layer in range(4):
        wave = np.convolve(random.normal(size=width + 160), np.hanning(160) / 60, mode="valid")[:width]
        ridge = height * (0.52 + 0.12 * layer) + wave * (14 + 6 * layer)
        hill = np.array([70, 72, 96]) * (1 - 0.22 * layer) + np.array([24, 10, 0]) * random.random()
        scene[np.arange(height)[:, None] > ridge[None, :]] = hill
    return Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8))


def _developed(shot: DemoFrame, seed: int) -> RgbImage:
    """Enlarge to the size of a frame, spoil it where it is to be spoilt, and lay grain over it, as a sensor does."""
    pixels: Any = np.asarray(shot.picture.convert("RGB"))
    scale = _SIDE / max(pixels.shape[:2])
    size = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
    pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA)
    pixels = cv2.addWeighted(pixels, 1.9, cv2.GaussianBlur(pixels, (0, 0), 2.0), -0.9, 0)
    if shot.blur:
        pixels = cv2.GaussianBlur(pixels, (0, 0), shot.blur)
    if shot.shake:
        pixels = cv2.blur(pixels, (shot.shake, 1))
    grain = np.roll(_grain(), seed * 7919, axis=(0, 1))[: size[1], : size[0], None]
    grained: RgbImage = np.clip(pixels.astype(np.int16) + grain, 0, 255).astype(np.uint8)
    return grained


@lru_cache(maxsize=1)
def _grain() -> NDArray[np.int16]:
    """Draw grain for one frame; each takes it from another place."""
    return np.random.default_rng(0).normal(0, _GRAIN, (_SIDE, _SIDE)).astype(np.int16)


def _filling(made: datetime) -> bytes:
    """Return bytes of another number for each tenth of a second, up to half a minute.

    A file of the same name and size and almost the same time is taken for one that was moved, with its decision.
    """
    return b" " * (2 * (int(10 * made.timestamp()) % 256))


def _write(path: Path, shot: DemoFrame, number: int, made: datetime) -> None:
    moment = _START + timedelta(minutes=shot.minutes)
    exif = Image.Exif()
    exif[_MODEL] = "Democam 1"
    facts = exif.get_ifd(_EXIF_IFD)
    facts[_DATE] = moment.strftime("%Y:%m:%d %H:%M:%S")
    facts[_SUBSEC] = f"{moment.microsecond // 10_000:02d}"
    facts[_SHUTTER], facts[_APERTURE], facts[_ISO], facts[_FOCAL] = 1 / 250, 4.0, 400, 85.0
    facts[_COMMENT] = b"ASCII\0\0\0" + f"shortlist-demo/{made.isoformat()}".encode() + _filling(made)
    if shot.bias:
        facts[_BIAS] = shot.bias
    Image.fromarray(_developed(shot, number)).save(path, exif=exif, quality=90)
