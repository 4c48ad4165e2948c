"""The documents point at what is there."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from core.language import ENGLISH, languages

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for folder in (
        "",
        "docs",
        "docs/decisions",
        "docs/examples",
        "packaging",
        "resources/help",
        *(f"resources/help/{code}" for code in languages() if code != ENGLISH),
    )
    for path in (ROOT / folder).glob("*.md")
)
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text("utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


@each_document
def test_files_that_are_named_are_there(document: Path) -> None:
    if document.name == "CHANGELOG.md":
        return  # it tells of what was
    named = re.findall(
        r"`((?:app|core|ui|models|benchmarks|tests|resources|packaging|docs|\.ci|\.github)/[\w/.-]+)`",
        document.read_text("utf-8"),
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md"])
def test_names_of_the_code_that_are_spoken_of_are_in_it(name: str) -> None:
    """Functions, classes, fields and files without their folder: whoever renames one is told of the sentence."""
    sources = [
        path
        for folder in ("app", "core", "ui", "models", "benchmarks", "tests", "packaging", "docs")
        for path in (ROOT / folder).rglob("*.py")
    ]
    known = _words_of([*sources, ROOT / "pyproject.toml"])
    known |= {path.name for path in sources}
    spoken_of = re.findall(r"`([A-Za-z_][\w.]*)`", (ROOT / name).read_text("utf-8"))
    unknown = [
        word
        for word in spoken_of
        if word not in known and not (ROOT / word).exists() and not set(word.split(".")) <= known
    ]
    assert unknown == []


def test_names_that_docstrings_speak_of_are_in_the_module_they_name() -> None:
    """Such as ``core.files.open_file``: a module or a package that is there, and words that it holds."""
    folders = ("app", "core", "ui", "models", "benchmarks", "tests", "packaging", "docs")
    spoken_of = {
        (path, name)
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(rf"``((?:{'|'.join(folders)})(?:\.\w+)+)(?:\(\))?``", path.read_text("utf-8"))
    }
    assert len(spoken_of) > 100
    assert [(str(path.relative_to(ROOT)), name) for path, name in spoken_of if not _is_there(name)] == []


def _is_there(name: str) -> bool:
    """Tell whether a dotted name leads to a module or a package, and on to words that it holds."""
    place, words = ROOT, name.split(".")
    while words and (place / words[0]).is_dir():
        place /= words.pop(0)
    if words and (place / f"{words[0]}.py").is_file():
        return set(words[1:]) <= _words_of([place / f"{words[0]}.py"])
    # A package offers the first word itself; what that has may be in any of its modules.
    return set(words[:1]) <= _words_of([place / "__init__.py"]) and set(words) <= _words_of(
        place.glob("*.py")
    )


def _words_of(sources: Iterable[Path]) -> set[str]:
    return set(re.findall(r"\w+", "\n".join(path.read_text("utf-8") for path in sources)))


@each_document
def test_decisions_that_are_spoken_of_are_there(document: Path) -> None:
    numbers = re.findall(r"[Dd]ecisions? (\d+)", document.read_text("utf-8"))
    assert [
        number for number in numbers if not list((ROOT / "docs/decisions").glob(f"{int(number):04}-*.md"))
    ] == []


def test_modules_that_are_to_be_run_are_there() -> None:
    runs = {
        module
        for document in DOCUMENTS
        for module in re.findall(r"python -m ((?:benchmarks|docs|models)[\w.]*)", document.read_text())
    } - {"models.build.NAME"}
    assert runs
    for module in runs:
        path = ROOT.joinpath(*module.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_commands_of_make_are_there() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    spoken_of = {
        target for document in DOCUMENTS for target in re.findall(r"`make ([\w-]+)", document.read_text())
    }
    assert spoken_of <= targets
