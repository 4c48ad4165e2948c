"""Whether a metadata template is written along, and which: one line of a form."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.export.metadata_template import MetadataTemplate
from core.language import tr
from core.naming.facts import PhotoFacts
from ui.export.metadata_dialog import MetadataDialog
from ui.theme import SPACING, Theme
from ui.widgets.tick_box import TickBox

EditTemplate = Callable[[MetadataTemplate], MetadataTemplate | None]
"""Lets the user write a metadata template; None where he thought better of it."""


class MetadataChoice(QWidget):
    """A tick, and the button that opens the template. What was written stays while the tick is off.

    Args:
        theme: colours.
        edit_template: as its name says.
    """

    changed = Signal()
    written = Signal(object)  # MetadataTemplate

    def __init__(self, theme: Theme, edit_template: EditTemplate | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._edit_template = edit_template or self._ask_for_template
        self._template = MetadataTemplate()
        self._sample: PhotoFacts | None = None
        self._tick = TickBox(tr("With a metadata template"))
        edit = QPushButton(tr("Template…"))
        edit.setAutoDefault(False)
        edit.clicked.connect(self._write)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(self._tick, 1)
        row.addWidget(edit)
        self._tick.toggled.connect(self._ticked)

    def template(self) -> MetadataTemplate | None:
        """Return the template that is to be written; None for none."""
        return self._template if self._tick.isChecked() else None

    def set_template(self, template: MetadataTemplate | None) -> None:
        """Set the choice; None takes the tick away and keeps what was written."""
        self._template = template or self._template
        with QSignalBlocker(self._tick):
            self._tick.setChecked(template is not None)
        self.changed.emit()

    def offer(self, template: MetadataTemplate) -> None:
        """Have a template at hand, whether it is used now or not."""
        self._template = template

    def set_sample(self, sample: PhotoFacts | None) -> None:
        """Say what is known of one photo, for what is seen of a template."""
        self._sample = sample

    def _ticked(self, on: bool) -> None:
        if on and not self._template:
            self._write()
        else:
            self.changed.emit()

    def _write(self) -> None:
        written = self._edit_template(self._template)
        if written is not None:
            self._template = written
            self.written.emit(written)
        with QSignalBlocker(self._tick):
            wanted = written is not None or self._tick.isChecked()
            self._tick.setChecked(wanted and bool(self._template))
        self.changed.emit()

    def _ask_for_template(self, template: MetadataTemplate) -> MetadataTemplate | None:
        dialog = MetadataDialog(template, self._sample, self, self._theme)
        return dialog.template if dialog.exec() else None
