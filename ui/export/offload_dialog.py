"""Copying from cards: what is chosen, what would be done, how far it is, and what came of it."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.ingest.formats import Kind, kind_of
from core.language import tr
from core.offload.outcome import OffloadResult
from core.offload.plan import OffloadPlan
from core.offload.progress import OffloadProgress
from core.offload.request import OffloadPreview, OffloadRequest
from core.offload.words import (
    left_words,
    offload_result_words,
    offload_words,
    progress_words,
    room_words,
    target_words,
)
from ui.export.names_view import NamedFile
from ui.export.offload_form import FolderChooser, OffloadForm
from ui.motion import show_busy
from ui.spoken import announce
from ui.text_size import scaled
from ui.theme import DARK, SPACING, Theme
from ui.widgets.as_written import AsWritten
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.scrolled import Scrolled
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import css, form_style

_PREVIEW_MS = 200  # a short wait, so that typing a template does not plan at each letter
_FIRST_SIZE = QSize(96 * SPACING, 80 * SPACING)
_STEPS = 1000  # of the bar


class OffloadDialog(SizedDialog):
    """Asks for plans and for the copying by signals; the controller that hears them answers by the methods.

    It leaves the window free: photos can be looked at and decided on while they are copied. Closed meanwhile, it is
    only out of sight.

    Args:
        parent: the window.
        theme: colours.
        choose_folder: asks the user for a folder.
    """

    preview_requested = Signal(object)  # OffloadRequest
    copy_requested = Signal(object)  # OffloadRequest
    cancel_requested = Signal()
    open_requested = Signal(object)  # Path: the copies

    def __init__(
        self,
        parent: QWidget | None = None,
        theme: Theme = DARK,
        choose_folder: FolderChooser | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Copy from card"))
        self.setStyleSheet(form_style(theme))
        self._running = False
        self._copied: OffloadRequest | None = None
        self.form = OffloadForm(theme, choose_folder)
        self._delay = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._delay.timeout.connect(self._ask_for_preview)
        self._summary = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self._summary.font()
        font.setBold(True)
        self._summary.setFont(font)
        self._notes = Note(theme)
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._refused = QListWidget()
        self._refused.setItemDelegate(AsWritten(self._refused))
        self._refused.setAccessibleName(tr("What was not copied"))
        self._refused.setStyleSheet(f"background: {css(theme.surface)}; color: {css(theme.text)};")
        self._refused.hide()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(SPACING)
        self._bar.hide()
        self._lay_out()
        self.form.changed.connect(self._changed)
        self.open_at(_FIRST_SIZE)
        self._changed()

    @property
    def is_running(self) -> bool:
        """Whether something is copied now."""
        return self._running

    def text(self) -> str:
        """Return what it says below the choices."""
        return "\n".join(filter(None, (self._summary.text(), self._notes.text())))

    def present(self) -> None:
        """Show it, with a fresh plan where nothing runs: photos may have been decided on since."""
        if not self._running:
            self._changed()
        self.show()
        self.raise_()
        self.activateWindow()

    def plan_anew(self) -> None:
        """Ask for another plan of the same choices, unless what is shown is what came of copying."""
        if self._copied is None:
            self._changed()

    def show_preview(self, preview: OffloadPreview) -> None:
        """Say what would be done."""
        plan = preview.plan
        self._summary.setText(
            tr("{plan}.").format(plan=offload_words(plan)) if plan.files else offload_words(plan)
        )
        notes = [*room_words(plan), *target_words(plan), left_words(plan)]
        self._note("\n".join(filter(None, notes)))
        self._list([str(problem) for problem in preview.problems])
        self.form.names.show_names(_names(plan))
        self._copy.setEnabled(any(file.is_work for file in plan.files))

    def show_refusal(self, sentence: str) -> None:
        """Say why nothing can be planned or copied."""
        self._set_running(False)
        self._summary.setText(sentence)
        self._note("")
        self._list([])
        self._copy.setEnabled(False)

    def show_running(self, request: OffloadRequest) -> None:
        """Show that copying has begun."""
        self._copied = request
        self._set_running(True)
        self._list([])
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(0)
        self._summary.setText(tr("Copying…"))
        self._note(tr("You can go on in the window meanwhile."))

    def show_progress(self, progress: OffloadProgress) -> None:
        """Show how far it is."""
        self._bar.setValue(round(_STEPS * progress.share))
        self._summary.setText(progress_words(progress))

    def show_result(self, result: OffloadResult, notes: Sequence[str]) -> None:
        """Say what was done.

        Args:
            result: all of it.
            notes: what else the user should know, in sentences.
        """
        self._set_running(False)
        self._summary.setText(offload_result_words(result))
        announce(self, self._summary.text())
        self._note("\n".join(notes))
        self._list([f"{refused.path}: {refused.reason}" for refused in result.refused])
        self._copy.setEnabled(False)
        self._open.setVisible(bool(result.copied or result.there))
        if not self._open.isHidden():
            self._open.setDefault(True)
            self._open.setFocus()

    def reject(self) -> None:
        """Close it; what is copied goes on."""
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Plan once it is seen."""
        super().showEvent(event)
        if not self._running and self._copied is None:
            self._delay.start()

    def _changed(self) -> None:
        """Note that the choices are others: the plan of the former ones must not be carried out any more."""
        self._copied = None
        self._copy.setDefault(True)
        self._copy.setEnabled(False)
        self._open.hide()
        self._note("")
        self._list([])
        if self.form.request() is None:
            self._delay.stop()
            self._summary.setText(
                self.form.names.complaint() or tr("Choose a card, and a folder to copy to.")
            )
        else:
            self._summary.setText(tr("Finding out what would be done…"))
            self._delay.start()

    def _ask_for_preview(self) -> None:
        request = self.form.request()
        if request is not None and not self._running and self.isVisible():
            show_busy(self._bar)
            self.preview_requested.emit(request)

    def _start(self) -> None:
        request = self.form.request()
        if request is not None:
            self.copy_requested.emit(request)

    def _stop(self) -> None:
        self._stop_button.setEnabled(False)
        self.cancel_requested.emit()

    def _open_copies(self) -> None:
        if self._copied is not None:
            self.hide()
            self.open_requested.emit(self._copied.targets[0])

    def _set_running(self, running: bool) -> None:
        self._running = running
        self.form.setEnabled(not running)
        self._bar.setVisible(running)
        self._stop_button.setVisible(running)
        self._stop_button.setEnabled(running)
        self._copy.setVisible(not running)
        self._open.hide()

    def _note(self, words: str) -> None:
        self._notes.setText(words)
        self._notes.setVisible(bool(words))

    def _list(self, lines: Sequence[str]) -> None:
        self._refused.clear()
        self._refused.addItems(list(lines))
        self._refused.setVisible(bool(lines))

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        layout = dialog_column(self)
        layout.addWidget(Scrolled(content, sideways=True), 1)
        self._refused.setMaximumHeight(scaled(14 * SPACING))
        for widget in (self._summary, self._notes, self._refused, self._bar):
            layout.addWidget(widget)
        layout.addLayout(self._make_foot())

    def _make_foot(self) -> QHBoxLayout:
        self._close = QPushButton(tr("Close"))
        self._stop_button = QPushButton(tr("Stop"))
        self._open = QPushButton(tr("Open the copies"))
        self._copy = QPushButton(tr("Copy"))
        self._copy.setProperty("primary", True)
        self._copy.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addStretch(1)
        for button, pressed in (
            (self._close, self.reject),
            (self._stop_button, self._stop),
            (self._open, self._open_copies),
            (self._copy, self._start),
        ):
            button.setAutoDefault(button is self._copy)
            button.clicked.connect(pressed)
            row.addWidget(button)
        for button in (self._stop_button, self._open):
            button.hide()
        return row


def _names(plan: OffloadPlan) -> Iterator[NamedFile]:
    """Yield the names that photos and films would get; small files are called after them."""
    for file in plan.files:
        if kind_of(file.source.path) is not Kind.SIDECAR:
            yield NamedFile(file.source.path.name, file.places[0].name, file.remark)
