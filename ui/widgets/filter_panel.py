"""The panel behind the Filter button: everything that narrows what is shown, beside flags and names."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.language import numeral, tr
from core.shoot.criteria import Criteria
from core.typed_words import TypedKind, spoken_word
from core.types import Label
from ui.marks.label_shapes import paint_label
from ui.marks.photo_words import LABEL_WORDS
from ui.text_size import scaled
from ui.theme import DARK, LABEL_COLOURS, SPACING, Theme
from ui.widgets.choices import ChoiceBox
from ui.widgets.filter_words import ANY, EYES, FOCUS, KINDS, REJECTS, STARS, Entries
from ui.widgets.person_button import PersonButton, ShownPerson
from ui.widgets.style import css, form_style
from ui.widgets.tick_box import TickBox

T = TypeVar("T")


class FilterPanel(QFrame):
    """Pops up below its button; a click elsewhere or Esc closes it. Every change shows at once."""

    criteria_chosen = Signal(object)  # Criteria
    people_requested = Signal()  # to choose somebody among all

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._criteria = Criteria()
        self._stars = ChoiceBox((stars, tr(words)) for stars, words in enumerate(STARS))
        self._eyes, self._focus, self._kind = _choices(EYES), _choices(FOCUS), _choices(KINDS)
        self._reject = _choices(REJECTS)
        self._camera = ChoiceBox[str]()
        self._thing = ChoiceBox[str]()
        self._person = PersonButton(tr("Everybody"))
        self._person.clicked.connect(self._choose_person)
        self._labels = {label: _swatch(label, theme) for label in LABEL_COLOURS}
        self._doubtful = TickBox(tr("Only groups with reasons to doubt"))
        self._doubtful.setToolTip(
            tr(
                "Too close to call, closed eyes or bad light in the best frame, or a frame that was not measured."
            )
        )
        self._doubtful.clicked.connect(self._changed)
        self._lay_out()
        self.setObjectName("popup")  # an edge that shows on any ground
        self.setAccessibleName(tr("Filter"))
        self.setStyleSheet(form_style(theme))
        self.set_cameras(())
        self.set_things(())

    def _lay_out(self) -> None:
        reset = QPushButton(tr("Reset"))
        reset.clicked.connect(self._reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * SPACING,) * 4)
        layout.setSpacing(SPACING)
        layout.addLayout(self._make_form())
        foot = QHBoxLayout()  # in one row: at 200 % a screen of 800 pixels holds no further one
        foot.addWidget(self._doubtful, 1)
        foot.addWidget(reset)
        layout.addLayout(foot)
        for one, other in pairwise((self._stars, *self._labels.values(), self._eyes)):
            QWidget.setTabOrder(one, other)

    def _make_swatches(self) -> QWidget:
        row = QWidget()
        swatches = QHBoxLayout(row)
        swatches.setContentsMargins(0, 0, 0, 0)
        swatches.setSpacing(SPACING // 2)
        for swatch in self._labels.values():
            swatch.clicked.connect(self._changed)
            swatches.addWidget(swatch)
        swatches.addStretch(1)
        return row

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(SPACING)
        for name, field in (
            (tr("Stars"), self._stars),
            (tr("Eyes"), self._eyes),
            (tr("Sharpness"), self._focus),
            (tr("Kind of group"), self._kind),
            (tr("Likely rejects"), self._reject),
            (tr("Camera"), self._camera),
            (tr("It shows"), self._thing),
        ):
            field.setAccessibleName(name)
            field.setMinimumWidth(24 * SPACING)
            field.activated.connect(self._changed)
            form.addRow(QLabel(name), field)
        form.insertRow(1, QLabel(tr("Label")), self._make_swatches())
        form.addRow(QLabel(tr("Person")), self._person)
        return form

    def set_cameras(self, names: Sequence[str]) -> None:
        """Offer the shoot's cameras; the chosen one stays chosen."""
        self._camera.offer([("", tr(ANY)), *((name, name) for name in names)])
        self._camera.setEnabled(len(names) > 1)
        self._camera.set_value(self._criteria.camera)

    def set_things(self, things: Sequence[tuple[str, int]]) -> None:
        """Offer what the shoot's photos show, English words with the number of photos; the chosen one stays chosen."""
        said = [(word, spoken_word(TypedKind.THING, word), count) for word, count in things]
        self._thing.offer(
            [("", tr(ANY)), *((word, f"{name}  ({numeral(count)})") for word, name, count in said)]
        )
        self._thing.setEnabled(bool(things))
        self._thing.set_value(self._criteria.thing)

    def set_criteria(self, criteria: Criteria) -> None:
        """Show criteria, without signalling."""
        self._criteria = criteria
        self._stars.set_value(criteria.stars)
        self._eyes.set_value(criteria.eyes)
        self._focus.set_value(criteria.focus)
        self._kind.set_value(criteria.kind)
        self._reject.set_value(criteria.reject)
        self._camera.set_value(criteria.camera)
        self._thing.set_value(criteria.thing)
        for label, swatch in self._labels.items():
            swatch.setChecked(label in criteria.labels)
        self._doubtful.setChecked(criteria.doubtful)

    def show_person(self, person: ShownPerson | None) -> None:
        """Show whom the criteria are narrowed to."""
        self._person.show_person(person)

    def pop_up(self, below: QWidget) -> None:
        """Open under a widget, within its window, with the keyboard in it."""
        self.adjustSize()
        corner = below.mapToGlobal(QPoint(below.width() - self.width(), below.height()))
        window = below.window()
        corner.setX(max(corner.x(), window.mapToGlobal(QPoint(0, 0)).x()))
        self.move(corner)
        self.show()
        self._stars.setFocus()

    def _choose_person(self) -> None:
        self.hide()
        self.people_requested.emit()

    def _changed(self) -> None:
        self._criteria = replace(
            self._criteria,
            stars=self._stars.value(),
            labels=frozenset(label for label, swatch in self._labels.items() if swatch.isChecked()),
            eyes=self._eyes.value(),
            focus=self._focus.value(),
            kind=self._kind.value(),
            reject=self._reject.value(),
            camera=self._camera.value(),
            thing=self._thing.value(),
            doubtful=self._doubtful.isChecked(),
        )
        self.criteria_chosen.emit(self._criteria)

    def _reset(self) -> None:
        self.set_criteria(Criteria(show=self._criteria.show, text=self._criteria.text))
        self._changed()


