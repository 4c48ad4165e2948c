"""The choices of an export: which photos, where to, and for metadata which program is to read it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.export.kinds import ExportKind, Selection
from core.export.metadata_template import MetadataTemplate
from core.export.request import ExportRequest
from core.language import tr
from core.naming.facts import PhotoFacts
from core.review.label_words import LABEL_NAMES
from core.types import Label
from ui.asked_folder import ask_for_folder
from ui.export.field_column import begin_alike
from ui.export.name_choices import NamesForm
from ui.export.plan_view import Preview
from ui.export.proof_form import ProofForm
from ui.export.ways import CHOICES, way_of
from ui.export.xmp_choices import XmpForm
from ui.theme import SPACING, Theme
from ui.widgets.choices import ChoiceBox
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.note import Note

_LABELS = tuple(Label)


class ExportForm(QWidget):
    """The choices of one way out. Those that make no sense for it are not there.

    Args:
        theme: colours.
        choose_folder: asks the user for a folder; None where none was chosen.
        parent: the dialog.
    """

    changed = Signal()
    template_written = Signal(object)  # MetadataTemplate

    def __init__(
        self,
        theme: Theme,
        choose_folder: Callable[[], Path | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choose_folder = choose_folder or self._ask_for_folder
        self._kind = ExportKind.XMP
        self._out_dir: Path | None = None
        self._beside_shoot: Path | None = None  # where a folder is asked for first
        self._remembered: dict[ExportKind, ExportRequest] = {}
        self._explanation = Note(theme)
        self._explanation.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for the longest, so that nothing below moves when another way is chosen.
        self._explanation.setMinimumHeight(2 * self._explanation.fontMetrics().lineSpacing() + 2)
        self._xmp = XmpForm(theme)
        self._xmp.changed.connect(self.changed)
        self._xmp.metadata.written.connect(self.template_written)
        self._proofs = ProofForm()
        self._proofs.changed.connect(self.changed)
        self._names = NamesForm(theme)
        self._names.changed.connect(self.changed)
        rows = QGridLayout()
        rows.setHorizontalSpacing(2 * SPACING)
        rows.setVerticalSpacing(SPACING)
        rows.setColumnStretch(1, 1)
        rows.addWidget(QLabel(tr("Photos")), 0, 0)
        rows.addLayout(self._photos_row(), 0, 1)
        self._where = QLabel(tr("Where"))
        rows.addWidget(self._where, 1, 0)
        self._places_row = self._make_places()
        rows.addWidget(self._places_row, 1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._explanation)
        layout.addLayout(rows)
        layout.addWidget(self._xmp)
        layout.addWidget(self._proofs)
        layout.addWidget(self._names)
        begin_alike(rows, *(part.layout() for part in (self._xmp, self._proofs, self._names)))
        self.show_kind(ExportKind.XMP)

    def request(self) -> ExportRequest:
        """Return what is chosen now."""
        selection = Selection(self._choice.value(), self._stars.value(), self._label.value())
        out_dir = self._out_dir if self._in_folder.isChecked() and self._kind.takes_folder else None
        naming = self._names.naming() if self._kind.takes_names else None
        return ExportRequest(
            self._kind, selection, out_dir, self._xmp.choices(), naming, self._proofs.choices()
        )

    def set_request(self, request: ExportRequest) -> None:
        """Set the choices, such as those of the last time."""
        self._xmp.set_choices(request.xmp)
        self._proofs.set_choices(request.proofs)
        self.show_kind(request.kind)
        if request.out_dir is not None:
            self._out_dir = request.out_dir
            self._in_folder.setChecked(True)
        self._choice.set_value(request.selection.choice)
        self._stars.set_value(request.selection.least_stars)
        self._label.set_value(request.selection.label)
        if request.kind.takes_names:
            self._names.set_naming(request.naming)
        self._tell()

    def remember(self, request: ExportRequest) -> None:
        """Take what was chosen for a kind of export as what is meant by it the next time."""
        self._remembered[request.kind] = request

    def show_kind(self, kind: ExportKind) -> None:
        """Go to another way out, with the photos and the place of its last time, else those mostly meant by it."""
        self._kind = kind
        last = self._remembered.get(kind)
        self._explanation.setText(tr(way_of(kind).explanation))
        self._choice.set_value(last.selection.choice if last is not None else kind.usual_choice)
        if last is not None:
            self._stars.set_value(last.selection.least_stars)
            self._label.set_value(last.selection.label)
            self._out_dir = last.out_dir or self._out_dir
            self._proofs.set_choices(last.proofs if kind is ExportKind.PROOFS else self._proofs.choices())
            if kind.takes_names:
                self._names.set_naming(last.naming)
        self._choice.setEnabled(kind is not ExportKind.TRASH)  # only rejects are ever thrown away
        self._beside.setText(
            tr("In the folder of the shoot") if kind.is_one_file else tr("Beside the photos")
        )
        self._beside.setVisible(not kind.needs_folder)
        # The folder of the last copies must not take in sidecars that belong beside the photos.
        in_folder = kind.needs_folder or (last is not None and last.out_dir is not None)
        (self._in_folder if in_folder else self._beside).setChecked(True)
        for widget in (self._where, self._places_row):
            widget.setVisible(kind.takes_folder)
        self._xmp.setVisible(kind is ExportKind.XMP)
        self._proofs.setVisible(kind is ExportKind.PROOFS)
        self._names.setVisible(kind.takes_names)
        self._names.show_for(needed=kind.needs_names)
        self._tell()

    def complaint(self) -> str:
        """Say what is missing before anything can be planned; "" where nothing is."""
        in_folder = self._kind.takes_folder and self._in_folder.isChecked()
        if in_folder and self._out_dir is None:
            return tr("Choose a folder to write to.")
        return self._names.complaint() if self._kind.takes_names else ""

    def offer_template(self, template: MetadataTemplate) -> None:
        """Offer the metadata template that was written last, whether it is used now or not."""
        self._xmp.metadata.offer(template)

    def set_shoot(self, title: str, sample: PhotoFacts | None = None, folder: Path | None = None) -> None:
        """Say what the shoot is called, what is known of one of its photos, and where the shoot is."""
        self._beside_shoot = folder.parent if folder is not None else None
        self._names.set_shoot(title)
        self._xmp.metadata.set_sample(sample)

    def show_preview(self, preview: Preview, root: Path | None) -> None:
        """Show what of a plan belongs beside the choices.

        Args:
            preview: the plan.
            root: names are shown from this folder on where they lie below it.
        """
        self._xmp.show_unread(preview.unread)
        self._names.show_preview(preview, root)

    def _photos_row(self) -> QHBoxLayout:
        self._choice = ChoiceBox((choice, tr(words)) for choice, words in CHOICES)
        stars = ((least, "★" * least + ("" if least == 5 else tr(" or more"))) for least in range(1, 6))
        self._stars = ChoiceBox([(0, tr("Any stars")), *stars])
        self._label = ChoiceBox[Label | None](
            [(None, tr("Any label")), *((label, tr(LABEL_NAMES[label])) for label in _LABELS)]
        )
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        for box, words in (
            (self._choice, tr("Which photos")),
            (self._stars, tr("Stars")),
            (self._label, tr("Label")),
        ):
            box.setAccessibleName(words)
            box.currentIndexChanged.connect(self._tell)
            row.addWidget(box, 1)
        return row

    def _make_places(self) -> QWidget:
        self._beside = QRadioButton()
        self._beside.setChecked(True)
        self._in_folder = QRadioButton(tr("In a folder:"))
        group = QButtonGroup(self)
        for button in (self._beside, self._in_folder):
            group.addButton(button)
        group.buttonClicked.connect(self._place_chosen)
        self._folder = ElidedLabel()
        choose = QPushButton(tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._pick)
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(self._beside)
        row.addWidget(self._in_folder)
        row.addWidget(self._folder, 1)
        row.addWidget(choose)
        return widget

    def _place_chosen(self) -> None:
        if self._in_folder.isChecked() and self._out_dir is None:
            self._pick()
        else:
            self._tell()

    def _pick(self) -> None:
        if folder := self._choose_folder():
            self._out_dir = folder
            self._in_folder.setChecked(True)
        elif self._out_dir is None and not self._kind.needs_folder:
            self._beside.setChecked(True)
        self._tell()

    def _ask_for_folder(self) -> Path | None:
        return ask_for_folder(self, tr("Folder to write to"), self._out_dir, self._beside_shoot)

    def _tell(self) -> None:
        folder = str(self._out_dir) if self._out_dir else tr("none chosen yet")
        self._folder.setText(folder)
        self._folder.setEnabled(self._in_folder.isChecked())
        self._xmp.set_embedding_possible(not self._in_folder.isChecked())
        self.changed.emit()
