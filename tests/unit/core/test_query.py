"""The search box's plain syntax, what each field finds and why, and that nothing typed is an exception."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.language import set_language
from core.pipeline.events import ClustersUpdated, PhotosFound
from core.shoot.criteria import Criteria
from core.shoot.query import STATES, Field, NoQueryError, Numbers, parse
from core.shoot.search import finds, why_found
from core.shoot.shoot import Shoot
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    Flag,
    Label,
    Photo,
    PhotoId,
    Scene,
    SceneId,
    Shot,
    Thing,
    WrittenWords,
)
from fixtures.frames import analysis

A, B, C = (PhotoId(name) for name in "abc")
PHOTOS = (
    Photo(
        A,
        Path("/shoot/IMG_0001 Hündin.jpg"),
        taken_at=datetime(2025, 6, 14, 13, 59, 59),
        camera_name="Canon EOS R5",
        shot=Shot(lens="RF85mm F1.2 L USM", focal_length=85.0, iso=100, f_number=1.2),
        words=WrittenWords(("Dog", "beach dogs"), ("A long walk",), ("Prater", "Wien", "Austria")),
    ),
    Photo(
        B,
        Path("/shoot/IMG_0002.jpg"),
        taken_at=datetime(2025, 6, 14, 14, 0),
        camera_name="NIKON Z 8",
        shot=Shot(lens="NIKKOR Z 24-70mm f/2.8 S", focal_length=70.0, iso=3200, f_number=2.8),
        words=WrittenWords(("hotdog",)),
    ),
    Photo(C, Path("/shoot/car.jpg"), taken_at=datetime(2025, 6, 15, 9, 30)),
)


@pytest.fixture
def shoot() -> Shoot:
    shoot = Shoot()
    shoot.apply(PhotosFound(0, PHOTOS, ()))
    burst = Cluster(ClusterId("ab"), ClusterKind.BURST, (A, B), SceneId("s"), suggested_pick=B)
    single = Cluster(ClusterId("c"), ClusterKind.SINGLE, (C,), SceneId("s"))
    scene = Scene(SceneId("s"), (burst.id, single.id), None, None)
    shoot.apply(ClustersUpdated(0, (burst, single), (scene,)))
    shoot.set_decisions(
        {
            A: Decision(A, Flag.PICK, 3, Label.RED, look="First dance"),
            B: Decision(B, Flag.REJECT, 5),
        }
    )
    shoot.analyses = {each: analysis(each) for each in (A, B)}
    shoot.things = {C: (Thing("car", ("limousine",)),)}
    return shoot


def found(text: str, shoot: Shoot) -> str:
    query = parse(text)
    return "".join(photo.id for photo in PHOTOS if finds(query, photo.id, shoot))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", "abc"),
        ("img", "ab"),
        ("IMG 0002", "b"),
        ("0001 hündin", "a"),
        ("0001 h\u0075\u0308ndin", "a"),  # as a Mac writes it
        ("dog", "a"),  # no hotdog, but dogs
        ("DOGS", "a"),
        ("-dog", "bc"),
        ("-dog -car", "b"),
        ("car", "c"),
        ("auto", "c"),
        ("limousine", "c"),
        ("thing:car", "c"),
        ("name:car", "c"),
        ("thing:dog", ""),
        ("wien", "a"),
        ("place:aus", "a"),
        ("ort:wien", "a"),
        ('"long walk"', "a"),
        ('"walk long"', ""),
        ("title:walk", "a"),
        ("keyword:beach", "a"),
        ('keyword:"beach dogs"', "a"),
        ('-keyword:"beach dogs"', "bc"),
        ("keyword:walk", ""),
        ("dance", "a"),
        ("look:first", "a"),
        ("eos", "a"),
        ("anon", ""),
        ("camera:anon", "a"),
        ("camera:nikon", "b"),
        ("kamera:canon", "a"),
        ("lens:85", "a"),
        ("lens:85mm", "a"),
        ("lens:70", "b"),
        ("lens:nikkor", "b"),
        ("objektiv:rf", "a"),
        ("mm:85", "a"),
        ("mm:24..70", "b"),
        ("after:14:00", "b"),
        ("before:14:00", "ac"),
        ("after:9 before:13", "c"),
        ("after:2025-06-15", "c"),
        ("before:2025-06-15", "ab"),
        ("after:2025-06-14T14:00", "bc"),
        ('after:"2025-06-14 14:00"', "bc"),
        ("after:2025-06-14 before:14:00", "ac"),
        ("rating:3", "a"),
        ("rating:>=3", "ab"),
        ("rating:3+", "ab"),
        ("rating:0", "c"),
        ("sterne:<5", "ac"),
        ("iso:>1600", "b"),
        ("-iso:>1600", "ac"),
        ("iso:100..3200", "ab"),
        ("f:1,2", "a"),
        ("label:red", "a"),
        ("farbe:rot", "a"),
        ("is:pick", "a"),
        ("is:reject", "b"),
        ("is:undecided", "c"),
        ("ist:offen", "c"),
        ("is:burst", "ab"),
        ("is:single", "c"),
        ("is:suggested", "b"),
        ("people:0", "ab"),
        ("person:1", ""),
        ("dog -is:reject iso:<=400 after:2025-06-14", "a"),
        ("“long walk”", "a"),
        ("«long walk»", "a"),
        ("„long   walk“", "a"),
        ('"long\nwalk"', "a"),
        ("–iso:>1600", "ac"),
        ("−iso:>1600", "ac"),
        ("iso：>1600", "b"),
        ("\u200ewalk\u200f", "a"),
        ("\u202awalk\u202c", "a"),
        ("walk " * 2000, "a"),
        (" ".join(f"-x{number}" for number in range(2000)), "abc"),
    ],
)
def test_a_query_finds_what_it_says(text: str, ids: str, shoot: Shoot) -> None:
    assert found(text, shoot) == ids


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("img", ("its name",)),
        ("dogs", ("keyword “beach dogs”",)),
        ("wien", ("place “Wien”",)),
        ("walk", ("caption “A long walk”",)),
        ("dance eos", ("look “First dance”", "camera Canon EOS R5")),
        ("lens:85", ("taken at 85 mm",)),
        ("rf85", ("lens RF85mm F1.2 L USM",)),
        ("is:pick -car", ()),
    ],
)
def test_a_hit_says_why(text: str, why: tuple[str, ...], shoot: Shoot) -> None:
    assert finds(parse(text), A, shoot)
    assert why_found(parse(text), A, shoot) == why


def test_what_a_photo_shows_is_said_in_the_users_language(shoot: Shoot) -> None:
    assert why_found(parse("auto"), C, shoot) == ("it shows: car",)
    try:
        for language, word in (("de", "Auto"), ("fr", "voiture")):
            set_language(language)
            assert word in why_found(parse("thing:car"), C, shoot)[0]
    finally:
        set_language("en")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("foo:bar", "There is no foo: to search by"),
        ("lens:", "lens: wants something behind it, such as lens:85"),
        ('keyword:""', "keyword: wants something behind it"),
        ('dog "first dan', "A quotation mark is not closed"),
        ("dog -", "A - wants a word behind it"),
        ("rating:many", "rating: does not know “many”"),
        ("after:25:00", "after: does not know “25:00”"),
        ("before:2025-02-30", "does not know"),
        ("label:pink", "label: does not know “pink”"),
        ("is:nice", "is: does not know “nice”. It wants something such as is:pick"),
        ("person:0", "person: does not know"),
        ("iso:>", "iso: does not know"),
        ('"', "There is nothing between the quotation marks"),
        (f"{'x' * 10_000}:b", f"There is no {'x' * 39}…: to search by"),
        (f"iso:{'x' * 10_000}", f"iso: does not know “{'x' * 39}…”"),
    ],
)
def test_what_is_no_query_gets_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NoQueryError, match=sentence):
        parse(text)


FIELDS = st.sampled_from([field.value for field in Field] + ["foo", "Kamera", "C"])
PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["-", '"', ":", " ", "..", ">", "14:00", "2025-06-14", "١٢", "²", "9" * 400, *STATES]),
    st.builds("{}:{}".format, FIELDS, st.text(max_size=6)),
)


@given(st.lists(PIECES, max_size=6).map("".join))
@example("person:²")
@example("iso:1..")
@example('-:"')
@example("after:٣")
@example("f:" + "9" * 400)
def test_nothing_typed_is_an_exception(text: str) -> None:
    shoot = Shoot()
    shoot.apply(PhotosFound(0, PHOTOS, ()))
    query = None
    with suppress(NoQueryError):
        query = parse(text)
    if query is None:
        assert Criteria(text=text).passes(A, shoot), "it narrows nothing"
        return
    for photo in PHOTOS:
        assert isinstance(finds(query, photo.id, shoot), bool)
        assert all(why_found(query, photo.id, shoot))
        assert Criteria(text=text).passes(photo.id, shoot) is finds(query, photo.id, shoot)


@given(st.text(alphabet="abc ñ", min_size=1, max_size=10).filter(str.strip))
def test_a_word_and_its_negation_part_the_shoot(word: str) -> None:
    shoot = Shoot()
    shoot.apply(PhotosFound(0, PHOTOS, ()))
    quoted = f'"{word.strip()}"'
    assert sorted(found(quoted, shoot) + found(f"-{quoted}", shoot)) == ["a", "b", "c"]


def test_ranges_hold_their_ends() -> None:
    assert parse("iso:100..400").terms[0].numbers == Numbers(100, 400)
    assert not Numbers(100, 400, beyond=True).hold(400)
    assert replace(parse("dog").terms[0], negated=True) == parse("-dog").terms[0]