def _choices(entries: Entries[T]) -> ChoiceBox[T | None]:
    return ChoiceBox((value, tr(words)) for value, words in entries)


def _swatch(label: Label, theme: Theme) -> QToolButton:
    side = scaled(2 * SPACING)
    button = QToolButton()
    button.setIcon(_shape(label, side))
    button.setIconSize(QSize(side, side))
    button.setCheckable(True)
    button.setFixedSize(side + SPACING, side + SPACING)  # as high as the words before it may be
    button.setAccessibleName(tr(LABEL_WORDS[label]))
    button.setToolTip(button.accessibleName())
    button.setStyleSheet(
        f"QToolButton {{ background: transparent; border: 3px solid transparent; border-radius: 6px; }}"
        f"QToolButton:checked {{ background: {css(theme.pressed)}; border-color: {css(theme.active)}; }}"
        f"QToolButton:focus {{ border-color: {css(theme.suggestion)}; }}"
        f"QToolButton:checked:focus {{ background: {css(theme.text_dim)}; }}"
    )
    return button


def _shape(label: Label, side: int) -> QIcon:
    pixmap = QPixmap(2 * side, 2 * side)  # drawn at twice the size for dense screens
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_label(painter, label, QRectF(pixmap.rect()).adjusted(2, 2, -2, -2))
    painter.end()
    return QIcon(pixmap)
