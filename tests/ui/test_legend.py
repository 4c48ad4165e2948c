"""The marks are explained: all of them in the sheet of keys, those of a face where the pointer rests."""

import inspect

from PySide6.QtGui import QPainterPath
from pytestqt.qtbot import QtBot

from ui.marks import badges
from ui.theme import DARK
from ui.widgets.legend import MARKS, Legend

ONLY_OPENED = {badges.spread}  # an opened stack explains itself


def glyphs() -> set[badges.Glyph]:
    return {
        each
        for _, each in inspect.getmembers(badges, inspect.isfunction)
        if each.__module__ == badges.__name__
        and each.__annotations__.get("return") is QPainterPath
        and not inspect.signature(each).parameters
    }


def test_every_mark_there_is_is_explained() -> None:
    assert len(glyphs()) > 10
    assert {glyph for glyph, _, _ in MARKS} == glyphs() - ONLY_OPENED


def test_a_narrow_legend_takes_more_lines_and_cuts_nothing(qtbot: QtBot) -> None:
    legend = Legend(DARK)
    qtbot.addWidget(legend)
    wide, narrow = legend._lines(2000), legend._lines(300)
    assert len(narrow) > len(wide)
    assert [at for line in narrow for at in line] == list(range(len(MARKS)))
    for line in narrow:
        assert len(line) == 1 or sum(legend._wide(at) for at in line) < 300
    assert legend.heightForWidth(300) > legend.heightForWidth(2000)
