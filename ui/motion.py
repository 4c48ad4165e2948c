"""Whether anything on screen moves by itself. Photos never do; some controls of the toolkit would."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)

_still = False
_of_desktop: tuple[int, tuple[bool, ...]] | None = None


def use_motion(*, still: bool) -> None:
    """Let nothing move by itself from now on, or what the desktop lets move.

    Where the desktop itself asks for less motion, whoever calls this asks for it too.
    """
    global _still, _of_desktop  # of the application, as its style is
    if _of_desktop is None:
        blink = QApplication.cursorFlashTime()
        _of_desktop = blink, tuple(map(QApplication.isEffectEnabled, _EFFECTS))
    _still = still
    blink, effects = _of_desktop
    QApplication.setCursorFlashTime(0 if still else blink)
    for effect, enabled in zip(_EFFECTS, effects, strict=True):
        QApplication.setEffectEnabled(effect, enabled and not still)


def is_still() -> bool:
    """Tell whether nothing may move by itself."""
    return _still


def show_busy(bar: QProgressBar) -> None:
    """Let a bar say that something goes on whose length nobody knows: it runs to and fro, or stands empty."""
    bar.setRange(0, 1 if _still else 0)
    bar.setValue(0)
