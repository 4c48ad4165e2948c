"""The search box: completes words, says what is no query, and gives the keys back when the search is done."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QToolTip

from core.language import tr
from core.shoot.completion import Completion
from ui.marks.icons import all_shoots_icon
from ui.text_size import scaled
from ui.theme import SPACING, Theme
from ui.widgets.style import css, field_style

_LEAVING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_LEAST = 2  # letters before anything is offered
_COMPLAINT_MS = 10_000


class SearchField(QLineEdit):
    """Return and Down go back to the photos; Esc empties it first.

    Args:
        theme: colours.
    """

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._popup = QListView()
        self._popup.setStyleSheet(f"QListView::item {{ padding: {SPACING // 2}px; }}")
        self._completer.setPopup(self._popup)  # the completer's from here on
        self._completer.setWidget(self)  # and not setCompleter: it completes a word, not the whole line
        self._completer.setCompletionRole(Qt.ItemDataRole.UserRole)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated[QModelIndex].connect(self._complete)  # type: ignore[index]
        self.setPlaceholderText(tr("Find"))
        self.setAccessibleName(tr("Search"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(scaled(9 * SPACING))
        self.setMaximumWidth(scaled(30 * SPACING))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.textEdited.connect(self._offer)
        self.complain("")

    def offer_all_shoots(self) -> SignalInstance:
        """Show a button within the field that asks the same of all shoots; return the signal of its being pressed."""
        action = self.addAction(
            all_shoots_icon(self._theme.text_dim), QLineEdit.ActionPosition.TrailingPosition
        )
        action.setText(tr("Find in all shoots"))
        action.setToolTip(tr("The same in all shoots"))
        return action.triggered

    def set_completions(self, words: Sequence[Completion]) -> None:
        """Offer these from now on."""
        self._model.clear()
        for word in words:
            item = QStandardItem(word.text)
            item.setData(word.key, Qt.ItemDataRole.UserRole)
            self._model.appendRow(item)

    def complain(self, sentence: str) -> None:
        """Say why what was typed is no query; "" where it is one."""
        colour = f"QLineEdit {{ border-color: {css(self._theme.warning)}; }}" if sentence else ""
        self.setStyleSheet(field_style(self._theme) + colour)
        self.setAccessibleDescription(sentence)
        self.setToolTip(
            sentence
            or tr("Names, keywords, captions, and what a photo shows, such as: dog -car lens:85 after:14:00")
        )
        if sentence and self.hasFocus() and not self._popup.isVisible():
            below = self.mapToGlobal(QPoint(0, self.height()))
            QToolTip.showText(below, sentence, self, self.rect(), _COMPLAINT_MS)
        elif not sentence:
            QToolTip.hideText()

    def event(self, event: QEvent) -> bool:
        """Take the keys that end a search before they become commands: Return would accept a suggestion."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _LEAVING
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on the keys that end a search; while words are offered, the first of them ends only that."""
        chosen = self._popup.isVisible() and self._popup.currentIndex().isValid()
        if chosen or (self._popup.isVisible() and event.key() == Qt.Key.Key_Escape):
            event.ignore()  # the completer takes it then
            if event.key() in _LEAVING:
                return
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        if event.key() in _LEAVING:
            self._popup.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _word(self) -> tuple[int, str]:
        """Return where the word before the cursor begins, and that word without its minus and opening quote."""
        before = self.text()[: self.cursorPosition()]
        quoted = before.count('"') % 2 == 1
        start = before.rfind('"') if quoted else before.rfind(" ") + 1
        if quoted:  # a field may stand before the quotation mark
            start = before.rfind(" ", 0, start) + 1
        if before[start : start + 1] == "-":
            start += 1
        return start, before[start:].replace('"', "")

    def _offer(self) -> None:
        _, word = self._word()
        self._completer.setCompletionPrefix(word)
        count = self._completer.completionCount()
        is_whole = count == 1 and self._completer.currentCompletion().casefold() == word.casefold()
        if len(word) < _LEAST or not count or is_whole:
            self._popup.hide()
            return
        QToolTip.hideText()
        self._popup.setCurrentIndex(QModelIndex())
        self._completer.complete()

    def _complete(self, index: QModelIndex) -> None:
        start, _ = self._word()
        chosen = str(index.data(Qt.ItemDataRole.DisplayRole))
        end = self.cursorPosition()
        space = "" if chosen.endswith(":") else " "
        self.setText(f"{self.text()[:start]}{chosen}{space}{self.text()[end:].lstrip()}")
        self.setCursorPosition(start + len(chosen) + len(space))
