"""The page of the settings where the ranking is tuned: one slider a term, shown at work at once."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from core.language import tr
from core.ranking.score import shares_of
from core.ranking.terms.row import TermWords
from core.ranking.terms.table import TERMS
from core.settings import Weights
from core.types import TermName
from ui.theme import DARK, SPACING, Theme
from ui.widgets.note import Note
from ui.widgets.style import slider_style

_WHOLE = 100  # of a slider


class WeightsPage(QWidget):
    """Only the proportions count, so the shares are said beside the sliders."""

    weights_chosen = Signal(object)  # Weights

    def __init__(self, weights: Weights, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sliders: dict[TermName, QSlider] = {}
        self._shares: dict[TermName, QLabel] = {}
        intro = QLabel(
            tr(
                "What makes a frame the best of its burst? In the middle each counts as was learned from bursts that "
                "people judged. The suggestions follow at once, and what you decided stays."
            ),
            wordWrap=True,
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACING)
        grid.setVerticalSpacing(SPACING // 2)
        grid.setColumnStretch(1, 1)
        sliders = {name: row.words for name, row in TERMS.items() if row.words.title}
        for row, (name, words) in enumerate(sliders.items()):
            slider = self._make_slider(words, theme)
            share = QLabel()
            share.setMinimumWidth(share.fontMetrics().horizontalAdvance("100 %"))
            share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            hint = Note(theme, tr(words.hint))
            grid.addWidget(QLabel(tr(words.title)), 3 * row, 0)
            grid.addWidget(slider, 3 * row, 1)
            grid.addWidget(share, 3 * row, 2)
            grid.addWidget(hint, 3 * row + 1, 1)
            grid.setRowMinimumHeight(3 * row + 2, SPACING)
            self._sliders[name], self._shares[name] = slider, share
        self._reset = QPushButton(tr("Reset"))
        self._reset.setAutoDefault(False)
        self._reset.clicked.connect(lambda: self._show(Weights(), tell=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(intro)
        layout.addLayout(grid)
        layout.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(1)
        self._show(weights, tell=False)

    def _make_slider(self, words: TermWords, theme: Theme) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, _WHOLE)
        slider.setPageStep(10)
        slider.setStyleSheet(slider_style(theme))
        slider.setAccessibleName(tr(words.title))
        slider.setAccessibleDescription(tr(words.hint))
        slider.valueChanged.connect(self._moved)
        return slider

    def weights(self) -> Weights:
        """Return what the sliders say; the program's own weights where all are at nothing."""
        values = {str(name): slider.value() / _WHOLE for name, slider in self._sliders.items()}
        return Weights(**values) if any(values.values()) else Weights()

    @property
    def terms(self) -> tuple[TermName, ...]:
        """The terms that have a slider."""
        return tuple(self._shares)

    def share_text(self, name: TermName) -> str:
        """Return what stands beside a term's slider."""
        return self._shares[name].text()

    def _show(self, weights: Weights, *, tell: bool) -> None:
        for name, slider in self._sliders.items():
            with QSignalBlocker(slider):
                slider.setValue(round(_WHOLE * getattr(weights, name)))
        self._say_shares()
        if tell:
            self.weights_chosen.emit(self.weights())

    def _moved(self) -> None:
        self._say_shares()
        self.weights_chosen.emit(self.weights())

    def _say_shares(self) -> None:
        shares = shares_of(self.weights())
        whole = sum(shares[name] for name in self._shares)
        for name, label in self._shares.items():
            label.setText(f"{round(100 * shares[name] / whole)} %")
