"""Into which files the decision about a photo goes: sidecars, the photo itself, or both."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.sidecar.belongings import owner_of, stills_of
from core.sidecar.profiles import Profile, container_of
from core.sidecar.sidecar_names import SidecarNames
from core.types import Photo


@dataclass(frozen=True, slots=True)
class Destinations:
    """The files of one photo's decision.

    Attributes:
        sidecars: to write, whether they exist yet or not.
        photos: to embed into; empty unless embedding was asked for.
    """

    sidecars: tuple[Path, ...]
    photos: tuple[Path, ...]


def destinations(photo: Photo, names: SidecarNames, profile: Profile, *, embed: bool = False) -> Destinations:
    """Return where a program looks for decisions about a photo.

    A sidecar that is there already is always among them: otherwise it would contradict the photo.

    Args:
        photo: the photo with its companions.
        names: of the shoot's sidecars, made with ``profile.naming``.
        profile: the program.
        embed: the user allows writing into photos, where the program looks there.
    """
    photos = tuple(_embeddable(photo, profile)) if embed else ()
    if owner_of(photo) in photos and not profile.sidecar_besides:
        return Destinations(names.existing(photo), photos)
    return Destinations(names.to_write(photo), photos)


def unread_without_embedding(photo: Photo, profile: Profile) -> bool:
    """Tell whether the program will not see the decision in a sidecar, so that only embedding reaches it."""
    return owner_of(photo) in _embeddable(photo, profile) and not profile.sidecar_besides


def _embeddable(photo: Photo, profile: Profile) -> Iterator[Path]:
    return (file for file in stills_of(photo) if container_of(file) in profile.embeds)
