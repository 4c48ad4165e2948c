"""A client's choice: what was sent goes in on the left, what is understood of it is seen on the right at once."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.language import explained, ntr, tr
from core.review.choice.chosen import ChoiceError, ClientsChoice
from core.review.choice.names import PhotoNames
from core.review.choice.read import read_choice, text_of
from core.review.choice.taking import ChoiceBecomes, has_own_marks
from core.types import Flag, Photo, PhotoId
from ui.dialogs.foot import foot
from ui.marks.photo_words import LABEL_WORDS
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import ChoiceBox
from ui.widgets.dialog_column import dialog_column
from ui.widgets.picture_list import PictureList, PictureSources
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import css, form_style

_READ_MS = 250  # after the last key
_MOST_SHOWN = 1_000  # photos with their pictures
_FIRST_SIZE = QSize(124 * SPACING, 84 * SPACING)


class ClientsChoiceDialog(SizedDialog):
    """Reads while one types or pastes; Enter on the button takes the choice over.

    Args:
        photos: of the shoot.
        sources: of pictures.
        choose_file: asks the user for a file; None where none was chosen.
        parent: the window.
        theme: colours.
    """

    taken = Signal(object, object)  # ClientsChoice, ChoiceBecomes

    def __init__(
        self,
        photos: Mapping[PhotoId, Photo],
        sources: PictureSources | None,
        choose_file: Callable[[], Path | None] | None = None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self._photos = photos
        self._names = PhotoNames.of(photos.values())
        self._choose_file = choose_file or self._ask_for_file
        self._choice = ClientsChoice()
        self.setWindowTitle(tr("Client's choice"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._reading = QTimer(self, singleShot=True, interval=_READ_MS)
        self._reading.timeout.connect(self._read)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(
            tr("Paste what the client sent: names and numbers in any form, such as “DSC_0412, 415-418”.")
        )
        self._text.setAccessibleName(tr("What the client sent"))
        self._text.textChanged.connect(self._changed)
        self._summary = QLabel(wordWrap=True)
        self._found = PictureList(sources, rows=True, theme=theme)
        self._found.setAccessibleName(tr("Photos chosen"))
        self._missed = QPlainTextEdit(readOnly=True)
        self._missed.setTabChangesFocus(True)
        self._missed.setAccessibleName(tr("To be looked at"))
        self._missed_head = QLabel(tr("To be looked at, and other words:"))
        self._missed_head.setStyleSheet(f"color: {css(theme.warning)};")
        self._becomes = ChoiceBox[ChoiceBecomes]()
        self._becomes.setAccessibleName(tr("What the favourites get"))
        self._offer(own=False)
        self._take = QPushButton()
        self._lay_out()
        self.accepted.connect(lambda: self.taken.emit(self._choice, self._becomes.value()))
        self.setStyleSheet(form_style(theme))
        self.open_at(_FIRST_SIZE, lists=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._show()
        self._text.setFocus()

    def text(self) -> str:
        """Return all that it says of what was understood."""
        rows = (self._found.item(row).text() for row in range(self._found.count()))
        return "\n".join((self._summary.text(), *rows, self._missed.toPlainText()))

    def _lay_out(self) -> None:
        open_file = QPushButton(tr("Open a file…"))
        open_file.setAutoDefault(False)
        open_file.clicked.connect(self._open)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._text, 1)
        left.addWidget(open_file, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._summary)
        right.addWidget(self._found, 3)
        right.addWidget(self._missed_head)
        right.addWidget(self._missed, 1)
        becomes = QHBoxLayout()
        becomes.addWidget(QLabel(tr("Favourites get")))
        becomes.addWidget(self._becomes, 1)
        right.addLayout(becomes)
        beside = QHBoxLayout()
        for column, share in ((left, 2), (right, 3)):
            column.setSpacing(SPACING)
            beside.addLayout(column, share)
        beside.setSpacing(3 * SPACING)
        layout = dialog_column(self)
        layout.addLayout(beside, 1)
        layout.addLayout(foot(self, tr("Cancel"), self._take))

    def _open(self) -> None:
        path = self._choose_file()
        if path is None:
            return
        try:
            self._text.setPlainText(text_of(path))
        except ChoiceError as error:
            self._show_failure(str(error))
        else:
            self._read()

    def _ask_for_file(self) -> Path | None:
        kinds = tr("What clients send ({kinds});;All files (*)").format(kinds="*.json *.csv *.txt *.eml")
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open what the client sent"), "", kinds)
        return Path(chosen) if chosen else None

    def _changed(self) -> None:
        """Read soon; what was understood of the former text must not be taken over meanwhile."""
        self._take.setEnabled(False)
        self._reading.start()

    def _read(self) -> None:
        self._reading.stop()
        try:
            self._choice = read_choice(self._text.toPlainText(), self._names)
        except ChoiceError as error:
            self._show_failure(str(error))
        else:
            self._show()

    def _show_failure(self, sentence: str) -> None:
        self._reading.stop()
        self._choice = ClientsChoice()
        self._show()
        self._summary.setText(sentence)

    def _show(self) -> None:
        choice = self._choice
        count = len(choice.favourites)
        self._offer(own=has_own_marks(choice))
        self._summary.setText(_summary(choice) if self._text.toPlainText().strip() else "")
        self._found.start_over()
        for one in choice.photos[:_MOST_SHOWN]:
            name = self._photos[one.photo_id].name
            words = explained(name, one.word) if one.word else name
            self._found.add(
                one,
                words if one.favourite else tr("{photo} (only a word)").format(photo=words),
                one.photo_id,
                None,
            )
        self._found.ask()
        missed = _missed(choice)
        self._missed.setPlainText(missed)
        for widget in (self._missed_head, self._missed):
            widget.setVisible(bool(missed))
        photos = ntr("Take over {count:,} photo", "Take over {count:,} photos", count).format(count=count)
        self._take.setText(photos)
        self._take.setEnabled(count > 0)

    def _offer(self, *, own: bool) -> None:
        """Offer what favourites can become; the client's own stars and labels only where there are any."""
        offers_own = self._becomes.count() > 0 and self._becomes.value_at(0) is None
        if self._becomes.count() and own == offers_own:
            return
        given = [(None, tr("the stars and labels the client gave"))] if own else []
        self._becomes.offer(
            [
                *given,
                (Flag.PICK, tr("a pick")),
                *(
                    (stars, ntr("{count} star", "{count} stars", stars).format(count=stars))
                    for stars in range(5, 0, -1)
                ),
                *((label, tr(words)) for label, words in LABEL_WORDS.items()),
            ]
        )


def _summary(choice: ClientsChoice) -> str:
    count, missed = len(choice.favourites), len(choice.not_understood)
    said = ntr("{count:,} photo is chosen.", "{count:,} photos are chosen.", count).format(count=count)
    if choice.who:
        said = explained(choice.who, said)
    if missed:
        words = ntr("{count:,} name needs a look.", "{count:,} names need a look.", missed)
        said = f"{said} {words.format(count=missed)}"
    return said


def _missed(choice: ClientsChoice) -> str:
    lines = [explained(one.said, str(one.why)) for one in choice.not_understood]
    return "\n".join([*lines, *filter(None, (choice.note, choice.others))])
