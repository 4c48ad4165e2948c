"""A function's docstring begins with a verb in the imperative, also where ruff's D401 knows no better."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.syntax import tree_of

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "benchmarks", "core", "docs", "models", "packaging", "ui")
# A property is named after what it is, and so may be said by a noun.
NAMED_BY_NOUNS = {"property", "cached_property"}
# With these a docstring begins that says what comes of a call, or when, and not what it does.
NO_VERBS = """
    a all also always an another any as at before below beyond both by each either every everything for from how if
    in its it more most neither never no nobody none not nothing of on one only other over several some somebody
    such that the their there these this those to true false two under up what when where whether which who whose
    width with without
"""


def begins_with_a_verb(docstring: str) -> bool:
    word = docstring.split(maxsplit=1)[0].strip(".,:;").lower()
    # "press" and "focus" are imperatives.
    third_person = word.endswith("s") and not word.endswith(("ss", "us"))
    return word not in NO_VERBS.split() and not third_person


def docstrings(package: str) -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if any(ast.unparse(each).split(".")[-1] in NAMED_BY_NOUNS for each in node.decorator_list):
                continue
            if docstring := ast.get_docstring(node):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", docstring


@pytest.mark.parametrize("package", PACKAGES)
def test_docstrings_of_functions_begin_with_a_verb(package: str) -> None:
    found = dict(docstrings(package))
    assert found
    assert {place: said for place, said in found.items() if not begins_with_a_verb(said)} == {}


@pytest.mark.parametrize(
    ("docstring", "holds"),
    [
        ("Return the photos.", True),
        ("Press the button.", True),
        ("Whether a photo is shown.", False),
        ("Such as “3 frames”.", False),
        ("Goes to the next photo.", False),
        ("How many there are.", False),
    ],
)
def test_a_verb_is_told_from_a_noun_and_from_the_third_person(docstring: str, *, holds: bool) -> None:
    assert begins_with_a_verb(docstring) is holds
