"""How the pictures of a proof gallery are made: their size, and what is written across them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from core.export.proof_pictures import LONGEST_MARK
from core.export.proofs import SIDES, ProofChoices
from core.language import tr
from ui.theme import SPACING
from ui.widgets.choices import ChoiceBox

_LONGEST_TITLE = 120  # characters


class ProofForm(QWidget):
    """The choices of ``ProofChoices``."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        words = tr("{side:,} pixels along the longer side")
        self._side = ChoiceBox((side, words.format(side=side)) for side in SIDES)
        self._side.setAccessibleName(tr("Size of the pictures"))
        self._mark = QLineEdit(maxLength=LONGEST_MARK)
        self._mark.setPlaceholderText(tr("Nothing; or words such as “Proof”"))
        self._mark.setAccessibleName(tr("Words across the pictures"))
        self._title = QLineEdit(maxLength=_LONGEST_TITLE)
        self._title.setPlaceholderText(tr("The name of the shoot"))
        self._title.setAccessibleName(tr("Heading of the page"))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(2 * SPACING)
        layout.setVerticalSpacing(SPACING)
        layout.setColumnStretch(1, 1)
        layout.addWidget(QLabel(tr("Size")), 0, 0)
        layout.addWidget(self._side, 0, 1)
        layout.addWidget(QLabel(tr("Mark")), 1, 0)
        layout.addWidget(self._mark, 1, 1)
        layout.addWidget(QLabel(tr("Heading")), 2, 0)
        layout.addWidget(self._title, 2, 1)
        self.set_choices(ProofChoices())
        self._side.currentIndexChanged.connect(self.changed)
        self._mark.textChanged.connect(self.changed)
        self._title.textChanged.connect(self.changed)

    def choices(self) -> ProofChoices:
        """Return what is chosen now."""
        return ProofChoices(self._side.value(), self._mark.text().strip(), self._title.text().strip())

    def set_choices(self, choices: ProofChoices) -> None:
        """Set the choices, such as those of the last time."""
        self._side.set_value(choices.side if choices.side in SIDES else ProofChoices().side)
        self._mark.setText(choices.mark)
        self._title.setText(choices.title)
