"""All that a user can read goes through the catalogue. The syntax tree of the whole program proves it."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import core.errors
from core.errors import ShortlistError

ROOT = Path(__file__).parents[3]
PACKAGES = ("app", "core", "models", "ui")
WORDS = ("tr", "ntr", "mark", "say")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """The program's files by their paths; what only builds the models is none of it."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not path.is_relative_to(ROOT / "models" / "build"):
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield name_of(node.func), node


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_read_from_a_table(node: ast.expr) -> bool:
    """Whether a message is named elsewhere: in a variable, an attribute, a table, or one of two of these."""
    if isinstance(node, ast.IfExp):
        return is_read_from_a_table(node.body) and is_read_from_a_table(node.orelse)
    if isinstance(node, ast.Call):
        return name_of(node.func) == "get"
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript)


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def kinds_of_error() -> set[str]:
    """The names of all errors that carry a sentence, wherever they are made."""
    known = {name for name, kind in vars(core.errors).items() if _is_ours(kind)}
    classes = [node for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        more = {one.name for one in classes if known & {name_of(base) for base in one.bases}} - known
        if not more:
            return known
        known |= more


def _is_ours(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, ShortlistError)


def test_translators_see_every_message_because_it_stands_in_the_code_as_one_literal() -> None:
    hidden = []
    for path, tree in modules():
        if path == "core/language.py":  # which makes these
            continue
        for name, call in calls(tree):
            if name in ("say", "mark") and isinstance(call.func, ast.Name):
                said = call.args[:1]
            elif name == "ntr":
                said = call.args[:2]
            elif name == "tr":  # what ``mark`` named in a table may be read from there
                said = [one for one in call.args if not is_read_from_a_table(one)]
            else:
                continue
            hidden += [f"{path}:{call.lineno}" for one in said if not is_literal(one)]
    assert not hidden, "one literal sentence, with named fields for what varies: " + ", ".join(hidden)


def test_every_field_of_a_sentence_is_given_and_used() -> None:
    unlike = [
        f"{path}:{call.lineno}: {call.args[0].value}"
        for path, tree in modules()
        for name, call in calls(tree)
        if name == "say" and call.args and isinstance(call.args[0], ast.Constant)
        if fields(call.args[0].value) != {one.arg for one in call.keywords}
    ]
    assert not unlike, "\n".join(unlike)


def test_every_error_carries_a_sentence_that_is_said_where_it_is_read() -> None:
    """mypy sees to it that it is a sentence; here, that nobody silences mypy, and says it too early."""
    kinds = kinds_of_error()
    assert {"PhotoError", "PacketError", "ClusterError", "DamagedError"} <= kinds
    raised = [
        (path, call) for path, tree in modules() for name, call in calls(tree) if name in kinds and call.args
    ]
    assert len(raised) > 100
    baked = [
        f"{path}:{call.lineno}"
        for path, call in raised
        for part in ast.walk(call.args[-1])
        if isinstance(part, ast.JoinedStr)
        or (isinstance(part, ast.Call) and name_of(part.func) in ("tr", "ntr", "format"))
        or (part is call.args[-1] and isinstance(part, ast.Constant))
    ]
    assert not baked, ", ".join(baked)
