"""After an audit: what it proves, and what is to be taken back."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from core.language import mark, ntr, numeral, tr
from core.review.audit.doubt import Reach
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import ChoiceBox
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.note import Note
from ui.widgets.style import form_style

_REACHES = {
    Reach.FRAMES: (mark("only the frame in doubt"), mark("only the {count} frames in doubt")),
    Reach.BURSTS: (mark("the rejected frame of its burst"), mark("all {count} rejected in their bursts")),
    Reach.STRATA: (
        mark("the frame rejected alike in its scene"),
        mark("all {count} rejected in their scenes where the suggestion was as sure"),
    ),
}


class BoundDialog(QDialog):
    """Says what is proved; Enter takes back what is in doubt, Esc leaves all as it is.

    Args:
        words: what is proved, a sentence.
        doubtful: by reach, how many rejects would be taken back; those that reach no farther are left out. Empty
            where nothing is in doubt.
        parent: the window.
        theme: colours.
    """

    take_back_requested = Signal(object)  # Reach

    def __init__(
        self,
        words: str,
        doubtful: Mapping[Reach, int],
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Check a sample"))
        self._doubtful = doubtful
        self._proved = QLabel(words, wordWrap=True)
        font = self._proved.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self._proved.setFont(font)
        layout = dialog_column(self)
        layout.addWidget(self._proved)
        self._button = QPushButton(tr("Close"))
        self._reach = ChoiceBox((reach, _reach_words(reach, count)) for reach, count in doubtful.items())
        self._reach.setAccessibleName(tr("What to take back"))
        self._reach.currentIndexChanged.connect(lambda _index: self._name())
        note = Note(theme, tr("What is taken back is undecided again. One undo rejects it again."))
        for widget in (QLabel(tr("Take back from the rejects:")), self._reach, note):
            widget.setVisible(bool(doubtful))
            layout.addWidget(widget)
        if doubtful:
            self._name()
            layout.addLayout(foot(self, tr("Leave all rejected"), self._button))
            self.accepted.connect(lambda: self.take_back_requested.emit(self._reach.value()))
        else:
            layout.addLayout(foot(self, "", self._button))
        self.setStyleSheet(form_style(theme))
        keep_width(self, 60 * SPACING)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def text(self) -> str:
        """Return what is proved, in words."""
        return self._proved.text()

    def _name(self) -> None:
        count = self._doubtful[self._reach.value()]
        self._button.setText(
            ntr("Take {count:,} frame back", "Take {count:,} frames back", count).format(count=count)
        )


def _reach_words(reach: Reach, count: int) -> str:
    one, many = _REACHES[reach]
    return tr(one if count == 1 else many).format(count=numeral(count))
