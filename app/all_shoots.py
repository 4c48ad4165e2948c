"""Searching all shoots by words: what the search box understands, asked of the library."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.bootstrap import Services
from app.descriptions import find_described
from app.filled_library import filled_library
from app.things import kept_placed, made_by_ours, together
from core.cancelling import Cancelled
from core.library.drives import Presence, presence
from core.persistence.library_rows import KnownFrame
from core.pipeline.thumbnail_work import Told
from core.shoot.all_shoots import AllShoots, check_asked, wanted
from core.shoot.query import Query
from core.shoot.search import asks_for_things, descriptions, finds, why_found
from core.types import PhotoId, Thing
from models.things import known_things, label_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A photo that was found.

    Attributes:
        frame: which.
        why: by what, a short phrase each.
        presence: where its file is; never gone.
    """

    frame: KnownFrame
    why: tuple[str, ...]
    presence: Presence


def search_all_shoots(
    query: Query, services: Services, cancelled: Cancelled, tell: Told = lambda _done, _total: None
) -> Iterator[list[Hit]]:
    """Yield photos of all shoots that a query finds, those known last first, some at a time; nothing is written.

    Args:
        query: what is asked.
        services: the library, and what is known beside it.
        cancelled: ends it early.
        tell: told how far it is where photos are looked at anew, for a description.

    Raises:
        NoLibraryError: it is off.
        NoQueryError: it asks for what only an open shoot knows.
        ModelError: a description is asked for, and no model for that can be used.
        StoreError: what is known cannot be read.
    """
    check_asked(query)
    file, made = filled_library(services, cancelled=cancelled)
    people, looks = _people(services, made.identity_sha256), services.decisions.looks()
    things = known_things()
    words = {thing.word: thing for thing in things}
    described: Mapping[str, tuple[PhotoId, ...]] = {}
    if texts := descriptions(query):
        everything = AllShoots(file.all_frames(), words)
        described = find_described(texts, everything, services, cancelled, tell)

    def in_pieces(thing: Thing) -> list[int]:
        label = label_of(thing)
        return file.numbers_of(services.measures.pieces.showing(label, made_by_ours())) if label else []

    for frames in file.may_have(wanted(query, things, in_pieces, people, looks)):
        if cancelled():
            return
        shoot = AllShoots(frames, words, people)
        shoot.described = dict(described)
        shoot.set_decisions(services.decisions.look_up(shoot.photos.values()))
        if asks_for_things(query):
            placed = kept_placed(shoot.photos.values(), services)
            shoot.things = together({each: tuple(found) for each, found in shoot.things.items()}, placed)
        found = []
        for photo_id, frame in shoot.frames.items():
            if finds(query, photo_id, shoot):
                where = presence(frame.photo.path, frame.volume)
                if where is not Presence.GONE:
                    found.append(Hit(frame, why_found(query, photo_id, shoot), where))
        yield found


def _people(services: Services, identity_sha256: str) -> dict[PhotoId, tuple[str, ...]]:
    """Return the names of people by photo, where they were named by a face in it, as a model measured it."""
    found: dict[PhotoId, tuple[str, ...]] = {}
    for person in services.people.everybody(identity_sha256):
        for face in person.faces:
            names = found.get(face.photo_id, ())
            if person.name not in names:
                found[face.photo_id] = (*names, person.name)
    return found
