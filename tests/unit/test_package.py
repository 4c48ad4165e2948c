"""What a package of ours must contain: all data files, and the licence of everything that comes along."""

import subprocess
import tomllib
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.notices import LIBRARIES, Library, licence_text, notices
from models.manifest import manifest

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = ("app", "core", "models", "resources", "ui")


def committed() -> list[PurePosixPath]:
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if names.returncode:
        pytest.skip("this is no clone: what belongs to the package cannot be told from what lies about")
    return [PurePosixPath(line) for line in names.stdout.splitlines() if (ROOT / line).is_file()]


def test_every_data_file_is_packaged() -> None:
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]
    packaged = {
        path.relative_to(ROOT).as_posix()
        for package, globs in patterns.items()
        for glob in globs
        for path in ROOT.joinpath(package).glob(glob)
    }
    data = {str(path) for path in committed() if path.suffix != ".py" and "build" not in path.parts}
    assert data
    assert data - packaged == set()


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in committed() if path.suffix == ".py"}
    assert [str(folder) for folder in folders if not (ROOT / folder / "__init__.py").is_file()] == []


def test_every_library_that_comes_along_is_named() -> None:
    needed: set[str] = set()
    waiting = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in needed or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        needed.add(name)
        waiting += map(Requirement, distribution(name).requires or ())
    assert {canonicalize_name(library.package) for library in LIBRARIES} == needed


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.package)
def test_every_library_s_licence_can_be_read(library: Library) -> None:
    assert len(licence_text(library)) > 500


def test_the_program_and_its_models_come_first_with_their_licences() -> None:
    first, *models = notices()[: 1 + len(manifest())]
    assert first.text() == (ROOT / "LICENSE").read_text("utf-8")
    assert [notice.name for notice in models] == [model.version for model in manifest()]
    assert all(len(notice.text()) > 500 for notice in models)
