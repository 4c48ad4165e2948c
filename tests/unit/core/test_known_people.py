"""People by name: who is named stays named, who may be somebody is only proposed, and nobody is two in one frame."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.known.people import KnownFace, KnownPerson, beside, faces_of, recognise, with_key_people
from core.persistence.people_store import PeopleStore
from core.types import Analysis, Box, PhotoId
from fixtures.frames import analysis, face

MODEL = "a" * 64
PLACES = (Box(0.1, 0.2, 0.2, 0.2), Box(0.5, 0.2, 0.2, 0.2), Box(0.1, 0.6, 0.2, 0.2))


def signature(who: int, noise: int = 0) -> bytes:
    """What tells somebody's face from others: the same direction, a little off each time."""
    vector = np.zeros(128, np.float32)
    vector[who] = 1.0
    vector[64 + noise % 32] = 0.3
    return (vector / np.linalg.norm(vector)).astype("<f2").tobytes()


def shoot(*frames: dict[int, int], prefix: str = "f") -> dict[PhotoId, Analysis]:
    """Photos, each with people by their number in the shoot, and who that really is; others by another prefix."""
    found = {}
    other = 0 if prefix == "f" else 16
    for at, people in enumerate(frames):
        name = f"{prefix}{at}"
        faces = tuple(
            replace(face(), identity=number, box=PLACES[place], signature=signature(who, at + place + other))
            for place, (number, who) in enumerate(people.items())
        )
        found[PhotoId(name)] = analysis(name, faces=faces)
    return found


def known(name: str, analyses: Mapping[PhotoId, Analysis], who: int) -> KnownPerson:
    return KnownPerson(name, faces_of(who, analyses))


FIRST = shoot({0: 7, 1: 8}, {0: 7}, {1: 8})


def test_who_was_named_has_the_name_however_people_are_numbered() -> None:
    anna = known("Anna", FIRST, 0)
    turned = shoot({1: 7, 0: 8}, {1: 7}, {0: 8})
    assert recognise(FIRST, [anna]).named == {0: "Anna"}
    assert recognise(turned, [anna]).named == {1: "Anna"}


def test_a_face_found_by_another_version_of_the_detector_is_the_same() -> None:
    anna = known("Anna", FIRST, 0)
    moved = {
        photo_id: replace(
            each, faces=tuple(replace(one, box=replace(one.box, x=one.box.x + 0.02)) for one in each.faces)
        )
        for photo_id, each in FIRST.items()
    }
    assert recognise(moved, [anna]).named == {0: "Anna"}


def test_photos_that_were_renamed_or_copied_keep_who_was_named_and_who_was_not(store: PeopleStore) -> None:
    renamed = {PhotoId(f"other {photo_id}"): each for photo_id, each in FIRST.items()}
    store.name(faces_of(0, FIRST), "Anna", MODEL)
    store.deny(faces_of(1, FIRST), "Anna", MODEL)
    found = recognise(renamed, store.everybody(MODEL))
    assert (found.named, found.proposed) == ({0: "Anna"}, {})
    store.name(faces_of(0, renamed), "Hanna", MODEL)
    assert store.names() == ("Hanna",), "the name of before is not kept for the files of before"
    assert recognise(FIRST, store.everybody(MODEL)).named == {0: "Hanna"}


def test_a_name_in_other_letters_is_the_same_and_is_spelled_as_it_was_last(store: PeopleStore) -> None:
    other = shoot({0: 7}, prefix="g")
    store.name(faces_of(0, FIRST), "anna", MODEL)
    store.name(faces_of(0, other), "Anna", MODEL)
    assert store.names() == ("Anna",)
    (anna,) = store.everybody(MODEL)
    assert len(anna.faces) == 3


def test_what_files_call_somebody_is_proposed_unless_denied_or_taken(store: PeopleStore) -> None:
    alike = shoot({0: 7, 1: 8}, {0: 7})
    found = recognise(alike, [], {0: "Maria", 1: "Maria"})
    assert (found.named, found.proposed, found.written) == ({}, {0: "Maria"}, frozenset({0}))
    store.deny(faces_of(0, alike), "Maria", MODEL)
    assert store.names() == (), "she has no name here"
    assert recognise(alike, store.everybody(MODEL), {0: "Maria"}).proposed == {}
    store.name(faces_of(0, alike), "Anna", MODEL)
    found = recognise(alike, store.everybody(MODEL), {0: "Maria", 1: "Maria"})
    assert (found.named, found.proposed) == ({0: "Anna"}, {1: "Maria"})
    store.forget("Maria")
    store.name(faces_of(0, alike), "", MODEL)
    assert recognise(alike, store.everybody(MODEL), {0: "Maria"}).proposed == {0: "Maria"}


def test_who_is_a_key_person_is_kept_with_the_name_and_forgotten_with_it(store: PeopleStore) -> None:
    assert not store.set_key("Anna", is_key=True), "nobody has a name"
    store.name(faces_of(0, FIRST), "anna", MODEL)
    assert store.set_key("anna", is_key=True)
    store.name(faces_of(0, shoot({0: 7}, prefix="g")), "Anna", MODEL)
    assert store.key_names() == {"Anna"}, "spelled otherwise, still the same"
    assert [person.is_key for person in store.everybody(MODEL)] == [True]
    assert store.set_key("Anna", is_key=False)
    assert store.key_names() == frozenset()
    store.set_key("Anna", is_key=True)
    store.forget("Anna")
    store.name(faces_of(0, FIRST), "Anna", MODEL)
    assert store.key_names() == frozenset(), "another Anna"


