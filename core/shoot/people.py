"""Who is in the photos of a shoot, and what they are called."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from weakref import proxy

from core.known.people import KnownPerson, Recognised, recognise
from core.known.regions import regions_of, written_names
from core.subject.main_people import surely_seen
from core.types import Analysis, FaceRegions, Photo, PhotoId


class PhotosAndMeasures(Protocol):
    """A shoot, as far as its people are concerned."""

    @property
    def photos(self) -> Mapping[PhotoId, Photo]:
        """All photos, in the order of the shoot."""

    @property
    def analyses(self) -> Mapping[PhotoId, Analysis]:
        """What was measured; ``Face.identity`` numbers people, and the person most often seen is 0."""


class ShootPeople:
    """The people of one shoot by their numbers in it, as far as they are told apart.

    Args:
        shoot: they are in; read whenever something is asked, for more is measured all the time.
    """

    def __init__(self, shoot: PhotosAndMeasures) -> None:
        self._shoot: PhotosAndMeasures = proxy(shoot)  # this is its part: without a cycle both go at once
        self._known: Sequence[KnownPerson] | None = None  # until it was asked for
        self._recognised: Recognised | None = None

    def know(self, known: Sequence[KnownPerson]) -> None:
        """Take in whom the user named, here and in other shoots; nobody, too, is an answer."""
        self._known, self._recognised = known, None

    def forget_recognised(self) -> None:
        """Note that other measures are there: who is who is found out anew when it is asked for."""
        self._recognised = None

    @property
    def recognised(self) -> Recognised:
        """Who of the people was named, and who may be somebody named elsewhere.

        Until it is known whom the user named, nobody is: a name that files propose may be one the user said no to.
        """
        if self._known is None:
            return Recognised()
        if self._recognised is None:
            written = written_names(self._shoot.photos.values(), self._shoot.analyses)
            self._recognised = recognise(self._shoot.analyses, self._known, written)
        return self._recognised

    def key_people(self) -> dict[int, str]:
        """Return the names of the shoot's key people, by their numbers in it."""
        key = {person.name for person in self._known or () if person.is_key}
        return {who: name for who, name in self.recognised.named.items() if name in key} if key else {}

    def photos(self) -> dict[int, list[PhotoId]]:
        """Return the photos of each person, in order of the shoot; the person most often seen is 0."""
        found: dict[int, list[PhotoId]] = {}
        for photo_id in self._shoot.photos:
            for person in self.identities(photo_id):
                found.setdefault(person, []).append(photo_id)
        return dict(sorted(found.items()))

    def identities(self, photo_id: PhotoId) -> set[int]:
        """Return the numbers of the people in a photo, as far as they are told apart."""
        analysis = self._shoot.analyses.get(photo_id)
        faces = analysis.faces if analysis is not None else ()
        return {face.identity for face in faces if face.identity is not None}

    def face_count(self, photo_id: PhotoId) -> int | None:
        """Return how many faces of people were found in a photo; None where it is not measured."""
        analysis = self._shoot.analyses.get(photo_id)
        return None if analysis is None else len(surely_seen(analysis.faces))

    def names(self, photo_id: PhotoId) -> tuple[str, ...]:
        """Return the names of the people in a photo, the person most often seen in the shoot first."""
        named = self.recognised.named
        found = (named.get(who) for who in sorted(self.identities(photo_id))) if named else ()
        return tuple(dict.fromkeys(name for name in found if name is not None))

    def names_by_photo(self) -> dict[PhotoId, tuple[str, ...]]:
        """Return the names of the people in each photo where anybody has one."""
        return {photo_id: names for photo_id in self._shoot.photos if (names := self.names(photo_id))}

    def face_regions(self) -> dict[PhotoId, FaceRegions]:
        """Return the faces of people with a name in each measured photo; nothing where nobody has one."""
        named = self.recognised.named
        if not named:
            return {}
        return {
            photo_id: regions_of(self._shoot.photos[photo_id], analysis, named)
            for photo_id, analysis in self._shoot.analyses.items()
            if photo_id in self._shoot.photos
        }
