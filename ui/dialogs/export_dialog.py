"""The export dialog: what to write and where, a list of exactly what would happen, then what did happen."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.export.kinds import ExportKind, Selection
from core.export.request import ExportRequest
from core.sidecar.sidecar_names import SidecarNaming
from ui.theme import DARK, SPACING, Theme
from ui.widgets.first_size import open_within_screen
from ui.widgets.style import css, form_style

_PREVIEW_MS = 150  # a moment's patience, so that clicking through the choices does not run a preview each


_KINDS = (
    (
        ExportKind.XMP,
        "XMP sidecars",
        "Flags, stars and labels for Lightroom, Bridge, Capture One, darktable and others. Lightroom reads "
        "sidecars of RAW files only: it does not read them for JPEG, TIFF or HEIC files.",
    ),
    (ExportKind.COPY, "Copies of the picks", "Copies picked photos into a folder, with their RAW files."),
    (
        ExportKind.LINK,
        "Hard links to the picks",
        "Like copies, but taking no space. The folder must be on the same disk as the photos.",
    ),
    (
        ExportKind.CSV,
        "Table (CSV)",
        "One line a photo with its decision, group and scores, for a spreadsheet.",
    ),
    (ExportKind.JSON, "Data (JSON)", "Everything that is known of the shoot, for other programs."),
)

_NAMINGS = (
    (SidecarNaming.ADOBE, "IMG_1234.xmp  (Lightroom, Bridge, Capture One, Photo Mechanic)"),
    (SidecarNaming.FULL, "IMG_1234.CR2.xmp  (darktable, digiKam)"),
)

_NEEDS_FOLDER = (ExportKind.COPY, ExportKind.LINK)


class ExportDialog(QDialog):
    """Asks for previews and for the export itself by signals; whoever hears them answers by the methods.

    Args:
        parent: the window.
        theme: colours.
        choose_folder: asks the user for a folder; None where none was chosen.
    """

    preview_requested = Signal(object)  # ExportRequest
    export_requested = Signal(object)  # ExportRequest
    cancel_requested = Signal()  # of the export that runs

    def __init__(
        self,
        parent: QWidget | None = None,
        theme: Theme = DARK,
        choose_folder: Callable[[], Path | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choose_folder = choose_folder or self._ask_for_folder
        self._out_dir: Path | None = None
        self._running = False
        self.setWindowTitle("Export")
        self.setStyleSheet(form_style(theme))
        open_within_screen(self, QSize(96 * SPACING, 78 * SPACING))
        self._delay = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._delay.timeout.connect(self._ask_for_preview)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        layout.setSpacing(SPACING)
        self._choices = QWidget()
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(SPACING)
        choices.addWidget(self._heading("What"))
        choices.addLayout(self._make_kinds())
        choices.addWidget(self._heading("Where"))
        choices.addLayout(self._make_places())
        layout.addWidget(self._choices)
        self._summary = self._heading("")
        layout.addWidget(self._summary)
        self._lines = QPlainTextEdit()
        self._lines.setReadOnly(True)
        self._lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._lines.setTabChangesFocus(True)
        self._lines.setAccessibleName("What would be written")
        layout.addWidget(self._lines, 1)
        layout.addLayout(self._make_foot())
        self._changed()

    def request(self) -> ExportRequest:
        """What is chosen now."""
        out_dir = self._out_dir if self._in_folder.isChecked() else None
        kind = self._kind()
        naming = SidecarNaming(self._naming.currentData())
        return ExportRequest(kind, Selection(kind.usual_choice), out_dir, naming)

    def choose(self, request: ExportRequest) -> None:
        """Sets the choices, such as those of the last time."""
        self._kinds[request.kind].setChecked(True)
        self._out_dir = request.out_dir
        (self._in_folder if request.out_dir else self._beside).setChecked(True)
        self._naming.setCurrentIndex(self._naming.findData(request.naming.value))
        self._changed()

    def show_preview(self, summary: str, lines: Sequence[str]) -> None:
        """Shows what the export would do.

        Args:
            summary: a sentence, such as "84 sidecars would be written, 2 changed".
            lines: one a file. With none there is nothing to export.
        """
        self._say(summary, lines)
        self._export.setEnabled(bool(lines) and self._is_complete())

    def show_progress(self, done: int, total: int) -> None:
        """Shows how many of how many files are done."""
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(done)
        self._summary.setText(f"{done:,} of {total:,}")

    def show_result(self, summary: str, problems: Sequence[str]) -> None:
        """Shows what was done.

        Args:
            summary: a sentence, such as "84 sidecars written, 1 refused".
            problems: a sentence a file that was refused, with the file's name.
        """
        self._set_running(False)
        self._export.setEnabled(False)  # until something is changed: twice the same would do nothing
        self._cancel.setText("Close")
        self._say(summary, problems)

    def showEvent(self, event: QShowEvent) -> None:
        """Each opening begins with a fresh preview: decisions may have changed since."""
        super().showEvent(event)
        self._changed()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A running export is stopped by Cancel, not lost from sight."""
        if self._running:
            event.ignore()
        else:
            super().closeEvent(event)

    def reject(self) -> None:
        """Cancel or Esc: stops a running export, else closes."""
        if self._running:
            self._cancel.setEnabled(False)
            self.cancel_requested.emit()
        else:
            super().reject()

    def _make_kinds(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACING // 2)
        self._kinds: dict[ExportKind, QRadioButton] = {}
        group = QButtonGroup(self)
        for kind, title, explanation in _KINDS:
            button = QRadioButton(title)
            button.setAccessibleDescription(explanation)
            button.setChecked(kind is ExportKind.XMP)
            group.addButton(button)
            self._kinds[kind] = button
            column.addWidget(button)
        self._explanation = QLabel(wordWrap=True)
        self._explanation.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._explanation.setStyleSheet(f"color: {css(self._theme.text_dim)};")
        # Room for the longest, so that nothing below moves when another kind is chosen.
        self._explanation.setMinimumHeight(2 * self._explanation.fontMetrics().lineSpacing() + SPACING // 2)
        column.addWidget(self._explanation)
        group.buttonClicked.connect(self._changed)
        return column

    def _make_places(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACING // 2)
        self._beside = QRadioButton("Beside the photos")
        self._beside.setChecked(True)
        self._in_folder = QRadioButton("In a folder:")
        self._places = QButtonGroup(self)
        for button in (self._beside, self._in_folder):
            self._places.addButton(button)
        self._places.buttonClicked.connect(self._place_chosen)
        self._folder = QLabel()
        self._pick_folder = QPushButton("Choose…")
        self._pick_folder.setAutoDefault(False)
        self._pick_folder.clicked.connect(self._pick)
        row = QHBoxLayout()
        row.addWidget(self._in_folder)
        row.addWidget(self._folder, 1)
        row.addWidget(self._pick_folder)
        self._naming = QComboBox()
        self._naming.setAccessibleName("Names of sidecars")
        for naming, words in _NAMINGS:
            self._naming.addItem(words, naming.value)
        self._naming.currentIndexChanged.connect(self._changed)
        names = QHBoxLayout()
        self._naming_title = QLabel("Named")
        names.addWidget(self._naming_title)
        names.addWidget(self._naming, 1)
        column.addWidget(self._beside)
        column.addLayout(row)
        column.addLayout(names)
        return column

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(SPACING // 2)
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(policy)
        self._bar.hide()
        self._cancel = QPushButton("Cancel")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._export = QPushButton("Export")
        self._export.setProperty("primary", True)
        self._export.setDefault(True)
        self._export.clicked.connect(self._start)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._export)
        return foot

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        return label

    def _changed(self) -> None:
        """Brings the controls into line with the choices and asks for a preview of them."""
        kind = self._kind()
        self._explanation.setText(next(words for known, _, words in _KINDS if known is kind))
        self._beside.setEnabled(kind not in _NEEDS_FOLDER)
        if kind in _NEEDS_FOLDER:
            self._in_folder.setChecked(True)
        self._beside.setText(
            "In the folder of the shoot" if kind in (ExportKind.CSV, ExportKind.JSON) else "Beside the photos"
        )
        for widget in (self._naming, self._naming_title):
            widget.setEnabled(kind is ExportKind.XMP)
        self._folder.setText(str(self._out_dir) if self._out_dir else "none chosen yet")
        self._folder.setToolTip(self._folder.text())
        self._folder.setEnabled(self._in_folder.isChecked())
        self._cancel.setText("Cancel")
        self._export.setEnabled(False)
        if self._is_complete():
            self._say("Looking what would be written…", ())
            self._delay.start()
        else:
            self._delay.stop()
            self._say("Choose a folder to write to.", ())

    def _kind(self) -> ExportKind:
        return next(kind for kind, button in self._kinds.items() if button.isChecked())

    def _is_complete(self) -> bool:
        return not self._in_folder.isChecked() or self._out_dir is not None

    def _ask_for_preview(self) -> None:
        if self._is_complete() and not self._running:
            self.preview_requested.emit(self.request())

    def _place_chosen(self) -> None:
        if self._in_folder.isChecked() and self._out_dir is None:
            self._pick()
        else:
            self._changed()

    def _pick(self) -> None:
        if folder := self._choose_folder():
            self._out_dir = folder
            self._in_folder.setChecked(True)
        self._changed()

    def _ask_for_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder to write to", str(self._out_dir or ""))
        return Path(chosen) if chosen else None

    def _start(self) -> None:
        request = self.request()
        self._set_running(True)
        self.show_progress(0, 0)
        self._summary.setText("Writing…")
        self.export_requested.emit(request)

    def _set_running(self, running: bool) -> None:
        self._running = running
        self._choices.setEnabled(not running)
        self._export.setEnabled(False)
        self._cancel.setEnabled(True)
        self._bar.setVisible(running)

    def _say(self, summary: str, lines: Sequence[str]) -> None:
        self._summary.setText(summary)
        self._lines.setPlainText("\n".join(lines))
