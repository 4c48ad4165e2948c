"""How large text is: the user's share of what the desktop says, for the application's font and all that is painted."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

TEXT_SIZES = (80, 90, 100, 115, 130, 145, 160)
"""Per cent to choose from."""

USUAL = 100

_percent = USUAL


def use_text_size(percent: int) -> None:
    """Make the text of windows that are opened from now on so large; what is not offered becomes the nearest."""
    global _percent  # one screen, one size of text, as with its colours
    percent = min(TEXT_SIZES, key=lambda each: abs(each - percent))
    if percent == _percent:
        return
    _percent = percent
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * percent / USUAL)
    else:
        font.setPixelSize(max(1, scaled(font.pixelSize())))
    QApplication.setFont(font)


def text_size() -> int:
    """Return the size in use, in per cent."""
    return _percent


def scaled(pixels: float) -> int:
    """Return how many logical pixels are taken by what takes so many at the usual size of text."""
    return round(pixels * _percent / USUAL)
