"""The names of looks as keywords, beside the photos of all shoots at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from core.cancelling import go_on
from core.export.links import with_links_said
from core.export.planned import PlannedFile
from core.export.xmp import XmpChoices, plan_xmp
from core.language import Sentence, ntr, say
from core.library.drives import Presence, presence
from core.persistence.library_store import LibraryStore
from core.persistence.library_words import May
from core.sidecar.destinations import unread_without_embedding
from core.types import Decision, Photo, PhotoId


@dataclass(frozen=True, slots=True)
class NamedEverywhere:
    """What writing the names would do.

    Attributes:
        plan: file by file.
        photos: whose names it writes, by path.
        away: photos that have a name and lie on a drive that is not connected.
    """

    plan: tuple[PlannedFile, ...]
    photos: tuple[Photo, ...]
    away: int


def plan_look_names(file: LibraryStore, names: Mapping[PhotoId, str], choices: XmpChoices) -> NamedEverywhere:
    """Plan the names of looks as keywords, and nothing else of what was decided; nothing is written.

    Args:
        file: of the library; photos it does not know are left out.
        names: of the looks of photos.
        choices: the program that is to read them, and whether photos are written into.

    Raises:
        StoreError: the library cannot be read.
        Stopped: it is not wanted any more; see ``core.cancelling``.
    """
    named: list[Photo] = []
    away = 0
    for frames in file.may_have([May(photo_ids=tuple(names))]):
        go_on()
        for frame in frames:
            if frame.photo.id in names:
                where = presence(frame.photo.path, frame.volume)
                away += where is Presence.AWAY
                if where is Presence.HERE:
                    named.append(frame.photo)
    named.sort(key=lambda photo: photo.path)
    plan = tuple(_planned(file, named, names, choices))
    return NamedEverywhere(plan, tuple(named), away)


def _planned(
    file: LibraryStore, named: list[Photo], names: Mapping[PhotoId, str], choices: XmpChoices
) -> Iterator[PlannedFile]:
    only = replace(choices, looks=True, advice=False, metadata=None, regions=False)
    decisions = {photo.id: Decision(photo.id, look=names[photo.id]) for photo in named}
    folders = {photo.path.parent for photo in named}
    beside = [photo for folder in sorted(folders) for photo in _in_folder(file, folder)]
    for planned in with_links_said(plan_xmp(named, beside, decisions, choices=only), sorted(folders)):
        go_on()
        yield planned


def _in_folder(file: LibraryStore, folder: Path) -> list[Photo]:
    """Return the photos of a folder: the others there may own a sidecar's name."""
    numbers = [number for number, path, _ in file.below(folder) if path.parent == folder]
    return [frame.photo for frame in file.frames(numbers).values()]


def names_title() -> Sentence:
    """Return what writing them, and undoing it, is called."""
    return say("Names of looks in all shoots")


def names_away_words(away: int) -> str:
    """Say that some photos with a name cannot be written beside; "" where all can."""
    if not away:
        return ""
    return ntr(
        "{count:,} photo with a name lies on a drive that is not connected, and is left out.",
        "{count:,} photos with a name lie on drives that are not connected, and are left out.",
        away,
    ).format(count=away)


def names_unread_words(choices: XmpChoices, photos: Iterable[Photo]) -> str:
    """Say which program will not see the names beside how many photos; "" where it sees all."""
    if choices.embed:
        return ""
    unread = sum(unread_without_embedding(photo, choices.profile) for photo in photos)
    if not unread:
        return ""
    return ntr(
        "{program} reads no sidecar of {count:,} photo, so it will not see the name there.",
        "{program} reads no sidecars of {count:,} photos, so it will not see the names there.",
        unread,
    ).format(program=choices.profile.name, count=unread)
