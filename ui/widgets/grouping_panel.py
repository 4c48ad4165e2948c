"""The two sliders of grouping: how readily frames become one burst, and bursts one scene."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSlider, QWidget

from core.language import ntr, tr
from core.settings import GroupingRules
from core.shoot.shoot import Shoot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.progress_strip import groups_words
from ui.widgets.style import form_style, slider_style

_STEPS = 40  # of a slider, from tight to loose


class GroupingPanel(QFrame):
    """Pops up over the photos, which are grouped anew as a slider moves; a click elsewhere or Esc closes it."""

    rules_chosen = Signal(object)  # GroupingRules

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._rules = GroupingRules()
        self._bursts = _slider(theme, tr("Bursts"))
        self._scenes = _slider(theme, tr("Scenes"))
        self._words = QLabel()
        reset = QPushButton(tr("Reset"))
        reset.clicked.connect(self._reset)
        layout = QGridLayout(self)
        layout.setContentsMargins(*(2 * SPACING,) * 4)
        layout.setSpacing(SPACING)
        rows = ((tr("Bursts"), self._bursts), (tr("Scenes"), self._scenes))
        for row, (name, slider) in enumerate(rows):
            for column, widget in enumerate((QLabel(name), QLabel(tr("tight")), slider, QLabel(tr("loose")))):
                layout.addWidget(widget, row, column)
            slider.valueChanged.connect(self._changed)
        layout.addWidget(self._words, 2, 0, 1, 3)
        layout.addWidget(reset, 2, 3, Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(tr("Groups"))
        self.setObjectName("popup")  # an edge that shows on any ground
        self.setStyleSheet(form_style(theme))
        self.set_rules(self._rules)

    def set_rules(self, rules: GroupingRules) -> None:
        """Show rules without signalling."""
        self._rules = rules
        for slider, looseness in (
            (self._bursts, rules.burst_looseness),
            (self._scenes, rules.scene_looseness),
        ):
            with QSignalBlocker(slider):
                slider.setValue(round(looseness * _STEPS))

    def count(self, shoot: Shoot) -> None:
        """Say what came of it, such as "90 photos in 32 groups · 56 scenes"."""
        scenes = ntr("{count:,} scene", "{count:,} scenes", len(shoot.scenes)).format(count=len(shoot.scenes))
        self._words.setText(f"{groups_words(shoot.tally)}  ·  {scenes}")

    def present_below(self, bar: QWidget) -> None:
        """Show it below a bar, at its right end."""
        at = bar.mapToGlobal(bar.rect().bottomRight())
        self.adjustSize()
        self.move(at.x() - self.width(), at.y())
        self.show()
        self._bursts.setFocus()

    def _changed(self) -> None:
        self._rules = replace(
            self._rules,
            burst_looseness=self._bursts.value() / _STEPS,
            scene_looseness=self._scenes.value() / _STEPS,
        )
        self.rules_chosen.emit(self._rules)

    def _reset(self) -> None:
        self.set_rules(GroupingRules())
        self.rules_chosen.emit(self._rules)


def _slider(theme: Theme, name: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, _STEPS)
    slider.setPageStep(_STEPS // 8)
    slider.setMinimumWidth(24 * SPACING)
    slider.setStyleSheet(slider_style(theme))
    slider.setAccessibleName(name)
    return slider
