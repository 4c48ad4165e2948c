"""The two sliders of grouping."""

from PySide6.QtWidgets import QPushButton, QSlider
from pytestqt.qtbot import QtBot

from core.settings import GroupingRules
from fixtures.windows import there
from ui.widgets.grouping_panel import GroupingPanel


def test_a_slider_moved_is_a_rule_chosen_and_reset_takes_it_back(qtbot: QtBot) -> None:
    panel = GroupingPanel()
    qtbot.addWidget(panel)
    chosen: list[GroupingRules] = []
    panel.rules_chosen.connect(chosen.append)
    bursts, scenes = panel.findChildren(QSlider)
    bursts.setValue(bursts.maximum())
    scenes.setValue(scenes.minimum())
    assert chosen[-1] == GroupingRules(burst_looseness=1.0, scene_looseness=0.0)
    there(panel.findChild(QPushButton)).click()
    assert chosen[-1] == GroupingRules()
    assert bursts.value() == bursts.maximum() // 2


def test_showing_rules_chooses_nothing(qtbot: QtBot) -> None:
    panel = GroupingPanel()
    qtbot.addWidget(panel)
    chosen: list[GroupingRules] = []
    panel.rules_chosen.connect(chosen.append)
    panel.set_rules(GroupingRules(0.25, 0.75))
    assert not chosen
    assert [slider.value() / slider.maximum() for slider in panel.findChildren(QSlider)] == [0.25, 0.75]
