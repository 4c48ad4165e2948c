"""Asks for a person's name, beside their face; whom they may be is proposed, never taken for granted."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.keyword_names import LONGEST, keyword_name
from core.language import tr
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.style import form_style

_FACE = 160  # logical pixels


class NamePersonDialog(QDialog):
    """Enter names; nothing takes the name away.

    Args:
        face: of the person; null where it is not cut out yet.
        name: what they are called now; "" for nothing.
        proposed: whom they may be; "" for nobody.
        known: all names there are.
        beside: names of people who are in one photo with them, and so cannot be them.
        parent: the window.
        theme: colours.
        is_written: whom they may be was written into the files by another program.
    """

    named = Signal(str)
    denied = Signal()  # they are not who they may be

    def __init__(
        self,
        face: QPixmap,
        name: str,
        proposed: str,
        known: Collection[str],
        beside: Collection[str],
        parent: QWidget | None = None,
        theme: Theme = DARK,
        *,
        is_written: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Name the person"))
        self._now = name
        self._known = {each.casefold(): each for each in known}
        self._beside = {each.casefold() for each in beside}
        self._name = self._field(name or proposed, known)
        self._trouble = QLabel(wordWrap=True)
        self._button = QPushButton(tr("Name the person"))
        row = foot(self, tr("Cancel"), self._button)
        words = QVBoxLayout()
        words.setSpacing(SPACING)
        if proposed:
            may_be = tr("The files call this face {name}.") if is_written else tr("This may be {name}.")
            words.addWidget(QLabel(may_be.format(name=proposed), wordWrap=True))
            row.insertWidget(0, self._deny_button(proposed))
        words.addWidget(self._name)
        words.addWidget(self._trouble)
        words.addWidget(
            Note(
                theme,
                tr(
                    "The name and what tells this face from others are kept on this computer, for other shoots "
                    "too. Settings can forget all of it."
                ),
            )
        )
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(2 * SPACING)
        top.addWidget(_picture(face))
        top.addLayout(words, 1)
        layout = dialog_column(self, narrow=True)  # three buttons, one with a name in it, side by side
        layout.addLayout(top)
        layout.addLayout(row)
        self.setStyleSheet(form_style(theme))
        self._name.setMinimumWidth(36 * SPACING)  # the window's own would stand above what its buttons need
        self._name.setFocus()
        self.accepted.connect(lambda: self.named.emit(self._spelled()))
        self._check()

    def _field(self, text: str, known: Collection[str]) -> QLineEdit:
        """Return the field for the name, which completes names that are known."""
        field = QLineEdit(text)
        field.setMaxLength(LONGEST)
        field.selectAll()
        field.setAccessibleName(tr("Name"))
        completer = QCompleter(sorted(known, key=str.casefold), field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        field.setCompleter(completer)
        field.textChanged.connect(self._check)
        return field

    def _deny_button(self, proposed: str) -> QPushButton:
        """Return the button that says they are somebody else."""
        deny = QPushButton(tr("Not {name}").format(name=proposed))
        deny.setAutoDefault(False)
        deny.clicked.connect(self.denied)
        deny.clicked.connect(self.reject)
        return deny

    def _spelled(self) -> str:
        """Return the name as it is known already; as it was typed where it is their own, spelled anew."""
        name = keyword_name(self._name.text())
        is_mended = name.casefold() == self._now.casefold()
        return name if is_mended else self._known.get(name.casefold(), name)

    def _check(self) -> None:
        """Refuse the name of somebody who stands beside them."""
        name = keyword_name(self._name.text())
        is_beside = name.casefold() in self._beside
        self._trouble.setText(
            tr("{name} is in one photo with this person, so they are two people.").format(name=name)
            if is_beside
            else ""
        )
        self._button.setEnabled(not is_beside)


def _picture(face: QPixmap) -> QLabel:
    picture = QLabel()
    picture.setFixedSize(_FACE, _FACE)
    picture.setScaledContents(True)
    picture.setPixmap(face)
    picture.setAccessibleName(tr("The person’s face"))
    return picture
