"""What a widget keeps comes back as it was; and nothing gives Qt values to keep in another way."""

import ast
from collections.abc import Iterator
from enum import IntEnum, StrEnum
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidgetItem, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from fixtures.syntax import tree_of
from ui.widgets.choices import ChoiceBox, keep, kept

ROOT = Path(__file__).parents[2]
KEEPING = {"itemData", "currentData", "findData", "setItemData", "setData", "userData"}


class Word(StrEnum):
    ONE = "one"


class Number(IntEnum):
    ONE = 1


VALUES = (
    Word.ONE,
    "one",
    Number.ONE,
    1,
    None,
    "",
    (Word.ONE,),
    {Word.ONE: Number.ONE},
    frozenset({Word.ONE}),
)


def same(one: object, other: object) -> bool:
    return one is other or (one == other and type(one) is type(other))


def test_a_choice_is_the_very_value_that_was_offered(qtbot: QtBot) -> None:
    box: ChoiceBox[object] = ChoiceBox((value, str(number)) for number, value in enumerate(VALUES))
    qtbot.addWidget(box)
    for index, value in enumerate(VALUES):
        box.setCurrentIndex(index)
        assert same(box.value(), value)
        box.set_value(value)
        assert box.value() == value
    box.set_value("not offered")
    assert box.currentIndex() == 0
    box.offer(())
    with pytest.raises(LookupError):
        box.value()


@pytest.mark.parametrize("item", [QListWidgetItem, QTreeWidgetItem])
def test_an_item_keeps_the_very_value(item: type[QListWidgetItem] | type[QTreeWidgetItem]) -> None:
    one = item()
    assert kept(one, object) is None
    for value in VALUES:
        keep(one, value)
        assert same(kept(one, object), value)
    keep(one, Word.ONE)
    assert kept(one, Word) is Word.ONE
    assert kept(one, int) is None


def given_to_qt(tree: ast.AST) -> Iterator[int]:
    """The lines on which a widget is given a value to keep, or asked for one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (node.attr in KEEPING or node.attr == "UserRole"):
            yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            words = node.func.attr
            if words in {"addItem", "insertItem"} and len(node.args) > 1 + (words == "insertItem"):
                yield node.lineno


def test_no_other_module_gives_qt_values_to_keep() -> None:
    allowed = {
        Path("ui/widgets/choices.py"),
        Path("ui/marks/roles.py"),
        Path("ui/handed_files.py"),  # bytes for other programs
        Path("ui/widgets/search_field.py"),  # plain text, which Qt's completer compares with what is typed
    }
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("ui", "app")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.relative_to(ROOT) not in allowed
        for line in given_to_qt(tree_of(path))
    ]
    assert found == []
