"""The bar above the photos: which of them are shown, how many are left to decide, and how large cells are."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QSlider, QWidget

from core.pipeline.shoot import Filter
from ui.theme import DARK, SPACING, Theme
from ui.widgets.style import segment_style, slider_style

CELL_SIZES = (120, 400)
"""Least and most logical pixels of a cell's side."""

CELL_STEP = 20

_TITLES = {
    Filter.ALL: "All",
    Filter.PICKS: "Picks",
    Filter.REJECTS: "Rejects",
    Filter.UNDECIDED: "Undecided",
    Filter.GROUPS: "Groups",
}


class FilterBar(QWidget):
    """Segments with counts, and a slider for the size of cells."""

    filter_chosen = Signal(object)  # Filter
    cell_size_chosen = Signal(int)  # logical pixels

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments = {which: QPushButton(title) for which, title in _TITLES.items()}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING, SPACING // 2, 2 * SPACING, SPACING // 2)
        layout.setSpacing(SPACING // 2)
        for which, segment in self._segments.items():
            segment.setCheckable(True)
            segment.setStyleSheet(segment_style(theme))
            segment.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
            segment.clicked.connect(lambda _checked=False, chosen=which: self.filter_chosen.emit(chosen))
            self._group.addButton(segment)
            layout.addWidget(segment)
        self._segments[Filter.ALL].setChecked(True)
        layout.addStretch(1)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(*CELL_SIZES)
        self._slider.setSingleStep(CELL_STEP)
        self._slider.setPageStep(2 * CELL_STEP)
        self._slider.setFixedWidth(16 * SPACING)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.setStyleSheet(slider_style(theme))
        self._slider.setAccessibleName("Size of photos")
        self._slider.setToolTip("Size of photos (+ and −)")
        self._slider.valueChanged.connect(self.cell_size_chosen)
        layout.addWidget(self._slider)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_counts(self, counts: Mapping[Filter, int]) -> None:
        """Shows how many photos each filter would show; segments keep their width while counts change."""
        metrics = QFontMetrics(self._segments[Filter.ALL].font())
        most = "0" * len(f"{counts.get(Filter.ALL, 0):,}")
        for which, segment in self._segments.items():
            segment.setText(f"{_TITLES[which]}  {counts.get(which, 0):,}")
            widest = metrics.horizontalAdvance(f"{_TITLES[which]}  {most}")
            segment.setFixedWidth(widest + 4 * SPACING)

    def set_filter(self, which: Filter) -> None:
        """Shows a filter as the one that is on, without signalling."""
        self._segments[which].setChecked(True)

    def set_cell_size(self, size: int) -> None:
        """Shows a size of cells, in logical pixels, without signalling."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(size)

    def set_cell_size_shown(self, shown: bool) -> None:
        """Shows the slider, or hides it where there are no cells; nothing else moves."""
        policy = self._slider.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._slider.setSizePolicy(policy)
        self._slider.setVisible(shown)

    def segment_text(self, which: Filter) -> str:
        """What a segment says."""
        return self._segments[which].text()

    def sizeHint(self) -> QSize:
        """Wide enough for all segments."""
        return QSize(super().sizeHint().width(), self._slider.sizeHint().height() + 3 * SPACING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar's ground."""
        QPainter(self).fillRect(self.rect(), self._theme.surface)
