"""Which colours the screen shows: common, wide, or as a profile of its own says."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from core.language import mark, tr
from ui.imaging.colours import SYSTEM_SCREEN, screen_space
from ui.widgets.choices import ChoiceBox

_NAMES = {
    SYSTEM_SCREEN: mark("As the system says"),
    "": mark("sRGB"),
    "display-p3": mark("Display P3"),
    "adobe-rgb": mark("Adobe RGB"),
}
_OTHER = None  # the entry that asks for a file


class ScreenChoice(ChoiceBox[str | None]):
    """The known kinds of screens, the profile chosen before, and a way to another profile.

    Args:
        choice: as in ``Preferences.screen``.
        parent: owns it.
    """

    chosen = Signal(str)  # as in ``Preferences.screen``

    def __init__(self, choice: str, parent: QWidget | None = None) -> None:
        super().__init__((), parent)
        self._choice = choice
        self.setAccessibleName(tr("Screen"))
        self._fill()
        self.activated.connect(self._activated)

    def choose(self, choice: str) -> None:
        """Take a choice, unless it is a file that is no profile of a screen: that is said instead."""
        if screen_space(choice) is None:
            QMessageBox.warning(
                self,
                tr("Screen"),
                tr(
                    "{name} is not an RGB colour profile. Choose the .icc or .icm file of your screen."
                ).format(name=Path(choice).name),
            )
        else:
            self._choice = choice
            self.chosen.emit(choice)
        self._fill()

    def _fill(self) -> None:
        own = [] if self._choice in _NAMES else [(self._choice, Path(self._choice).name)]
        known = ((choice, tr(name)) for choice, name in _NAMES.items())
        self.offer([*known, *own, (_OTHER, tr("A profile…"))])
        self.set_value(self._choice)

    def _activated(self, index: int) -> None:
        choice = self.value_at(index)
        if choice is _OTHER:
            choice, _ = QFileDialog.getOpenFileName(
                self, tr("The screen's profile"), "", tr("Colour profiles") + " (*.icc *.icm)"
            )
            choice = choice or self._choice
        self.choose(choice)
