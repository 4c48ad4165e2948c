"""The bar above the photos: which of them are shown, in which order, and how large cells are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSlider,
    QWidget,
)

from core.language import mark, numeral, tr
from core.shoot.completion import Completion
from core.shoot.criteria import Criteria, Sort
from core.shoot.query import NoQueryError, parse
from core.shoot.shoot import Filter
from ui.commands import table
from ui.commands.registry import Registry
from ui.text_size import scaled
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import ChoiceBox
from ui.widgets.filter_panel import FilterPanel
from ui.widgets.person_button import PersonButton, ShownPerson
from ui.widgets.scrolled import ScrolledLine
from ui.widgets.search_field import SearchField
from ui.widgets.style import field_style, segment_style, slider_style

CELL_SIZES = (120, 400)
"""Least and most logical pixels of a cell's side."""

CELL_STEP = 20

_TYPING_MS = 150  # a short wait, so that a word is looked for once and not letter by letter
_NARROW = 1150  # logical pixels of the bar, at the usual size of text, below which the slider makes room

_TITLES = {
    Filter.ALL: mark("All"),
    Filter.PICKS: mark("Picks"),
    Filter.REJECTS: mark("Rejects"),
    Filter.UNDECIDED: mark("Undecided"),
    Filter.GROUPS: mark("In groups"),
    Filter.OPEN: mark("Open in groups"),
}
_TIPS = {
    Filter.GROUPS: mark("Photos in bursts and brackets"),
    Filter.OPEN: mark("Undecided photos in bursts and brackets"),
}
_SORTS = (
    (Sort.TIME, mark("By time")),
    (Sort.SCORE, mark("Best first")),
    (Sort.DOUBT, mark("Doubtful first")),
)


