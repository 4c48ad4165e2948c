"""Builds the sdist, the wheel from it, and tries the wheel: ``python packaging/package_test.py [DIST]``.

The wheel is installed into an environment of its own, and run from an empty folder with an empty home. Needs the
package ``build`` and a registry to install the dependencies from.
"""

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
_PACKAGES = ("app", "core", "models", "resources", "ui")
_BESIDE_THE_CODE = (
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "constraints.txt",
    "constraints-hashed.txt",
    "tests/conftest.py",
)


def main() -> None:
    """Read the command line; end with a word on stderr where something is wrong."""
    parser = argparse.ArgumentParser(description="Builds the sdist and the wheel and tries the wheel.")
    parser.add_argument("dist", type=Path, nargs="?", default=ROOT / "dist", metavar="DIST")
    dist = parser.parse_args().dist.absolute()
    for old in (*dist.glob("shortlist-*.whl"), *dist.glob("shortlist-*.tar.gz")):
        old.unlink()
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(dist), str(ROOT)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (sdist,), (wheel,) = dist.glob("shortlist-*.tar.gz"), dist.glob("shortlist-*.whl")
    _compare(sdist, _in_sdist(sdist), {*_committed(_PACKAGES), *_BESIDE_THE_CODE})
    # What made the weights is for developers; the sdist has it.
    _compare(
        wheel, zipfile.ZipFile(wheel).namelist(), (n for n in _committed(_PACKAGES) if "/build/" not in n)
    )
    _try_out(wheel)
    print(
        f"{wheel.name} ({wheel.stat().st_size / 1e6:.1f} MB) and {sdist.name} are whole, and the wheel runs."
    )


def _committed(folders: Iterable[str]) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def _in_sdist(sdist: Path) -> list[str]:
    with tarfile.open(sdist) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


def _compare(built: Path, contents: Iterable[str], wanted: Iterable[str]) -> None:
    missing = sorted(set(wanted) - set(contents))
    if missing:
        sys.exit(f"{built.name} lacks {', '.join(missing)}")


def _try_out(wheel: Path) -> None:
    """Install the wheel where nothing else is, and go through the program once."""
    with tempfile.TemporaryDirectory(prefix="shortlist-package-") as folder:
        home, python = Path(folder, "home"), Path(folder, "venv")
        home.mkdir()
        venv.create(python, with_pip=True)
        scripts = python / ("Scripts" if os.name == "nt" else "bin")
        install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-c",
            str(ROOT / "constraints.txt"),
        ]
        subprocess.run([scripts / "python", *install, wheel], check=True, cwd=home)
        smoke = Path(__file__).with_name("smoke_test.py")
        subprocess.run([sys.executable, smoke, scripts / "shortlist"], check=True, cwd=home)


if __name__ == "__main__":
    main()
