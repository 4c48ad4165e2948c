"""The export screen: the ways out on the left, their choices and a preview beside, and in the end the result."""

import html
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.export.carry_out import ExportResult
from core.export.kinds import ExportKind
from core.export.metadata_template import MetadataTemplate
from core.export.planned import Action
from core.export.request import ExportRequest
from core.export.trash import PlannedTrash
from core.export.words import plan_words
from core.language import ntr, numeral, tr
from core.naming.facts import PhotoFacts
from ui.export.confirm_dialog import ConfirmDialog
from ui.export.export_form import ExportForm
from ui.export.plan_view import PlanView, Preview
from ui.export.result_view import ResultView
from ui.export.ways import WAYS, way_of
from ui.motion import show_busy
from ui.spoken import announce
from ui.text_size import scaled
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.scrolled import Scrolled
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import css, form_style

_PREVIEW_MS = 150  # a short wait, so that going through the choices does not run a preview each
_FIRST_SIZE = QSize(124 * SPACING, 84 * SPACING)


class ExportDialog(SizedDialog):
    """Asks for previews and for the export itself by signals; the controller that hears them answers by the methods.

    Args:
        parent: the window.
        theme: colours.
        choose_folder: asks the user for a folder; None where none was chosen.
        confirm: asks the question of a dialog; whether the answer was yes.
    """

    preview_requested = Signal(object)  # ExportRequest
    export_requested = Signal(object)  # ExportRequest
    cancel_requested = Signal()  # of what runs
    undo_requested = Signal()
    presented = Signal()  # with fresh choices: decisions may have changed since
    template_written = Signal(object)  # MetadataTemplate
    missing_chosen = Signal(int)  # which of what has no keeper

    def __init__(
        self,
        parent: QWidget | None = None,
        theme: Theme = DARK,
        choose_folder: Callable[[], Path | None] | None = None,
        confirm: Callable[[ConfirmDialog], bool] = lambda dialog: bool(dialog.exec()),
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._confirm = confirm
        self._running = False
        self._preview = Preview(())
        self.setWindowTitle(tr("Export"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setStyleSheet(form_style(theme))
        self.open_at(_FIRST_SIZE, lists=True)
        self._delay = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._delay.timeout.connect(self._ask_for_preview)
        self._ways = self._make_ways()
        self._form = ExportForm(theme, choose_folder)
        self._summary = QLabel(wordWrap=True)
        self._plan = PlanView(theme)
        self._missing = Note(theme)
        self._missing.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._missing.linkActivated.connect(lambda link: self.missing_chosen.emit(int(link)))
        self._missing.hide()
        self._result = ResultView(theme)
        self._result.undo_requested.connect(self.undo_requested)
        self._lay_out()
        self._form.changed.connect(self._changed)
        self._form.template_written.connect(self.template_written)
        self._ways.currentRowChanged.connect(self._way_chosen)
        self._changed()

    def request(self) -> ExportRequest:
        """Return what is chosen now."""
        return self._form.request()

    def awaits(self, request: ExportRequest) -> bool:
        """Say whether this is what is chosen: a plan of other choices comes too late to be shown."""
        return not self._form.complaint() and self._form.request() == request

    def choose(self, request: ExportRequest) -> None:
        """Set the choices, such as those of the last time."""
        self._ways.setCurrentRow([way.kind for way in WAYS].index(request.kind))
        self._form.set_request(request)

    def remember(self, request: ExportRequest) -> None:
        """Offer these choices when its kind is gone to the next time."""
        self._form.remember(request)

    def show_preview(self, preview: Preview, root: Path | None = None) -> None:
        """Show what the export would do.

        Args:
            preview: the plan, and the differences of its first files.
            root: the folder of the shoot.
        """
        self._preview = preview
        self._form.show_preview(preview, root)
        self._summary.setText(_summary_words(preview))
        self._plan.show_preview(preview, root)
        self._export.setEnabled(preview.is_work and not self._form.complaint())

    def show_missing(self, words: Sequence[str]) -> None:
        """Say quietly who and what has no keeper, each a link; nothing for none. It stops nobody."""
        links = [f'<a href="{at}">{html.escape(each)}</a>' for at, each in enumerate(words)]
        self._missing.setText(tr("Without a keeper: {what}").format(what=", ".join(links)))
        self._missing.setVisible(bool(words))

    def show_running(self, words: str) -> None:
        """Show that something runs that can only be stopped now."""
        self._set_running(True)
        show_busy(self._bar)
        self._status.setText(words)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many of how many files are done."""
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(done)
        self._status.setText(tr("{done} of {total}").format(done=numeral(done), total=numeral(total)))

    def show_result(
        self, title: str, result: ExportResult, note: str = "", *, warns: bool = False, can_undo: bool = True
    ) -> None:
        """Show what was done; parameters as of ``ResultView.show_result``."""
        self._set_running(False)
        self._result.show_result(title, result, note, warns=warns, can_undo=can_undo)
        self._show_page(self._result)
        announce(self, self._result.title())

    def show_failure(self, sentence: str) -> None:
        """Show that nothing could be done at all, and why."""
        self._set_running(False)
        self._summary.setText(sentence)
        self._export.setEnabled(False)

    def offer_template(self, template: MetadataTemplate) -> None:
        """Offer the metadata template that was written last, whether it is used now or not."""
        self._form.offer_template(template)

    def set_shoot(self, title: str, sample: PhotoFacts | None = None, folder: Path | None = None) -> None:
        """Say what the shoot is called, what is known of one of its photos, and where the shoot is."""
        self._form.set_shoot(title, sample, folder)

    def present(self) -> None:
        """Show the choices, with a fresh preview: decisions may have changed since."""
        if not self._running:
            self._show_page(self._choices)
            self._changed()
            self.presented.emit()
        self.show()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where the choosing begins."""
        super().showEvent(event)
        self._ways.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window open while something runs: it is stopped by Cancel, not lost from sight."""
        if self._running:
            event.ignore()
        else:
            super().closeEvent(event)

    def reject(self) -> None:
        """Stop what runs, else close: Cancel or Esc."""
        if self._running:
            self._cancel.setEnabled(False)
            self.cancel_requested.emit()
        else:
            super().reject()

    def _make_ways(self) -> QListWidget:
        ways = QListWidget()
        ways.setAccessibleName(tr("What to export"))
        ways.setStyleSheet(
            f"""
            QListWidget {{
                background: {css(self._theme.surface)}; border: 2px solid transparent; outline: none;
                padding: {SPACING // 4}px;
            }}
            QListWidget:focus {{ border-color: {css(self._theme.suggestion)}; }}
            QListWidget::item {{ padding: 5px {SPACING}px; border-radius: 4px; color: {css(self._theme.text)}; }}
            QListWidget::item:hover {{ background: {css(self._theme.raised)}; }}
            QListWidget::item:selected {{
                background: {css(self._theme.pressed)}; color: {css(self._theme.active)};
            }}
            """
        )
        for way in WAYS:
            item = QListWidgetItem(tr(way.title))
            item.setToolTip(tr(way.explanation))
            ways.addItem(item)
        ways.setCurrentRow(0)
        ways.setFixedWidth(ways.sizeHintForColumn(0) + 2 * SPACING)
        return ways

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(SPACING)
        right.addWidget(self._form)
        font = self._summary.font()
        font.setBold(True)
        self._summary.setFont(font)
        right.addSpacing(SPACING // 2)
        right.addWidget(self._summary)
        self._plan.setMinimumHeight(scaled(7 * SPACING))  # it scrolls: the rest is never cut for it
        self._plan.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        right.addWidget(self._plan, 1)
        right.addWidget(self._missing)
        choices = QWidget()
        beside = QHBoxLayout(choices)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(2 * SPACING)
        beside.addWidget(self._ways)
        beside.addLayout(right, 1)
        self._choices = Scrolled(choices, sideways=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._choices)
        self._pages.addWidget(self._result)
        layout = dialog_column(self, narrow=True)
        layout.addWidget(self._pages, 1)
        layout.addLayout(self._make_foot())

    def _make_foot(self) -> QHBoxLayout:
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(SPACING // 2)
        self._bar.setFixedWidth(30 * SPACING)
        self._status = Note(self._theme, wraps=False)
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._again = QPushButton(tr("Another export"))
        self._again.setAutoDefault(False)
        self._again.clicked.connect(self.present)
        self._export = QPushButton(tr("Export"))
        self._export.setProperty("primary", True)
        self._export.setDefault(True)
        self._export.clicked.connect(self._start)
        foot = QHBoxLayout()
        foot.setSpacing(SPACING)
        for widget in (self._bar, self._status):
            widget.hide()
            foot.addWidget(widget)
        foot.addStretch(1)
        for button in (self._cancel, self._again, self._export):
            foot.addWidget(button)
        return foot

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        chooses = page is self._choices
        self._export.setVisible(chooses)
        self._again.setVisible(not chooses)
        self._cancel.setText(tr("Cancel") if chooses else tr("Close"))
        (self._export if chooses else self._cancel).setDefault(True)
        (self._ways if chooses else self._cancel).setFocus()  # what had the keyboard is not seen any more

    def _way_chosen(self, row: int) -> None:
        way = WAYS[row]
        self._form.show_kind(way.kind)

    def _changed(self) -> None:
        """Note that the choices are others: the preview of the former ones must not be carried out any more."""
        way = way_of(self._form.request().kind)
        self._export.setText(tr(way.button))
        self._export.setEnabled(False)
        self._preview = Preview(())
        if complaint := self._form.complaint():
            self._delay.stop()
            self._plan.clear()
            self._summary.setText(complaint)
        else:
            self._summary.setText(tr("Finding out what would be done…"))
            self._delay.start()

    def _ask_for_preview(self) -> None:
        if not self._form.complaint() and not self._running and self.isVisible():
            self.preview_requested.emit(self._form.request())

    def _start(self) -> None:
        request = self._form.request()
        if request.kind is ExportKind.TRASH and not self._is_sure():
            return
        self.show_running(tr("Writing…"))
        self.export_requested.emit(request)

    def _is_sure(self) -> bool:
        thrown = [
            planned
            for planned in self._preview.plan
            if isinstance(planned, PlannedTrash) and planned.action is Action.TRASH
        ]
        count = len({planned.photo_id for planned in thrown})
        photos = ntr("{count} rejected photo", "{count} rejected photos", count).format(count=numeral(count))
        files = ntr("{count} file", "{count} files", len(thrown)).format(count=numeral(len(thrown)))
        question = tr("Move {photos} ({files}) to the trash?").format(photos=photos, files=files)
        explanation = tr(
            "RAW files, films and sidecars go along. They can be restored from the system's trash until it is "
            "emptied; Shortlist itself cannot bring them back."
        )
        button = tr("Move {photos} to the trash").format(photos=photos)
        return self._confirm(
            ConfirmDialog(tr("Rejects to trash"), question, explanation, button, self, self._theme)
        )

    def _set_running(self, running: bool) -> None:
        self._running = running
        self._choices.setEnabled(not running)
        self._result.setEnabled(not running)
        self._export.setEnabled(False)
        self._cancel.setEnabled(True)
        self._bar.setVisible(running)
        self._status.setVisible(running)
        if running:
            self._cancel.setText(tr("Cancel"))


def _summary_words(preview: Preview) -> str:
    words = plan_words(preview.plan)
    if preview.space is None:
        return words
    if preview.space.is_enough:
        return f"{words} ({preview.space})"
    return tr("{plan}. They do not fit: {space}.").format(plan=words, space=preview.space)
