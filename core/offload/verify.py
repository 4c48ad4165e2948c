"""Whether copies are still what they were: each file of a list of checksums is read again from its disk."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from core.cancelling import Cancelled, Stopped, cancellable, never
from core.errors import SourceError
from core.ingest.formats import Kind, kind_of
from core.language import say
from core.offload.manifest import MANIFEST, Manifest
from core.offload.proof import digest_of
from core.sidecar.atomic_file import sentence

_AT_ONCE = 2


@dataclass(slots=True)
class Verified:
    """What became of copies.

    Attributes:
        lists: the lists of checksums that were found.
        sound: files that are what they were.
        changed: photos and films that are not.
        edited: sidecars that are not: programs write into them.
        missing: files that are not there any more.
        unreadable: files that could not be read, each with why.
        not_understood: lines of the lists that are no checksums.
        cancelled: it was stopped.
    """

    lists: list[Path] = field(default_factory=list)
    sound: int = 0
    changed: list[Path] = field(default_factory=list)
    edited: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)
    unreadable: dict[Path, str] = field(default_factory=dict)
    not_understood: int = 0
    cancelled: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether every photo and film of the lists is what it was."""
        return not (self.changed or self.missing or self.unreadable or self.cancelled)


def verify(
    folder: Path,
    on_progress: Callable[[int, int], None] = lambda _done, _of: None,
    cancelled: Cancelled = never,
) -> Verified:
    """Compare the files of a folder with the lists of checksums there and below.

    Args:
        folder: where copies lie.
        on_progress: told after each file how many of how many are done.
        cancelled: asked all the time.

    Raises:
        SourceError: there is no list of checksums, or it cannot be read.
    """
    result = Verified()
    wanted = list(_wanted(folder, result).items())

    def check(one: tuple[Path, str]) -> tuple[Path, bool | OSError | None]:
        path, digest = one
        with cancellable(cancelled):
            try:
                return path, digest_of(path) == digest
            except Stopped:
                return path, None
            except OSError as error:
                return path, error

    with ThreadPoolExecutor(_AT_ONCE) as readers:
        for done, (path, found) in enumerate(readers.map(check, wanted), 1):
            _take(result, path, found)
            on_progress(done, len(wanted))
    result.cancelled = cancelled()
    return result


def _take(result: Verified, path: Path, found: bool | OSError | None) -> None:
    if isinstance(found, FileNotFoundError):
        result.missing.append(path)
    elif isinstance(found, OSError):
        result.unreadable[path] = str(sentence(found))
    elif found:
        result.sound += 1
    elif found is False:
        (result.edited if kind_of(path) is Kind.SIDECAR else result.changed).append(path)


def _wanted(folder: Path, result: Verified) -> dict[Path, str]:
    """Return the files of all lists, each with its checksum; the lists and what they hold else go into the result."""
    wanted: dict[Path, str] = {}
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if MANIFEST not in names:
            continue
        try:
            manifest = Manifest.read(Path(at))
        except OSError as error:
            raise SourceError(
                say("“{file}” cannot be read. {reason}", file=Path(at) / MANIFEST, reason=sentence(error))
            ) from error
        result.lists.append(Path(at) / MANIFEST)
        result.not_understood += manifest.not_understood
        wanted |= {Path(at) / name: digest for name, digest in manifest.sums.items()}
    if not result.lists:
        raise SourceError(
            say(
                "“{folder}” has no list of checksums ({name}), as lies beside photos that were copied from a card.",
                folder=folder,
                name=MANIFEST,
            )
        )
    return wanted
