"""What lies on a card: its frames with all that belongs to them, and how much of it is left where it is."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.cancelling import Cancelled, never
from core.errors import PhotoError
from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import claims, folded, frame_key
from core.ingest.leftovers import is_leftover
from core.ingest.natural_order import natural_key
from core.sidecar.atomic_file import sentence
from core.sidecar.belongings import Belongings
from core.types import Photo


@dataclass(frozen=True, slots=True)
class CardFile:
    """A file of a card as it was when it was planned.

    Attributes:
        path: absolute.
        size_bytes, mtime_ns: of the file.
    """

    path: Path
    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class CardFrame:
    """One press of the shutter, or one film: files that stay together.

    Attributes:
        photo: as the shoot has it; None for a film alone, and for what could not be read as a photo.
        main: the file that the others are named after.
        files: all of them, ``main`` first.
    """

    photo: Photo | None
    main: CardFile
    files: tuple[CardFile, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A card, or a folder that is treated as one.

    Attributes:
        folder: as the user named it, absolute.
        frames: in the order of the shoot; what is no photo comes behind.
        left: files that are neither photo nor film nor belong to one: the camera's own.
        problems: what could not be looked at.
    """

    folder: Path
    frames: tuple[CardFrame, ...]
    left: int = 0
    problems: tuple[PhotoError, ...] = ()


def read_card(folder: Path, photos: Sequence[Photo], cancelled: Cancelled = never) -> Card:
    """Find all that is to be copied from a card; nothing of it is opened.

    Args:
        folder: the card.
        photos: what the pipeline found, here and on other cards.
        cancelled: asked at each folder; once it is true, what was found so far is returned.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    mine = [photo for photo in photos if photo.path.is_relative_to(folder)]
    files, left, problems = _walk(folder, cancelled)
    belongings = Belongings(mine)
    frames: list[CardFrame] = []
    taken: set[Path] = set()
    for photo in mine:
        paths = dict.fromkeys((*belongings.frame(photo), *belongings.sidecars(photo)))
        found = tuple(files[path] for path in paths if path in files)
        if found and found[0].path == photo.path:
            frames.append(CardFrame(photo, found[0], found))
            taken.update(file.path for file in found)
    rest = [file for path, file in files.items() if path not in taken]
    return Card(folder, (*frames, *_without_photo(rest)), left, problems)


def _walk(folder: Path, cancelled: Cancelled) -> tuple[dict[Path, CardFile], int, tuple[PhotoError, ...]]:
    """Return the files that a photographer would miss, how many others there are, and what cannot be listed."""
    files: dict[Path, CardFile] = {}
    left = 0
    problems: list[PhotoError] = []
    waiting = [folder]
    while waiting and not cancelled():
        at = waiting.pop()
        try:
            with os.scandir(at) as listing:
                entries = sorted(listing, key=lambda entry: natural_key(entry.name))
        except OSError as error:
            problems.append(PhotoError(at, sentence(error)))
            continue
        below = []
        for entry in entries:
            try:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below += [] if is_leftover(entry.name) else [Path(entry.path)]
                elif not entry.is_file() or kind_of(entry.name) is Kind.OTHER:
                    left += 1
                else:
                    status = entry.stat()
                    files[Path(entry.path)] = CardFile(Path(entry.path), status.st_size, status.st_mtime_ns)
            except OSError as error:
                problems.append(PhotoError(Path(entry.path), sentence(error)))
        waiting += reversed(below)
    return files, left, tuple(problems)


def _without_photo(files: Iterable[CardFile]) -> Iterator[CardFrame]:
    """Yield films with what is named after them, and all else by itself."""
    small: list[CardFile] = []
    frames: dict[tuple[Path, str], list[CardFile]] = defaultdict(list)
    for file in files:
        if kind_of(file.path) is Kind.SIDECAR:
            small.append(file)
        else:
            frames[file.path.parent, frame_key(file.path.name)].append(file)
    for file in small:
        names = [
            frame_key(f"{claim.name}." if not claim.of_file else claim.name)
            for claim in claims(file.path.name)
        ]
        owner = next((key for name in names if (key := (file.path.parent, name)) in frames), None)
        frames[owner or (file.path, folded(file.path.name))].append(file)
    for together in frames.values():
        yield CardFrame(None, together[0], tuple(together))
