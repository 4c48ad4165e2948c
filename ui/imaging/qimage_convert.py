"""From JPEG bytes to pictures Qt paints without a further conversion."""

import simplejpeg
from PySide6.QtGui import QImage

from ui.imaging.pictures import Pixels, fitted

_FACTORS = (8, 4, 2, 1)  # by which every JPEG decoder can reduce while it decodes


def decode_jpeg(data: bytes, max_side: int | None = None) -> QImage | None:
    """Decode an upright sRGB JPEG, reduced while it is decoded where it is larger than wanted.

    Safe in any thread: the result is a QImage, not a QPixmap. It is libjpeg-turbo itself that decodes, for Qt's
    reader makes QObjects of its own while it holds Python's lock; where the GUI thread just then waits for that
    lock while holding one of Qt's own, both wait for ever.

    Args:
        data: the file's bytes.
        max_side: pixels the longer side may have at most; None for all of them. Never enlarges.

    Returns:
        The picture as RGB32 in the screen's colours, or None where the bytes are no picture.
    """
    try:
        height, width, _, _ = simplejpeg.decode_jpeg_header(data)
        longer = max(width, height)
        side = longer if max_side is None else min(max_side, longer)
        factor = next(factor for factor in _FACTORS if longer >= side * factor)
        least = {"min_width": -(-width // factor), "min_height": -(-height // factor)}
        return fitted(Pixels(simplejpeg.decode_jpeg(data, **least)), (side, side))
    except ValueError:
        return None
