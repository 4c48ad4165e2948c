"""A shoot to show: public-domain pictures that scikit-image ships, reframed as a day's bursts, and made-up light.

The sources are free to show: the astronaut, the rocket and the deep field are NASA's, the cat, the cup, the
cameraman and the motorcycle are under CC0 (see scikit-image's notes on its data).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageFilter
from skimage import data

_EXIF_IFD, _MODEL = 0x8769, 0x0110
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


@dataclass(frozen=True, slots=True)
class _Frame:
    """One picture: a part of a source, shifted, turned, softened or relit."""

    picture: Image.Image
    minutes: float
    bias: float = 0.0


def write_demo_shoot(folder: Path) -> int:
    """Write the shoot; return how many frames it has."""
    folder.mkdir(parents=True, exist_ok=True)
    frames = sorted(_frames(), key=lambda frame: frame.minutes)
    for number, frame in enumerate(frames, start=4711):
        _write(folder / f"DSC_{number}.jpg", frame)
    return len(frames)


def _frames() -> Iterator[_Frame]:
    portrait = Image.fromarray(data.astronaut())
    yield from _burst(portrait.crop((20, 0, 480, 306)), 3.0, (0, 1.6, 0, 3.5, 0.8), tilt=0.8)
    yield from _burst(portrait.crop((100, 0, 380, 400)), 5.5, (2.2, 0, 1.0))
    cat = Image.fromarray(data.chelsea())
    yield from _burst(cat, 42.0, (0.6, 0, 2.4, 0.3), tilt=0.6)
    yield _Frame(cat.crop((110, 30, 350, 190)), 44.0)
    cup = Image.fromarray(data.coffee())
    for number, bias in enumerate((-2.0, 0.0, 2.0)):
        lit = ImageEnhance.Brightness(cup).enhance(2 ** (bias * 0.45))
        yield _Frame(lit, 71.0 + number / 120, bias)
    yield _Frame(cup.crop((150, 60, 510, 300)), 73.0)
    rocket = Image.fromarray(data.rocket())
    yield from _burst(rocket, 141.0, (1.4, 0, 0, 0.9), drift=7)
    bike = _motorcycle()
    yield from _burst(bike, 168.0, (0, 0.7, 1.8))
    yield _Frame(bike.crop((180, 90, 560, 343)), 170.0)
    for number in range(8):
        yield _Frame(_evening(number), 540.0 + 4 * number)
    yield from _burst(_evening(11), 585.0, (0, 1.2, 0.4), drift=3)
    stars = Image.fromarray(data.hubble_deep_field())
    yield _Frame(stars.crop((0, 0, 1000, 667)), 720.0)
    yield _Frame(stars.crop((300, 150, 750, 450)), 722.0)


def _burst(
    picture: Image.Image, minutes: float, blurs: tuple[float, ...], *, tilt: float = 0.0, drift: int = 4
) -> Iterator[_Frame]:
    """Yield a frame a blur (in pixels of the source), a third of a second apart, the camera moving a little."""
    width, height = picture.size
    margin = drift * len(blurs) // 2 + 2
    for number, blur in enumerate(blurs):
        shift = drift * number // 2
        part = picture.rotate(tilt * (number - 1), Image.Resampling.BICUBIC)
        part = part.crop((margin - shift % margin, margin, width - shift % margin - 1, height - margin))
        yield _Frame(part.filter(ImageFilter.GaussianBlur(blur)) if blur else part, minutes + number / 180)


def _motorcycle() -> Image.Image:
    left, _, _ = data.stereo_motorcycle()
    return Image.fromarray(left)


def _evening(seed: int, size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Draw made-up hills against a sky after sunset."""
    random = np.random.default_rng(seed)
    width, height = size
    rows = np.linspace(0, 1, height)[:, None, None]
    low, high = np.array([250, 168, 98]) - 9 * seed, np.array([48, 70, 122]) - 2 * seed
    sky = high + (low - high) * np.clip(rows * 1.6, 0, 1) ** 1.5
    scene: NDArray[np.float64] = np.broadcast_to(sky, (height, width, 3)).copy()
    for layer in range(4):
        wave = np.convolve(random.normal(size=width + 160), np.hanning(160) / 60, mode="valid")[:width]
        ridge = height * (0.52 + 0.12 * layer) + wave * (14 + 6 * layer)
        hill = np.array([70, 72, 96]) * (1 - 0.22 * layer) + np.array([24, 10, 0]) * random.random()
        scene[np.arange(height)[:, None] > ridge[None, :]] = hill
    grain = random.normal(0, 3, (height, width, 1))
    return Image.fromarray(np.clip(scene + grain, 0, 255).astype(np.uint8))


def _write(path: Path, frame: _Frame) -> None:
    moment = _START + timedelta(minutes=frame.minutes)
    scale = _SIDE / max(frame.picture.size)
    image = frame.picture.resize(
        (round(frame.picture.width * scale), round(frame.picture.height * scale)), Image.Resampling.LANCZOS
    )
    exif = Image.Exif()
    exif[_MODEL] = "Democam 1"
    facts = exif.get_ifd(_EXIF_IFD)
    facts[_DATE] = moment.strftime("%Y:%m:%d %H:%M:%S")
    facts[_SUBSEC] = f"{moment.microsecond // 10_000:02d}"
    facts[_SHUTTER], facts[_APERTURE], facts[_ISO], facts[_FOCAL] = 1 / 250, 4.0, 400, 85.0
    if frame.bias:
        facts[_BIAS] = frame.bias
    image.save(path, exif=exif, quality=92)