class FilterBar(QWidget):
    """Segments with counts, a search field, the filter panel's button, the order, and the size of cells."""

    criteria_chosen = Signal(object)  # Criteria
    sort_chosen = Signal(object)  # Sort
    cell_size_chosen = Signal(int)  # logical pixels
    people_requested = Signal()
    search_begun = Signal()
    used = Signal()  # about to be, by a key: it has to be seen
    search_all_requested = Signal()
    left = Signal()  # the search is done: the keys are the photos' again

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._criteria = Criteria()
        self._before = Criteria()  # a key chose what is shown
        self._segments = {which: QPushButton(tr(title)) for which, title in _TITLES.items()}
        self._group = QButtonGroup(self)
        self._panel = FilterPanel(theme, self)
        self._panel.criteria_chosen.connect(self._choose)
        self._panel.people_requested.connect(self.people_requested)
        self._person = PersonButton(parent=self)
        self._person.setStyleSheet(segment_style(theme))
        self._person.setToolTip(tr("Only photos with this person are shown. Press to show everybody again."))
        self._person.clicked.connect(lambda: self.choose_person(None))
        self._search = SearchField(theme)
        self._typed = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typed.timeout.connect(self._search_now)
        self._search.textChanged.connect(lambda _text: self._typed.start())
        self._search.left.connect(self._leave_search)
        self._search.offer_all_shoots().connect(self.search_all_requested)
        self._more = QPushButton(tr("Filter"))
        self._more.setCheckable(True)
        self._more.setStyleSheet(segment_style(theme))
        self._more.setToolTip(
            tr("Stars, labels, eyes, sharpness, kind of group, likely rejects, camera, person, doubt")
        )
        self._more.clicked.connect(self.open_panel)
        self._sort = ChoiceBox((sort, tr(words)) for sort, words in _SORTS)
        self._sort.setAccessibleName(tr("Order"))
        self._sort.setStyleSheet(field_style(theme))
        self._sort.activated.connect(lambda _index: self.sort_chosen.emit(self._sort.value()))
        self._slider = self._make_slider()
        self._lay_out()
        self.set_criteria(self._criteria)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING, SPACING // 2, 2 * SPACING, SPACING // 2)
        layout.setSpacing(SPACING // 2)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING // 2)
        for which, segment in self._segments.items():
            segment.setCheckable(True)
            segment.setToolTip(tr(_TIPS[which]) if which in _TIPS else "")
            segment.setStyleSheet(segment_style(self._theme))
            segment.clicked.connect(lambda _checked=False, chosen=which: self._choose_segment(chosen))
            self._group.addButton(segment)
            row.addWidget(segment)
        self._strip = ScrolledLine(holder)
        layout.addWidget(self._strip)
        layout.addStretch(1)
        layout.addWidget(self._search, 4)
        for widget in (self._more, self._person, self._sort, self._slider):
            layout.addWidget(widget)
        for control in (*self._segments.values(), self._more, self._sort, self._slider):
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _make_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(*CELL_SIZES)
        slider.setSingleStep(CELL_STEP)
        slider.setPageStep(2 * CELL_STEP)
        slider.setFixedWidth(12 * SPACING)
        slider.setStyleSheet(slider_style(self._theme))
        slider.setAccessibleName(tr("Size of photos"))
        slider.setToolTip(tr("Size of photos (+ and −)"))
        slider.valueChanged.connect(self.cell_size_chosen)
        return slider

    # What is chosen

    @property
    def criteria(self) -> Criteria:
        """What the controls say."""
        return self._criteria

    @property
    def search_text(self) -> str:
        """What is in the search field."""
        return self._search.text()

    def set_criteria(self, criteria: Criteria) -> None:
        """Show criteria as those that are on, without signalling."""
        self._criteria = criteria
        says_so = criteria.show is not Filter.ALL or criteria.listed is None
        self._group.setExclusive(says_so)  # else Qt keeps one checked
        for which, segment in self._segments.items():
            segment.setChecked(which is criteria.show and says_so)
        self._strip.ensureWidgetVisible(self._segments[criteria.show], 0, 0)
        self._panel.set_criteria(criteria)
        self._more.setChecked(criteria.details > 0)
        self._more.setText(
            tr("Filter · {count}").format(count=criteria.details) if criteria.details else tr("Filter")
        )
        if self._search.text() != criteria.text and not self._typed.isActive():
            self._search.setText(criteria.text)  # heard by the field itself, whose cross goes with the words
            self._search.complain("")
            self._typed.stop()

    def choose_person(self, who: int | None) -> None:
        """Narrow the criteria to a person, or to nobody in particular."""
        self._choose(replace(self._criteria, person=who))

    def show_person(self, person: ShownPerson | None) -> None:
        """Show the person that the criteria are narrowed to, here and in the panel; None for everybody."""
        for each in (self._person, self._panel):
            each.show_person(person)
        self._make_room()

    def set_sort(self, sort: Sort) -> None:
        """Show an order as the one that is on, without signalling."""
        self._sort.set_value(sort)

    def set_things(self, things: Sequence[tuple[str, int]]) -> None:
        """Offer what the shoot's photos show."""
        self._panel.set_things(things)

    def set_cameras(self, names: Sequence[str]) -> None:
        """Offer the shoot's cameras."""
        self._panel.set_cameras(names)

    def bind(self, commands: Registry) -> None:
        """Have the bar's commands done by this bar."""
        commands.bind_each(table.FILTER, self._press)
        commands.bind_each(table.SORT, self.sort_chosen.emit)
        commands.bind(table.SEARCH, self.start_search)
        commands.bind_popup(table.MORE_FILTERS, self._panel, self.open_panel)

    def open_panel(self) -> None:
        """Open the panel of what narrows further."""
        self.used.emit()
        self._more.setChecked(self._criteria.details > 0)  # a click toggled it; what it shows is the filter
        self._panel.pop_up(self._more)

    def start_search(self) -> None:
        """Bring the keyboard to the search field."""
        self.used.emit()
        self.search_begun.emit()
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def set_counts(self, counts: Mapping[Filter, int], most: int) -> None:
        """Show how many photos each filter would show; segments keep their width while counts change.

        Args:
            counts: beside all else that narrows.
            most: photos of the shoot.
        """
        metrics = QFontMetrics(self._segments[Filter.ALL].font())
        digits = "0" * len(numeral(most))
        for which, segment in self._segments.items():
            segment.setText(f"{tr(_TITLES[which])}  {numeral(counts.get(which, 0))}")
            widest = metrics.horizontalAdvance(f"{tr(_TITLES[which])}  {digits}")
            segment.setFixedWidth(widest + 5 * SPACING // 2)
        self._strip.updateGeometry()
        self._make_room()

    def set_cell_size(self, size: int) -> None:
        """Show a size of cells, in logical pixels, without signalling."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(size)

    def set_completions(self, words: Sequence[Completion]) -> None:
        """Offer words while somebody types."""
        self._search.set_completions(words)

    def segment_text(self, which: Filter) -> str:
        """Return what a segment says."""
        return self._segments[which].text()

    # Inside

    def _press(self, which: Filter) -> None:
        """Narrow by what a key asks for, or show every photo; pressed again, what was shown before."""
        asked = Criteria() if which is Filter.ALL else self._beside_all_else(which)
        wanted = self._before if self._criteria == asked else asked
        self._before = self._criteria if wanted == asked else Criteria()
        self._choose(wanted)

    def _choose_segment(self, which: Filter) -> None:
        self._choose(self._beside_all_else(which))

    def _beside_all_else(self, which: Filter) -> Criteria:
        """Narrow by flag too; all photos are all, also those that are not listed."""
        listed = None if which is Filter.ALL else self._criteria.listed
        return replace(self._criteria, show=which, listed=listed)

    def _choose(self, criteria: Criteria) -> None:
        self.set_criteria(criteria)
        self.criteria_chosen.emit(criteria)

    def _search_now(self) -> None:
        self._typed.stop()
        text = self._search.text()
        try:
            parse(text)
        except NoQueryError as error:
            self._search.complain(str(error))
            return
        self._search.complain("")
        if text != self._criteria.text:
            self._choose(replace(self._criteria, text=text))

    def _leave_search(self) -> None:
        self._search_now()
        self.left.emit()

    def sizeHint(self) -> QSize:
        """Return a size as high as its controls."""
        return QSize(super().sizeHint().width(), self._sort.sizeHint().height() + 2 * SPACING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room in a narrow window."""
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """Hide the slider in a narrow window, and then the order: there are keys for both."""
        layout = self.layout()
        assert layout is not None
        self._slider.setHidden(self.width() < scaled(_NARROW))
        beside = [self._search, self._more, *((self._person,) if not self._person.isHidden() else ())]
        margins = layout.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for each in beside:
            room -= each.minimumSizeHint().expandedTo(each.minimumSize()).width() + layout.spacing()
        segments = self._strip.sizeHint().width() + layout.spacing()
        self._sort.setHidden(segments + self._sort.sizeHint().width() + layout.spacing() > room)
        self._strip.setMinimumWidth(max(self._strip.minimumSizeHint().width(), min(segments, room)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar's ground."""
        QPainter(self).fillRect(self.rect(), self._theme.surface)