def test_faces_of_key_people_are_marked_and_given_back() -> None:
    marked = with_key_people(FIRST, {0: "Anna"})
    assert {photo_id: [each.key_name for each in one.faces] for photo_id, one in marked.items()} == {
        "f0": ["Anna", ""],
        "f1": ["Anna"],
    }
    assert with_key_people({**FIRST, **marked}, {0: "Anna"}) == {}, "nothing new"
    assert with_key_people(marked, {}).keys() == marked.keys()


def test_in_another_shoot_the_name_is_only_proposed() -> None:
    found = recognise(shoot({4: 7}, {5: 9}, prefix="g"), [known("Anna", FIRST, 0)])
    assert found.named == {}
    assert found.proposed == {4: "Anna"}, "nobody else is like her"


def test_two_people_of_one_frame_are_never_one() -> None:
    alike = shoot({0: 7, 1: 7}, prefix="g")
    assert beside(0, alike) == {1}
    proposed = recognise(alike, [known("Anna", FIRST, 0)]).proposed
    assert list(proposed.values()) == ["Anna"]
    anna = KnownPerson("Anna", (*faces_of(0, FIRST), *faces_of(1, alike)))
    found = recognise(alike, [anna])
    assert (found.named, found.proposed) == ({1: "Anna"}, {})


def test_who_is_said_to_be_somebody_else_is_not_proposed_again() -> None:
    other = shoot({0: 7}, {0: 7}, prefix="g")
    anna = replace(known("Anna", FIRST, 0), strangers=faces_of(0, other)[:1])
    assert recognise(other, [anna]).proposed == {}


def test_faces_of_another_model_prove_nothing() -> None:
    short = KnownPerson("Anna", (KnownFace(PhotoId("elsewhere"), PLACES[0], b"\0\x3c" * 4),))
    assert recognise(FIRST, [short]).proposed == {}


frames = st.lists(
    st.dictionaries(st.integers(0, 5), st.integers(0, 5), min_size=1, max_size=3), min_size=1, max_size=6
)


@given(frames, frames)
def test_whatever_the_shoots_nobody_is_twice_in_a_frame(
    one: list[dict[int, int]], other: list[dict[int, int]]
) -> None:
    first, second = shoot(*one), shoot(*other, prefix="g")
    everybody = [known(f"P{who}", first, who) for who in range(6) if faces_of(who, first)]
    found = recognise(second, everybody)
    assert not found.named
    for each in second.values():
        people = [one.identity for one in each.faces if one.identity is not None]
        names = [found.proposed[who] for who in people if who in found.proposed]
        assert len(names) == len(set(names))


@pytest.fixture
def store(tmp_path: Path) -> PeopleStore:
    return PeopleStore(tmp_path / "people.sqlite")


def files(store: PeopleStore, tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("people.sqlite*"))


def test_nothing_is_there_before_the_first_name(store: PeopleStore, tmp_path: Path) -> None:
    assert not store.is_there
    assert store.names() == ()
    assert store.everybody(MODEL) == ()
    assert not store.forget("Anna")
    store.forget_everybody()
    assert files(store, tmp_path) == []


def test_names_are_kept_with_their_faces(store: PeopleStore, tmp_path: Path) -> None:
    store.name(faces_of(0, FIRST), "Änne", MODEL)
    store.name(faces_of(1, FIRST), "Bob", MODEL)
    again = PeopleStore(tmp_path / "people.sqlite")
    assert again.names() == ("Bob", "Änne")
    assert {person.name: person.faces for person in again.everybody(MODEL)} == {
        "Bob": faces_of(1, FIRST),
        "Änne": faces_of(0, FIRST),
    }
    assert all(not person.faces for person in again.everybody("b" * 64)), "other weights, other signatures"


def test_another_name_takes_the_first_away_and_none_forgets(store: PeopleStore) -> None:
    store.name(faces_of(0, FIRST), "Ana", MODEL)
    store.name(faces_of(0, FIRST), "Anna", MODEL)
    assert store.names() == ("Anna",)
    store.name(faces_of(0, FIRST), "", MODEL)
    assert store.names() == ()


def test_who_somebody_is_not_is_kept(store: PeopleStore) -> None:
    other = shoot({0: 7}, prefix="g")
    store.name(faces_of(0, FIRST), "Anna", MODEL)
    store.deny(faces_of(0, other), "Anna", MODEL)
    (anna,) = store.everybody(MODEL)
    assert anna.strangers == faces_of(0, other)
    assert recognise(other, [anna]).proposed == {}


def test_forgetting_leaves_nothing_on_the_disk(store: PeopleStore, tmp_path: Path) -> None:
    for who, name in ((0, "Anna Karenina"), (1, "Bob")):
        store.name(faces_of(who, FIRST), name, MODEL)
    signatures = [one.signature for one in faces_of(0, FIRST)]

    def on_disk(what: bytes) -> bool:
        return any(what in file.read_bytes() for file in files(store, tmp_path))

    assert on_disk(b"Anna Karenina")
    assert on_disk(signatures[0])
    assert store.forget("Anna Karenina")
    assert not on_disk(b"Anna Karenina")
    assert not any(map(on_disk, signatures))
    assert store.names() == ("Bob",)
    store.forget_everybody()
    assert files(store, tmp_path) == []
