"""What a release is built from: pinned, with the hash of every file, and without the address of any registry."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PINS, LOCK = "constraints.txt", "constraints-hashed.txt"
PIN = re.compile(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.!+]+)")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}")


def pins() -> dict[str, str]:
    lines = [line for line in (ROOT / PINS).read_text("utf-8").splitlines() if not line.startswith("#")]
    matched = [PIN.fullmatch(line) for line in lines]
    assert all(matched), "a name and a version on each line"
    return {one[1]: one[2] for one in matched if one}


def entries() -> list[list[str]]:
    """The lines of each package in the lock, the one with the version first."""
    text = "".join(
        line for line in (ROOT / LOCK).read_text("utf-8").splitlines(keepends=True) if line[0] != "#"
    )
    return [entry.split(" \\\n") for entry in re.split(r"\n(?! )", text.rstrip("\n"))]


def test_the_lock_names_what_is_pinned() -> None:
    matched = [PIN.fullmatch(first) for first, *_ in entries()]
    assert all(matched)
    assert {one[1]: one[2] for one in matched if one} == pins(), "run `make lock`"


def test_every_package_has_the_hashes_of_its_files() -> None:
    for first, *hashes in entries():
        assert hashes, first
        assert all(map(HASH.fullmatch, hashes)), first
        assert len(set(hashes)) == len(hashes), first


@pytest.mark.parametrize("name", [PINS, LOCK, "packaging/make_lock.py", "Makefile"])
def test_no_address_is_written_down(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert not re.search(
        r"--(extra-)?index-url|--find-links|--trusted-host|\b[a-z0-9-]+\.(org|com|net|io)\b", text
    )


def test_what_the_program_asks_for_is_pinned_and_fits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    asked = [
        *project["project"]["dependencies"],
        *extras["dev"],
        *extras["bundle"],
        *project["build-system"]["requires"],
    ]
    known = {canonicalize_name(name): version for name, version in pins().items()}
    for requirement in map(Requirement, asked):
        version = known.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not pinned"
        assert requirement.specifier.contains(version), f"{requirement} is not met by {version}"
