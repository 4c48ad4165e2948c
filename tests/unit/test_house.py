"""The shape of the code: files of one idea, and nothing built by hand that has a part of its own."""

import ast
import re
from pathlib import Path

from fixtures.syntax import tree_of

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for folder in ("app", "benchmarks", "core", "docs", "models", "packaging", "tests", "ui")
    for path in (ROOT / folder).rglob("*.py")
)
_REMARK_AT_A_BRACKET = re.compile(r"^ *[\])}]+(?: = [^#\n]*)?[:,]?  # (?!fmt: |type: |noqa)", re.MULTILINE)
_DIMMED_BY_HAND = re.compile(r'setStyleSheet\(f"color: \{css\([\w.]*text_dim\)\};"\)')


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_a_dimmed_label_is_a_note() -> None:
    by_hand = [name(path) for path in SOURCES if _DIMMED_BY_HAND.search(path.read_text("utf-8"))]
    assert by_hand == ["ui/widgets/note.py"]


def test_the_room_around_what_a_dialog_holds_is_made_in_one_place() -> None:
    """A class that is a dialog, or is built on one, gives itself no layout of its own."""
    classes = {
        node.name: (path, node)
        for path in SOURCES
        if name(path).startswith("ui/")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    }

    def is_dialog(node: ast.ClassDef) -> bool:
        bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
        return "QDialog" in bases or any(base in classes and is_dialog(classes[base][1]) for base in bases)

    dialogs = {title: (path, node) for title, (path, node) in classes.items() if is_dialog(node)}
    assert len(dialogs) > 20
    by_hand = [
        f"{name(path)}: {title}"
        for title, (path, node) in dialogs.items()
        if re.search(r"Q\w*Layout\(self\)", ast.unparse(node))
    ]
    assert by_hand == []


_MOVES = re.compile(
    r"QPropertyAnimation|QVariantAnimation|QTimeLine|QMovie|QScroller|QGraphicsOpacityEffect|setAnimated\(True"
    r"|\.setRange\(0, 0\)|\.setMaximum\(0\)"
)


def test_nothing_moves_by_itself_but_what_the_one_switch_stops() -> None:
    """Who asked for less motion, here or on the desktop, sees none."""
    moving = [
        name(path)
        for path in SOURCES
        if name(path).startswith(("app/", "ui/")) and _MOVES.search(path.read_text("utf-8"))
    ]
    assert moving == []
    assert "setRange(0, 1 if _still else 0)" in (ROOT / "ui/motion.py").read_text("utf-8")


def test_no_lambda_of_a_widget_hears_what_outlives_it() -> None:
    """Qt disconnects a widget's methods when it is destroyed; a lambda would be called on, and touch what is gone."""
    found = [
        f"{name(path)}:{call.lineno}"
        for path in SOURCES
        if name(path).startswith("ui/")
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and _hears_by_lambda(call, function)
    ]
    assert found == []


def _hears_by_lambda(call: ast.Call, function: ast.FunctionDef) -> bool:
    """Tell whether a lambda is connected to a signal of something that was given to the function."""
    match call:
        case ast.Call(func=ast.Attribute(value=source, attr="connect"), args=[ast.Lambda(), *_]):
            given = {each.arg for each in (*function.args.args, *function.args.kwonlyargs)} - {"self"}
            return ast.unparse(source).partition(".")[0] in given
    return False


def test_no_file_is_longer_than_a_reader_takes_in() -> None:
    """Under 400 lines is the rule; this is the wall behind it, where a file has to be split before it goes on."""
    long = {
        name(path): count for path in SOURCES if (count := len(path.read_text("utf-8").splitlines())) > 500
    }
    assert long == {}


def test_no_remark_hangs_on_a_closing_bracket() -> None:
    """A remark too long for its line breaks the statement apart when it is formatted: it belongs above."""
    hanging = [name(path) for path in SOURCES if _REMARK_AT_A_BRACKET.search(path.read_text("utf-8"))]
    assert hanging == []


def test_folders_are_asked_for_in_one_place() -> None:
    """The system's dialog begins at wherever the program was started, where nobody says where to begin."""
    asking = [
        name(path) for path in SOURCES if "QFileDialog.getExistingDirectory(" in path.read_text("utf-8")
    ]
    assert [each for each in asking if not each.startswith("tests/")] == ["ui/asked_folder.py"]
