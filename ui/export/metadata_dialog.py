"""The metadata template: what is written of every photo, and beside it what that is for one of them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.export.metadata_template import (
    MetadataTemplate,
    MetadataTemplateError,
    MetadataWriter,
    load_template,
    save_template,
)
from core.language import explained, tr
from core.naming.codes import Codes, CodesError, read_codes
from core.naming.facts import PhotoFacts
from core.naming.placeholders import PLACEHOLDERS
from core.sidecar.metadata_fields import FIELD_OF, FIELDS
from ui.export.plan_view import header_style
from ui.text_size import scaled
from ui.theme import DARK, SPACING, Theme
from ui.widgets.as_written import AsWritten
from ui.widgets.choices import ChoiceBox
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.scrolled import Scrolled
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import css, form_style

_FIRST_SIZE = QSize(124 * SPACING, 84 * SPACING)
_LINES = 3  # of a long text


class MetadataDialog(SizedDialog):
    """A field a line; ``template`` is what was chosen once it is accepted.

    Args:
        template: what it begins with.
        sample: of a photo, for what is seen beside; None where there is none.
        parent: the export screen.
        theme: colours.
        choose_file: asks for a file to open; its argument is what to ask.
        choose_new: asks for a file to write.
    """

    def __init__(
        self,
        template: MetadataTemplate,
        sample: PhotoFacts | None = None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
        choose_file: Callable[[str], Path | None] | None = None,
        choose_new: Callable[[], Path | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._sample = sample or PhotoFacts()
        self._theme = theme
        self._choose_file = choose_file or self._ask_for_file
        self._choose_new = choose_new or self._ask_for_new
        self._codes_path: Path | None = None
        self._codes = Codes()
        self._trouble = ""  # with the list of codes, or with a file
        self.setWindowTitle(tr("Metadata template"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._inputs: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._mode = ChoiceBox(((False, tr("Fill only what is empty")), (True, tr("Replace what is there"))))
        self._mode.setAccessibleName(tr("What happens to existing values"))
        self._codes_name = QLabel()
        self._written = self._make_written()
        self._note = QLabel(wordWrap=True)
        self._done = QPushButton(tr("Use"))
        self._menu = self._make_menu()
        self._last: QLineEdit | QPlainTextEdit | None = None
        self._lay_out()
        self.setStyleSheet(form_style(theme))
        self.open_at(_FIRST_SIZE, lists=True)
        self._show(template)

    @property
    def template(self) -> MetadataTemplate:
        """What the fields say now."""
        texts = {word: _text(field) for word, field in self._inputs.items()}
        said = {word: text for word, text in texts.items() if text.strip()}
        return MetadataTemplate(said, self._mode.value(), self._codes_path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note which field was written into last: a placeholder goes there."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QLineEdit | QPlainTextEdit):
            self._last = watched
        return super().eventFilter(watched, event)

    def lines(self) -> list[str]:
        """Return what would be written, a line a field, as it is shown."""
        items = (self._written.topLevelItem(at) for at in range(self._written.topLevelItemCount()))
        return [f"{item.text(0)} | {item.text(1)}" for item in items if item is not None]

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACING)
        left.addWidget(Scrolled(self._make_fields()), 1)
        left.addWidget(_button(tr("Insert…"), self._open_menu), alignment=Qt.AlignmentFlag.AlignLeft)
        right = QVBoxLayout()
        right.setSpacing(SPACING)
        right.addLayout(self._above())
        right.addWidget(self._written, 1)
        right.addWidget(self._note)
        beside = QHBoxLayout()
        beside.setSpacing(3 * SPACING)
        beside.addLayout(left, 1)
        beside.addLayout(right, 1)
        layout = dialog_column(self, narrow=True)
        layout.addLayout(beside, 1)
        layout.addLayout(self._below())

    def _make_fields(self) -> QWidget:
        """Make a field for each property, and note it in ``_inputs``."""
        fields = QWidget()
        grid = QGridLayout(fields)
        grid.setContentsMargins(0, 0, SPACING, 0)
        grid.setHorizontalSpacing(2 * SPACING)
        grid.setVerticalSpacing(SPACING)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for row, field in enumerate(FIELDS):
            box: QLineEdit | QPlainTextEdit
            if field.is_long:
                box = QPlainTextEdit()
                box.setTabChangesFocus(True)
                box.setFixedHeight((_LINES + 1) * box.fontMetrics().lineSpacing())
            else:
                box = QLineEdit()
                box.setPlaceholderText(tr("several with ; between") if field.is_list else "")
            box.setAccessibleName(tr(field.title))
            box.installEventFilter(self)
            box.textChanged.connect(self._tell)
            self._inputs[field.word] = box
            grid.addWidget(QLabel(tr(field.title), wordWrap=True), row, 0)
            grid.addWidget(box, row, 1)
        return fields

    def _make_written(self) -> QTreeWidget:
        """Make the list of what would be written of one photo."""
        written = QTreeWidget()
        written.setItemDelegate(AsWritten(written))
        written.setColumnCount(2)
        written.setHeaderLabels([tr("Field"), tr("What is written")])
        written.setAccessibleName(tr("What is written of one photo"))
        written.setRootIsDecorated(False)
        written.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        written.setStyleSheet(header_style(self._theme))
        written.header().resizeSection(0, scaled(16 * SPACING))
        return written

    def _below(self) -> QHBoxLayout:
        """Lay out what opens, saves and ends it."""
        below = QHBoxLayout()
        below.setSpacing(SPACING)
        below.addWidget(_button(tr("Open a file…"), self._open))
        below.addWidget(_button(tr("Save as file…"), self._save))
        below.addStretch(1)
        below.addWidget(_button(tr("Cancel"), self.reject))
        self._done.setProperty("primary", True)
        self._done.setDefault(True)
        self._done.clicked.connect(self.accept)
        below.addWidget(self._done)
        return below

    def _above(self) -> QGridLayout:
        """Lay out what counts for all fields: what becomes of existing values, and the codes."""
        codes = QHBoxLayout()
        codes.setSpacing(SPACING)
        codes.addWidget(self._codes_name, 1)
        codes.addWidget(_button(tr("Choose…"), self._choose_codes))
        codes.addWidget(_button(tr("None"), lambda: self._set_codes(None)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACING)
        grid.setVerticalSpacing(SPACING)
        grid.setColumnStretch(1, 1)
        grid.addWidget(QLabel(tr("Existing values"), wordWrap=True), 0, 0)
        grid.addWidget(self._mode, 0, 1)
        grid.addWidget(QLabel(tr("List of codes"), wordWrap=True), 1, 0)
        grid.addLayout(codes, 1, 1)
        hint = Note(self._theme, tr("Keywords are always added, and none is taken away."))
        grid.addWidget(hint, 2, 1)
        self._mode.currentIndexChanged.connect(self._tell)
        return grid

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for placeholder in PLACEHOLDERS:
            action = menu.addAction(f"{tr(placeholder.meaning)}\t{placeholder.written}")
            action.triggered.connect(lambda _on, written=placeholder.written: self._insert(written))
        return menu

    def _open_menu(self) -> None:
        button = self.sender()
        at = button.mapToGlobal(QPoint(0, 0)) if isinstance(button, QWidget) else self.pos()
        self._menu.exec(at)

    def _insert(self, written: str) -> None:
        box = self._last or self._inputs["caption"]
        if isinstance(box, QLineEdit):
            box.insert(written)
        else:
            box.insertPlainText(written)
        box.setFocus()

    def _show(self, template: MetadataTemplate) -> None:
        for word, box in self._inputs.items():
            text = template.texts.get(word, "")
            if isinstance(box, QLineEdit):
                box.setText(text)
            else:
                box.setPlainText(text)
        self._mode.set_value(template.replaces)
        self._set_codes(template.codes_path)

    def _choose_codes(self) -> None:
        path = self._choose_file(tr("List of codes"))
        if path is not None:
            self._set_codes(path)

    def _set_codes(self, path: Path | None) -> None:
        self._codes, self._codes_path, self._trouble = Codes(), path, ""
        self._codes_name.setText(tr("none") if path is None else path.name)
        self._codes_name.setToolTip("" if path is None else str(path))
        if path is not None:
            try:
                self._codes = read_codes(path)
            except CodesError as error:
                self._trouble = str(error)
        self._tell()

    def _open(self) -> None:
        path = self._choose_file(tr("Metadata template"))
        if path is not None:
            self._try(lambda: self._show(load_template(path)))

    def _save(self) -> None:
        path = self._choose_new()
        if path is not None:
            self._try(lambda: save_template(path, self.template))

    def _try(self, work: Callable[[], None]) -> None:
        """Do something with a file, and say what came of it where nothing did."""
        try:
            work()
        except MetadataTemplateError as error:
            self._trouble = str(error)
            self._tell()

    def _tell(self) -> None:
        """Show what would be written, and what the user should know of it."""
        template = self.template
        self._written.clear()
        complaint = template.complaint()
        notes: Sequence[str] = [complaint] if complaint else []
        if not complaint:
            writer = MetadataWriter(template.parsed(), template.replaces, self._codes)
            words = writer.of(self._sample)
            for word, texts in words.filled.texts:
                item = QTreeWidgetItem([tr(FIELD_OF[word].title), "; ".join(texts)])
                item.setToolTip(1, item.text(1))
                self._written.addTopLevelItem(item)
            notes = [str(remark) for remark in words.remarks]
        if self._codes.twice:
            twice = ", ".join(self._codes.twice)
            notes = [*notes, explained(tr("The list has codes twice, of which the first counts"), twice)]
        self._note.setText("\n".join(filter(None, (self._trouble, *notes))))
        self._note.setStyleSheet(f"color: {css(self._theme.warning)};")
        self._done.setEnabled(not complaint)

    def _ask_for_file(self, title: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self, title)
        return Path(chosen) if chosen else None

    def _ask_for_new(self) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Metadata template"), "metadata.toml")
        return Path(chosen) if chosen else None


def _text(box: QLineEdit | QPlainTextEdit) -> str:
    return box.text() if isinstance(box, QLineEdit) else box.toPlainText()


def _button(words: str, handler: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(handler)
    return button
