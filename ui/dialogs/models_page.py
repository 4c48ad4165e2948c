"""The page of the settings where the model is chosen that tells what looks alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.language import numeral, tr
from ui.asked_folder import ask_for_folder
from ui.theme import DARK, SPACING, Theme
from ui.widgets.note import Note
from ui.widgets.style import css

_MB = 1e6  # bytes


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One model as the page shows it.

    Attributes:
        name: what it is chosen by.
        title: what its makers call it.
        about: what it is good for, a sentence.
        licence: its terms, in a word or two.
        size_bytes: of its file; 0 where that is not known.
        installed: it can be used.
        in_use: it is.
        host: where it can be downloaded from; "" where it cannot.
        how_else: how it gets here where it neither ships nor is downloaded; otherwise "".
        is_choice: one of several of which one is in use; any other is used as soon as it is installed.
    """

    name: str
    title: str
    about: str
    licence: str
    size_bytes: int
    installed: bool
    in_use: bool
    host: str = ""
    how_else: str = ""
    is_choice: bool = True


class ModelsPage(QWidget):
    """What is there, which one is in use, and what could be downloaded. Goes online only at a click."""

    use_requested = Signal(str)  # name
    download_requested = Signal(str)
    file_chosen = Signal(str, object)  # name, Path
    remove_requested = Signal(str)
    stop_requested = Signal()

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        intro = QLabel(
            tr(
                "Which frames show the same? A model looks at every photo to tell. Another one looks at the photos "
                "you open once more; all other measures and your decisions stay."
            ),
            wordWrap=True,
        )
        self._choices = QButtonGroup(self)
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(2 * SPACING)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("Download"))
        self._bar.setFixedHeight(SPACING // 2)
        self._words = QLabel(wordWrap=True)
        self._stop = self._button(tr("Stop"))
        self._stop.clicked.connect(self.stop_requested)
        foot = QHBoxLayout()
        foot.addWidget(self._words, 1)
        foot.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * SPACING,) * 4)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(intro)
        layout.addLayout(self._list)
        layout.addStretch(1)
        layout.addWidget(self._bar)
        layout.addLayout(foot)
        self.show_words("")

    def show_models(self, models: Sequence[ModelFacts]) -> None:
        """List the models."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(model) for model in models]
        for row in self._rows:
            self._list.addWidget(row)
            row.show()
        # They come later than the window's other controls; Tab comes to them where they stand, above the button.
        last: QWidget = self._stop
        for control in (each for row in self._rows for each in row.findChildren(QAbstractButton)):
            QWidget.setTabOrder(last, control)
            last = control
        if last is not self._stop:
            QWidget.setTabOrder(last, self._stop)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far a download is.

        Args:
            done: bytes that are here.
            total: how many there are in all.
        """
        self._bar.setRange(0, 1000)
        self._bar.setValue(1000 * done // max(1, total))
        self._words.setText(tr("{done} of {total} MB").format(done=_mb(done), total=_mb(total)))
        self._set_busy(busy=True)

    def show_words(self, words: str) -> None:
        """Say how something ended; "" says nothing."""
        self._words.setText(words)
        self._set_busy(busy=False)

    def words(self) -> str:
        """Return what is said."""
        return self._words.text()

    def _set_busy(self, *, busy: bool) -> None:
        self._bar.setVisible(busy)
        self._stop.setVisible(busy)
        for row in self._rows:
            row.setEnabled(not busy)

    def _row(self, model: ModelFacts) -> QWidget:
        row = QWidget()
        head = QHBoxLayout()
        head.setSpacing(SPACING)
        head.addWidget(self._choice(model) if model.is_choice else QLabel(model.title), 1)
        for button in self._buttons(model):
            head.addWidget(button)
        terms = tr("Licence: {licence}").format(licence=model.licence)
        size = "  ·  " + tr("{size} MB").format(size=_mb(model.size_bytes)) if model.size_bytes else ""
        about = Note(self._theme, "\n".join(filter(None, (model.about, terms + size, model.how_else))))
        about.setContentsMargins(5 * SPACING // 2, 0, 0, 0)
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING // 4)
        layout.addLayout(head)
        layout.addWidget(about)
        return row

    def _choice(self, model: ModelFacts) -> QRadioButton:
        choice = QRadioButton(model.title)
        choice.setChecked(model.in_use)
        choice.setEnabled(model.installed)
        choice.setAccessibleDescription(model.about)
        choice.clicked.connect(lambda: self.use_requested.emit(model.name))
        self._choices.addButton(choice)
        choice.setStyleSheet(f"QRadioButton:disabled {{ color: {css(self._theme.text_dim)}; }}")
        return choice

    def _buttons(self, model: ModelFacts) -> list[QPushButton]:
        if not model.host:
            return []
        if model.installed:
            remove = self._button(tr("Remove"))
            remove.setAccessibleName(tr("Remove {name}").format(name=model.title))
            remove.clicked.connect(lambda: self.remove_requested.emit(model.name))
            return [remove]
        download = self._button(tr("Download"))
        download.setAccessibleName(tr("Download {name}").format(name=model.title))
        download.setToolTip(
            tr("{size} MB from {host}; it can be stopped, and goes on from there the next time.").format(
                size=_mb(model.size_bytes), host=model.host
            )
        )
        download.clicked.connect(lambda: self.download_requested.emit(model.name))
        file = self._button(tr("From a file…") if model.is_choice else tr("From a folder…"))
        file.setToolTip(
            tr("The same file, brought here by other means.")
            if model.is_choice
            else tr("The folder with the same files, brought here by other means.")
        )
        file.clicked.connect(lambda: self._choose_file(model))
        return [download, file]

    def _choose_file(self, model: ModelFacts) -> None:
        if model.is_choice:
            home, kinds = str(Path.home()), tr("Models") + " (*.onnx)"
            name, _ = QFileDialog.getOpenFileName(self, model.title, home, kinds)
            chosen = Path(name) if name else None
        else:
            chosen = ask_for_folder(self, model.title)
        if chosen:
            self.file_chosen.emit(model.name, chosen)

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        return button


def _mb(size_bytes: int) -> str:
    return numeral(size_bytes / _MB, ",.0f")
