"""How photos are named on their way out: a template, what it stands on, and what comes of it for ten of them."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

from core.language import tr
from core.naming.names import NameTemplate, Naming
from core.naming.placeholders import PLACEHOLDERS
from core.naming.template import LONGEST_TEMPLATE, TemplateError
from ui.export.names_view import NamedFile, NamesView
from ui.export.plan_view import Preview
from ui.text_size import scaled
from ui.theme import SPACING, Theme
from ui.widgets.number_box import NumberBox

_MOST = 999_999


class NamesForm(QWidget):
    """The choices of ``Naming``; an empty template leaves the names as they are.

    Args:
        theme: colours.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._needed = False
        self._template = QLineEdit(maxLength=LONGEST_TEMPLATE)
        self._template.setAccessibleName(tr("Template of the names"))
        self._menu = self._make_menu()
        insert = QPushButton(tr("Insert…"))
        insert.setAutoDefault(False)
        insert.setAccessibleName(tr("Insert a placeholder"))
        insert.clicked.connect(lambda: self._menu.exec(insert.mapToGlobal(QPoint(0, insert.height()))))
        self._shoot = QLineEdit(maxLength=LONGEST_TEMPLATE)
        self._shoot.setAccessibleName(tr("Name of the shoot"))
        self._start = NumberBox()
        self._start.setRange(0, _MOST)
        self._start.setValue(1)
        self._start.setAccessibleName(tr("First number of the counter"))
        self._preview = NamesView(theme)
        self._lay_out(insert)
        self._template.textChanged.connect(self._tell)
        self._shoot.textChanged.connect(self._tell)
        self._start.valueChanged.connect(self._tell)
        self.show_for(needed=False)

    def naming(self) -> Naming | None:
        """Return what is chosen now; None for the names that photos have, and where there is a complaint."""
        text = self._template.text()
        if not text.strip() or self.complaint():
            return None
        return Naming(NameTemplate.parse(text), self._shoot.text().strip(), self._start.value())

    def complaint(self) -> str:
        """Say what is wrong with the template, "" where it can be used."""
        text = self._template.text()
        if not text.strip():
            return tr("Write how the photos are to be named.") if self._needed else ""
        try:
            NameTemplate.parse(text)
        except TemplateError as error:
            return str(error)
        return ""

    def set_naming(self, naming: Naming | None) -> None:
        """Set the choices, such as those of the last time."""
        self._template.setText("" if naming is None else naming.template.text)
        if naming is not None:
            self._shoot.setText(naming.shoot)
            self._start.setValue(naming.start)

    def set_shoot(self, title: str) -> None:
        """Offer the name that a shoot has; what was written for another one is gone."""
        if self._shoot.placeholderText() != title:
            self._shoot.clear()
            self._shoot.setPlaceholderText(title)

    def show_for(self, *, needed: bool) -> None:
        """Go to a way out that needs a template, or to one that does without."""
        self._needed = needed
        self._template.setPlaceholderText("" if needed else tr("As they are"))
        self._preview.show_plan(())

    def show_preview(self, preview: Preview, root: Path | None) -> None:
        """Show what the first photos would be called; parameters as of ``NamesView.show_plan``."""
        self._preview.show_plan(preview.plan if self.naming() is not None else (), root)

    def show_names(self, files: Iterable[NamedFile]) -> None:
        """Show names that were made elsewhere than in an export."""
        self._preview.show_names(files if self.naming() is not None else ())

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for placeholder in PLACEHOLDERS:
            action = menu.addAction(f"{tr(placeholder.meaning)}\t{placeholder.written}")
            action.triggered.connect(lambda _on, written=placeholder.written: self._insert(written))
        return menu

    def _insert(self, written: str) -> None:
        self._template.insert(written)
        self._template.setFocus()

    def _lay_out(self, insert: QPushButton) -> None:
        first = QHBoxLayout()
        first.setSpacing(SPACING)
        first.addWidget(self._template, 1)
        first.addWidget(insert)
        second = QHBoxLayout()
        second.setSpacing(SPACING)
        second.addWidget(self._shoot, 1)
        second.addWidget(QLabel(tr("Counter from")))
        second.addWidget(self._start)
        self._start.setMinimumWidth(scaled(9 * SPACING))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(2 * SPACING)
        layout.setVerticalSpacing(SPACING)
        layout.setColumnStretch(1, 1)
        layout.addWidget(QLabel(tr("Names")), 0, 0)
        layout.addLayout(first, 0, 1)
        layout.addWidget(QLabel(tr("Shoot")), 1, 0)
        layout.addLayout(second, 1, 1)
        layout.addWidget(self._preview, 2, 1)

    def _tell(self) -> None:
        if self.naming() is None:
            self._preview.show_plan(())
        # Of other choices, until the next preview; nothing jumps while one types.
        self._preview.setEnabled(False)
        self.changed.emit()
