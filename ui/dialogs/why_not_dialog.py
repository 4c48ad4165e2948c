"""Why not this one: a frame against another one of its burst, term by term, with what decided cut out of both."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.language import explained, tr
from core.ranking.argued import Argued
from core.ranking.argument_words import part_words, points_words, robustness_words
from core.ranking.arguments import Argument, PersonsPart, TermsPart
from core.types import Analysis, Photo, TermName
from ui.dialogs.argument_table import ArgumentTable, signed
from ui.dialogs.deciding_crops import DecidingCrops
from ui.imaging.face_crops import FaceCrops
from ui.imaging.registrations import Registrations
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.scrolled import Scrolled
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style

_WORTH_SAYING = 0.005  # points


class WhyNotDialog(SizedDialog):
    """Compares; decides nothing.

    ↑ and ↓ choose a term, ← and → a person in it, Z single pixels or all of it, Y held lays one over the other.

    Args:
        argued: of the burst.
        photos: the frame that is asked about, and the other one.
        analyses: their measures.
        crops: cuts out.
        registrations: knows how the frames lie over each other.
        parent: the window.
        theme: colours.
    """

    def __init__(
        self,
        argued: Argued,
        photos: tuple[Photo, Photo],
        analyses: tuple[Analysis, Analysis],
        crops: FaceCrops,
        registrations: Registrations,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self._argument = argued.between(photos[0].id, photos[1].id)
        self._person = 0
        self.setWindowTitle(tr("Why not this one?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.table = ArgumentTable(self._argument, theme)
        ahead = [
            (shown, _in_single_pixels(part))
            for part in self.table.parts
            for shown in (part.people or (part,))
        ]
        self.crops = DecidingCrops(photos, analyses, ahead, crops, registrations, theme)
        self._what = QLabel(wordWrap=True)
        self._keys = Note(theme)
        names = photos[0].name, photos[1].name
        more = Note(theme, more_words(self._argument, argued, photos))
        more.setVisible(bool(more.text()))
        self._lay_out(_in_bold(verdict_words(self._argument, *names)), more)
        self.setStyleSheet(form_style(theme))
        self.table.chosen.connect(self._row_chosen)
        self.table.stepped.connect(self._step)
        crops.ready.connect(self._say)
        self._row_chosen()
        self.table.setFocus()
        self.open_at(QSize(140 * SPACING, 72 * SPACING), lists=True)

    def _lay_out(self, verdict: QLabel, more: Note) -> None:
        close = QPushButton(tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        right = QVBoxLayout()
        right.addWidget(self._what)
        right.addWidget(self.crops, 1)
        middle = QHBoxLayout()
        middle.setSpacing(2 * SPACING)
        self._scrolled = Scrolled(self.table)
        middle.addWidget(self._scrolled, 2)
        middle.addLayout(right, 3)
        foot = QHBoxLayout()
        foot.addWidget(self._keys, 1)
        foot.addWidget(close, 0, Qt.AlignmentFlag.AlignBottom)
        layout = dialog_column(self, narrow=True)
        layout.addWidget(verdict)
        layout.addWidget(more)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)

    def text(self) -> str:
        """Return what is said, from top to bottom."""
        return "\n".join(label.text() for label in self.findChildren(QLabel) if label.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, and lay over while Y is held."""
        match event.key():
            case Qt.Key.Key_Z:
                self.crops.set_single_pixels(not self.crops.single_pixels)
                self._say()
            case Qt.Key.Key_Y:
                self.crops.lay_over(True)
            case _:
                super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the first frame again when Y is let go."""
        if event.key() == Qt.Key.Key_Y and not event.isAutoRepeat():
            self.crops.lay_over(False)
        else:
            super().keyReleaseEvent(event)

    def done(self, result: int) -> None:
        """Ask for no more cut-outs."""
        self.crops.stop()
        super().done(result)

    @property
    def _part(self) -> TermsPart:
        return self.table.parts[self.table.row]

    def _row_chosen(self) -> None:
        self._person = 0
        row = self.table.row_rect(self.table.row)
        self._scrolled.ensureVisible(0, row.center().y(), 0, row.height() // 2)
        if self.table.parts:
            self.crops.show_part(self._shown(), single_pixels=_in_single_pixels(self._part))
        self._say()

    def _step(self, by: int) -> None:
        if people := self._part.people:
            self._person = (self._person + by) % len(people)
            self.crops.show_part(people[self._person], single_pixels=self.crops.single_pixels)
            self._say()

    def _shown(self) -> TermsPart | PersonsPart:
        return self._part.people[self._person] if self._part.people else self._part

    def _say(self) -> None:
        if not self.table.parts:
            return
        part, shown = self._part, self._shown()
        people = (shown,) if isinstance(shown, PersonsPart) else ()
        what = part_words(part.term, people)
        self._what.setText("  ·  ".join(filter(None, (what, signed(shown.points), self.crops.scale_words()))))
        keys = [tr("↑ ↓ term"), tr("Z single pixels or all"), tr("hold Y: one over the other")]
        if len(part.people) > 1:
            keys.insert(1, tr("← → person"))
        self._keys.setText("   ".join(keys))


def _in_bold(words: str) -> QLabel:
    label = QLabel(words, wordWrap=True)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _in_single_pixels(part: TermsPart) -> bool:
    """Tell how a term is seen at first: sharpness in single pixels, a smile in the whole face."""
    return part.term is TermName.SHARPNESS


def verdict_words(argument: Argument, name: str, other: str) -> str:
    """Say which of two frames is ahead, by how much, and by what most."""
    if not argument.decided:
        words = tr("{name} and {other} are as good in sum: the one taken first comes first.")
        return words.format(name=name, other=other)
    if abs(argument.points) < _WORTH_SAYING:  # two decimals would say that nothing is between them
        words = tr("{name} is hardly behind {other}: {what}")
        if argument.points > 0:
            words = tr("{name} is hardly ahead of {other}: {what}")
    else:
        words = tr("{name} loses to {other} by {points}: {what}")
        if argument.points > 0:
            words = tr("{name} is ahead of {other} by {points}: {what}")
    part = argument.decided[0]
    return words.format(
        name=name,
        other=other,
        points=points_words(argument.points),
        what=part_words(part.term, part.people),
    )


def more_words(argument: Argument, argued: Argued, photos: tuple[Photo, Photo]) -> str:
    """Say what speaks for the frame that is behind, and how far the suggestion hangs on the weights."""
    sentences = []
    against = [part for part in argument.against if abs(part.points) >= _WORTH_SAYING]
    if against:
        behind = photos[0 if argument.points < 0 else 1].name
        parts = [f"{part_words(part.term, part.people)} ({points_words(part.points)})" for part in against]
        sentences.append(tr("For {name} speaks: {what}.").format(name=behind, what=", ".join(parts[:3])))
    best = argued.cluster.scores[0].photo_id
    name = next((photo.name for photo in photos if photo.id == best), None)
    if name is not None and argued.robustness is not None:
        sentences.append(explained(name, f"{robustness_words(argued.robustness)}."))
    return " ".join(sentences)
