"""Second pictures of a photo, as programs make them: smaller, cropped, turned, brighter, grey, mirrored."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image, ImageOps

Picture = Image.Image

_USUAL = 88  # JPEG quality of what is not recompressed on purpose


def recompressed(picture: Picture) -> Picture:
    """Return it as a JPEG of quality 40 shows it."""
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=40)
    return Image.open(stream)


def halved(picture: Picture) -> Picture:
    """Return it at half the pixels of each side."""
    return picture.reduce(2)


def cropped(picture: Picture) -> Picture:
    """Return it without a tenth of each side."""
    width, height = picture.size
    return picture.crop((width // 10, height // 20, width, height - height // 20))


def straightened(picture: Picture) -> Picture:
    """Return it turned by three degrees, cropped to where there is picture."""
    width, height = picture.size
    turned = picture.rotate(3, Image.Resampling.BICUBIC)
    aside, up = round(0.0525 * height), round(0.0525 * width)
    return turned.crop((aside, up, width - aside, height - up))


def quarter_turned(picture: Picture) -> Picture:
    """Return it turned by 90 degrees."""
    return picture.transpose(Image.Transpose.ROTATE_90)


def brightened(picture: Picture) -> Picture:
    """Return it a stop brighter: twice the light, in sRGB."""
    return picture.point(
        [round(255 * min(1.0, 2 * (level / 255) ** 2.2) ** (1 / 2.2)) for level in range(256)] * 3
    )


def mirrored(picture: Picture) -> Picture:
    """Return it with left and right changed."""
    return ImageOps.mirror(picture)


def grey(picture: Picture) -> Picture:
    """Return it without its colours."""
    return ImageOps.grayscale(picture).convert("RGB")


def mirrored_crop(picture: Picture) -> Picture:
    """Return it mirrored, without a tenth of each side."""
    return cropped(mirrored(picture))


def all_at_once(picture: Picture) -> Picture:
    """Return it mirrored, cropped, halved and a stop brighter."""
    return brightened(halved(mirrored_crop(picture)))


AT_ONCE: Mapping[str, Callable[[Picture], Picture]] = {
    "mirrored and cropped": mirrored_crop,
    "that, halved and a stop brighter": all_at_once,
}
WAYS: Mapping[str, Callable[[Picture], Picture]] = {
    "recompressed to 40": recompressed,
    "halved": halved,
    "cropped by a tenth": cropped,
    "turned by 3 degrees": straightened,
    "turned by 90 degrees": quarter_turned,
    "a stop brighter": brightened,
    "grey": grey,
    "mirrored": mirrored,
    **AT_ONCE,
}


def make(photo: Path, way: str, path: Path) -> None:
    """Write a second picture of a photo, without metadata."""
    with Image.open(photo) as picture:
        made = WAYS[way](ImageOps.exif_transpose(picture).convert("RGB"))
    made.save(path, "JPEG", quality=_USUAL) if way != "recompressed to 40" else made.save(
        path, "JPEG", quality=40
    )
