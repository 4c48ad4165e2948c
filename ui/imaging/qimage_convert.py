"""From JPEG bytes to pictures Qt paints without a further conversion."""

import io

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

from ui.imaging.pictures import Pixels, fitted


def decode_jpeg(data: bytes, max_side: int | None = None) -> QImage | None:
    """Decodes an upright sRGB JPEG, reduced while it is decoded where it is larger than wanted.

    Safe in any thread: the result is a QImage, not a QPixmap. It is Pillow that decodes, for Qt's reader makes
    QObjects of its own while it holds Python's lock; where the GUI thread just then waits for that lock with
    one of Qt's own in its hand, both wait for ever.

    Args:
        data: the file's bytes.
        max_side: pixels the longer side may have at most; None for all of them. Never enlarges.

    Returns:
        The picture as RGB32 in the screen's colours, or None where the bytes are no picture.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            box = (max_side, max_side) if max_side is not None else image.size
            image.draft("RGB", box)
            return fitted(Pixels(np.asarray(image.convert("RGB"))), box)
    except (OSError, ValueError, SyntaxError):  # SyntaxError is Pillow's word for a broken marker
        return None
