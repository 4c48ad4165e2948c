"""The small picture a camera puts into its files, made fit to show: without bars, upright, as JPEG."""

import numpy as np
import simplejpeg

from core.ingest.pixels import encode_jpeg, turned_over, upright
from core.protocols import RgbImage

_SAME_ASPECT = 0.03  # relative; rounding of 160 x 107 makes up to 1 %
_BAR_LEVEL = 24.0  # mean grey of a bar: black with JPEG's ringing
_QUALITY = 88
_LONGEST_SIDE = 8192  # pixels: full-size previews of some RAWs; larger ones would only fill the memory


def fit_to_show(thumbnail: bytes, orientation: int, size: tuple[int, int]) -> bytes | None:
    """Make an embedded thumbnail presentable; None where it is damaged or shows another crop of the picture.

    Many cameras write 160 x 120 whatever the sensor's shape, and fill up with black bars. A thumbnail of
    another shape without bars is that of an earlier, uncropped version.

    Args:
        thumbnail: JPEG as stored in the file.
        orientation: EXIF, 1 to 8.
        size: width and height of the picture as stored, (0, 0) where not known.
    """
    try:
        height, width, _, _ = simplejpeg.decode_jpeg_header(thumbnail)
        if max(height, width) > _LONGEST_SIDE:
            return None
        needs_crop = all(size) and abs(width * size[1] / (height * size[0]) - 1) > _SAME_ASPECT
        if orientation == 1 and not needs_crop:
            return thumbnail
        rgb: RgbImage | None = simplejpeg.decode_jpeg(thumbnail, strict=False)
    except ValueError:
        return None
    if rgb is not None and needs_crop:
        rgb = _without_bars(rgb, size)
    return None if rgb is None else encode_jpeg(upright(rgb, orientation), _QUALITY)


def turned_again(preview: bytes, before: int, wanted: int) -> bytes | None:
    """Turn a preview that is upright by one orientation to how it is by another; None where it is damaged.

    Args:
        preview: JPEG, from ``fit_to_show``.
        before: Exif, 1 to 8.
        wanted: the same.
    """
    try:
        rgb: RgbImage = simplejpeg.decode_jpeg(preview, strict=False)
    except ValueError:
        return None
    return encode_jpeg(turned_over(rgb, before, wanted), _QUALITY)


def _without_bars(rgb: RgbImage, size: tuple[int, int]) -> RgbImage | None:
    """Crop centrally to the picture's shape; None if what would be cropped away is not black."""
    height, width = rgb.shape[:2]
    inner_height = min(height, width * size[1] // size[0])
    inner_width = min(width, height * size[0] // size[1])
    top, left = (height - inner_height) // 2, (width - inner_width) // 2
    if inner_height < 1 or inner_width < 1:
        return None
    # The rows and columns next to the edge of the picture are blends of both: they go, but prove nothing.
    bars = [rgb[: max(top - 1, 0)], rgb[height - max(top - 1, 0) :]]
    bars += [rgb[:, : max(left - 1, 0)], rgb[:, width - max(left - 1, 0) :]]
    if any(bar.size and float(np.mean(bar)) > _BAR_LEVEL for bar in bars):
        return None
    return rgb[top : top + inner_height, left : left + inner_width]
