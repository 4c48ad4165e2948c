"""The choices about people in the settings: told apart or not, and what their names are forgotten by."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.language import tr
from ui.theme import SPACING
from ui.widgets.tick_box import TickBox


class PeopleSwitch(QWidget):
    """Asks before names are lost: turned off while somebody has a name, it stays on until that is confirmed.

    Args:
        is_on: people are told apart.
        parent: the page.
    """

    switched = Signal(bool)
    forget_requested = Signal(bool)  # forget all names, and whether people are not to be told apart any more

    def __init__(self, is_on: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._named = 0
        self._tick = TickBox(tr("Tell people apart by their faces"))
        self._tick.setChecked(is_on)
        self._tick.clicked.connect(self._switch)
        self._forget = QPushButton(tr("Forget all names…"))
        self._forget.setAutoDefault(False)
        self._forget.clicked.connect(lambda: self.forget_requested.emit(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACING)
        row.addWidget(self._tick)
        row.addStretch(1)
        row.addWidget(self._forget)
        self.show_named(0)

    def show_named(self, count: int) -> None:
        """Show whether there are names to be forgotten."""
        self._named = count
        self._forget.setVisible(count > 0)

    def turn_off(self) -> None:
        """Turn it off as confirmed."""
        self._tick.setChecked(False)
        self.switched.emit(False)

    def _switch(self, on: bool) -> None:
        if on or not self._named:
            self.switched.emit(on)
        else:
            self._tick.setChecked(True)
            self.forget_requested.emit(True)
