"""Writes ``constraints-hashed.txt``: the packages of ``constraints.txt``, each with the sha256 of every file of it.

pip reads the lists of files, one a package, from wherever it is set up to install from; the places themselves are
written nowhere. Run it after ``constraints.txt`` was renewed: ``make lock``.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pip._internal.cli.req_command import RequirementCommand
from pip._internal.commands import create_command
from pip._internal.index.collector import LinkCollector, parse_links
from pip._vendor.packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from pip._vendor.packaging.version import InvalidVersion, Version

ROOT = Path(__file__).parents[1]
PINS, LOCK = ROOT / "constraints.txt", ROOT / "constraints-hashed.txt"
HEAD = """\
# What constraints.txt names, with the sha256 of all systems' files of each release, for the Pythons we run on.
# Made by `make lock`; `make app LOCKED=1 VENV=build/release` installs nothing else. The packages are those that
# Linux needs: Windows and macOS want a few more (colorama, pefile, pywin32-ctypes, macholib), to be pinned there.
"""
# What wheels for interpreters we do not run on say.
_OLD_PYTHON = re.compile(r"cp(2\d|3[0-9]|310)(?!\d)|pp\d+|graalpy")


def pins(text: str) -> dict[str, str]:
    """Return the versions by name, as ``constraints.txt`` spells them. Raises ValueError for any other line."""
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, equals, version = line.partition("==")
            if not equals:
                raise ValueError(f"{PINS.name}: no version is pinned in “{line}”")
            found[name] = version
    return found


def written(locked: dict[str, tuple[str, list[str]]]) -> str:
    """Return the lock as text, from versions and hashes by name."""
    entries = (
        " \\\n    ".join((f"{name}=={version}", *(f"--hash=sha256:{each}" for each in hashes)))
        for name, (version, hashes) in locked.items()
    )
    return HEAD + "\n".join(entries) + "\n"


def hashes(collector: LinkCollector, name: str, version: str) -> list[str]:
    """Return the sha256 of all files of a release, sorted."""
    sources = collector.collect_sources(canonicalize_name(name), candidates_from_page=lambda _: [])
    found = set()
    for source in (*sources.find_links, *sources.index_urls):
        # What lies on this machine is a copy.
        if source is None or source.link is None or source.link.is_file:
            continue
        page = collector.fetch_response(source.link)
        for link in parse_links(page) if page is not None else ():
            if link.hash_name == "sha256" and link.hash and _belongs(link.filename, name, version):
                found.add(link.hash)
    return sorted(found)


def _belongs(filename: str, name: str, version: str) -> bool:
    """Tell whether a file is of that release, and for one of our Pythons."""
    try:
        if filename.endswith(".whl"):
            of, its_version, _, tags = parse_wheel_filename(filename)
            if all(_OLD_PYTHON.match(tag.interpreter) and tag.abi != "abi3" for tag in tags):
                return False
        else:
            of, its_version = parse_sdist_filename(filename)
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
        return False
    return of == canonicalize_name(name) and its_version == Version(version)


def _locked(wanted: dict[str, str]) -> Iterator[tuple[str, tuple[str, list[str]]]]:
    command = create_command("download")
    assert isinstance(command, RequirementCommand)
    options, _ = command.parse_args(["nothing"])
    with command.main_context():
        session = command.get_default_session(options)
        finder = command._build_package_finder(options=options, session=session)
        for name, version in wanted.items():
            files = hashes(finder._link_collector, name, version)
            if not files:
                sys.exit(f"{name} {version} is not to be found where pip looks.")
            yield name, (version, files)


if __name__ == "__main__":
    LOCK.write_text(written(dict(_locked(pins(PINS.read_text("utf-8"))))), "utf-8")
