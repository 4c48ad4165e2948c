"""Words mean one thing: no two classes share a name, and the glossary's rows are complete."""

import ast
from collections import Counter, defaultdict
from pathlib import Path

from fixtures.syntax import tree_of

ROOT = Path(__file__).parents[2]


def test_no_two_classes_share_a_name() -> None:
    where = defaultdict(list)
    for package in ("app", "core", "models", "ui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "build" in path.relative_to(ROOT).parts:
                continue  # tools beside the program
            for node in tree_of(path).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    where[node.name].append(str(path.relative_to(ROOT)))
    twice = {name: paths for name, paths in where.items() if len(paths) > 1}
    assert twice == {}


def test_every_word_of_the_glossary_is_there_once_and_has_a_meaning() -> None:
    lines = (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    tables = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")
    ]
    rows = [cells for cells in tables if cells[0] != "word"]
    words = [cells[0] for cells in rows]
    assert len(words) > 40
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert [cells[0] for cells in rows if len(cells[-2]) < 10] == []
