"""Under which names copies lie: the camera's own, or those of a template."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from core.ingest.frame_names import renamed, shared_stem, with_number
from core.naming.facts import KnownOfShoot, PhotoFacts
from core.naming.names import Naming, NewName
from core.offload.cards import CardFile, CardFrame
from core.types import PhotoId

FrameNaming = Callable[[CardFrame], NewName]
"""Returns the folders below the target, and the part of the name that all files of the frame share."""


def as_on_card(frame: CardFrame) -> NewName:
    """Keep the camera's names, and put them all into one folder."""
    return NewName((), shared_stem(frame.main.path.name))


def by_template(naming: Naming, frames: Iterable[CardFrame], known: KnownOfShoot) -> FrameNaming:
    """Name frames by a template; films and what is no photo as far as something is known of them.

    Args:
        naming: what the user wrote.
        frames: of all cards that are copied, in the order in which they are counted.
        known: what the shoot tells of its photos.
    """
    frames = list(frames)
    known = replace(known, title=naming.shoot or known.title)
    photos = [frame.photo for frame in frames if frame.photo is not None]
    facts: dict[PhotoId, PhotoFacts] = dict(
        zip((photo.id for photo in photos), known.facts(photos, naming.start), strict=True)
    )
    behind = {
        frame.main.path: naming.start + len(photos) + at
        for at, frame in enumerate(frame for frame in frames if frame.photo is None)
    }

    def name_of(frame: CardFrame) -> NewName:
        if frame.photo is not None and frame.photo.id in facts:
            said = facts[frame.photo.id]
        else:
            said = replace(_facts_of_file(frame), shoot=known.title, counter=behind.get(frame.main.path))
        return naming.template.of(said)

    return name_of


def place_of(file: CardFile, frame: CardFrame, name: NewName, number: int) -> PurePosixPath:
    """Return where a file of a frame goes, below the target.

    Args:
        file: any of the frame's.
        frame: whose.
        name: as of ``FrameNaming``.
        number: put behind the shared part, the same for all files of the frame; 1 for none.
    """
    stem = with_number(name.stem, number)
    return PurePosixPath(*name.folders, renamed(file.path.name, frame.main.path, stem))


def _facts_of_file(frame: CardFrame) -> PhotoFacts:
    """Return what a file tells that is not read: its name, its folder, and the day it was written."""
    path = frame.main.path
    return PhotoFacts(
        taken=datetime.fromtimestamp(frame.main.mtime_ns / 1e9),
        is_dated_by_file=True,
        name=shared_stem(path.name),
        folder=path.parent.name,
    )
