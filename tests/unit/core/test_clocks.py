"""Two cameras' clocks: told by what both saw, set by the user, and never compared before."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from core.grouping.clock_words import camera_names, proposal, read_typed, span, typed
from core.grouping.clocks import Agreement, ClockOffset, agree, ahead_of_one, with_clocks
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper
from core.ingest.pairing import in_order
from core.persistence.session_store import SessionStore
from core.settings import GroupingRules
from core.types import Analysis, ClusterKind, Photo, PhotoId
from fixtures.frames import START, look, photo
from fixtures.measured import measured
from fixtures.shoots import Picture, scene, shifted

AHEAD = 3792.5  # seconds: an hour, three minutes, twelve and a half seconds
SCENES = 5


def seen_by_another(picture: Picture) -> Picture:
    """The same thing by a camera with a longer lens and warmer colours."""
    near = Image.fromarray(picture[30:610, 50:920]).resize((960, 640), Image.Resampling.BICUBIC)
    warmer: Picture = np.clip(np.asarray(near, np.float32) * (1.1, 1.0, 0.85), 0, 255).astype(np.uint8)
    return warmer


def two_cameras(ahead: float = AHEAD) -> tuple[list[Photo], dict[PhotoId, Analysis]]:
    """Two photographers at the same five scenes, ten minutes apart; the second one's clock is ahead."""
    photos, analyses = _two_cameras(ahead)
    return list(photos), dict(analyses)


@cache
def _two_cameras(ahead: float) -> tuple[list[Photo], dict[PhotoId, Analysis]]:
    photos, analyses = [], {}
    for number in range(SCENES):
        view = scene(20 + number)
        for index in range(3):
            seconds = 600.0 * number + 0.8 * index
            for camera, frame, off in (("one", view, 0.0), ("two", seen_by_another(view), ahead + 0.3)):
                name = f"{camera}{number}{index}"
                photos.append(photo(name, seconds + off, camera=camera))
                analyses[PhotoId(name)] = measured(
                    name, shifted(frame, 2 * index), look(number, 0.15, seed=len(photos))
                )
    return list(in_order(photos)), analyses


def proposed(photos: list[Photo], analyses: dict[PhotoId, Analysis]) -> tuple[ClockOffset, ...]:
    return Grouper(photos, analyses, Alignments()).clock_offsets({})


def test_the_offset_of_a_second_camera_is_told_to_the_second_with_what_speaks_for_it() -> None:
    (offset,) = proposed(*two_cameras())
    sign = 1 if offset.camera == "two" else -1
    assert sign * offset.agreement.ahead == pytest.approx(AHEAD, abs=2.0)
    assert {offset.camera, offset.reference} == {"one", "two"}
    assert offset.agreement.pairs >= offset.agreement.agreeing >= 3 * SCENES


def test_nothing_is_proposed_once_the_user_has_spoken() -> None:
    photos, analyses = two_cameras()
    grouper = Grouper(photos, analyses, Alignments())
    assert grouper.clock_offsets({"one": timedelta(0), "two": None}) == ()


def test_one_camera_and_cameras_that_saw_nothing_in_common_tell_nothing() -> None:
    photos, analyses = two_cameras()
    one = [frame for frame in photos if frame.camera == "one"]
    assert proposed(one, analyses) == ()
    apart = [
        frame
        for frame in photos
        if (frame.camera == "one") == (frame.id[3] in "01")  # the second was at the other scenes
    ]
    assert {frame.camera for frame in apart} == {"one", "two"}
    assert proposed(apart, analyses) == ()


def test_one_place_seen_by_the_second_camera_hours_later_is_no_proof() -> None:
    photos, analyses = two_cameras()
    once = [frame for frame in photos if frame.id[3] == "0"]
    assert proposed(once, analyses) == ()


def test_clocks_set_against_each_other_group_across_cameras_and_in_the_right_order() -> None:
    photos, analyses = two_cameras()
    apart = Grouper(photos, analyses, Alignments()).group(GroupingRules())
    assert len(apart.clusters) == 2 * SCENES
    assert len(apart.scenes) == 2 * SCENES, "an hour of difference tells nothing between two clocks"
    known = with_clocks(photos, {"one": timedelta(0), "two": timedelta(seconds=-AHEAD)})
    together = Grouper(in_order(known), analyses, Alignments()).group(GroupingRules())
    members = [{photo_id[3] for photo_id in cluster.photo_ids} for cluster in together.clusters]
    assert members == [{str(number)} for number in range(SCENES)]
    assert all(len(cluster.photo_ids) == 6 for cluster in together.clusters)
    assert together.scenes[0].starts_at == START


def test_a_bracket_of_one_camera_is_not_joined_with_what_the_other_saw() -> None:
    photos, analyses = two_cameras(0.0)
    bracketed = [
        replace(frame, shot=replace(frame.shot, exposure_bias=2.0 * int(frame.id[4]) - 2))
        if frame.camera == "one"
        else frame
        for frame in with_clocks(photos, {"one": timedelta(0), "two": timedelta(0)})
    ]
    grouping = Grouper(in_order(bracketed), analyses, Alignments()).group(GroupingRules())
    brackets = [cluster for cluster in grouping.clusters if cluster.kind is ClusterKind.BRACKET]
    assert [len(cluster.photo_ids) for cluster in brackets] == [3] * SCENES
    assert all(photo_id.startswith("one") for cluster in brackets for photo_id in cluster.photo_ids)


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    ahead=st.floats(-4e5, 4e5),
    occasions=st.integers(3, 12),
    strays=st.integers(0, 8),
    seed=st.integers(0, 10_000),
)
def test_a_few_occasions_outvote_strays_wherever_the_clocks_stand(
    ahead: float, occasions: int, strays: int, seed: int
) -> None:
    random = Random(seed)
    pairs = []
    for number in range(occasions):
        moment = START + timedelta(seconds=900.0 * number)
        for _ in range(random.randint(1, 4)):
            late = random.uniform(0, 4)
            pairs.append((moment, moment + timedelta(seconds=ahead + late)))
    pairs += [(START, START + timedelta(seconds=ahead + 1000 + 700 * stray)) for stray in range(strays)]
    random.shuffle(pairs)
    found = agree(pairs)
    assert found is not None
    assert -1.0 <= found.ahead - ahead <= 5.0
    assert found.agreeing <= found.pairs == len(pairs)


@hypothesis_settings(max_examples=40, deadline=None)
@given(
    times=st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), max_size=25),
    shift=st.integers(-(10**8), 10**8),
)
def test_moving_one_clock_moves_the_answer_as_far(times: list[tuple[int, int]], shift: int) -> None:
    def at(seconds: int) -> datetime:
        return START + timedelta(seconds=seconds)

    found = agree([(at(one), at(other)) for one, other in times])
    moved = agree([(at(one), at(other + 60 * shift)) for one, other in times])
    if found is None:
        assert moved is None
    else:
        assert moved == replace(found, ahead=found.ahead + 60 * shift)


def test_clocks_told_in_turn_are_all_set_against_the_first() -> None:
    chain = [
        ClockOffset("two", "one", Agreement(60.0, 5, 5)),
        ClockOffset("three", "two", Agreement(-10.0, 5, 5)),
    ]
    assert ahead_of_one(chain) == {"one": 0.0, "two": 60.0, "three": 50.0}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    with closing(SessionStore.open(tmp_path / "decisions.sqlite")) as opened:
        yield opened


def test_set_clocks_are_kept_by_folder_and_the_last_word_counts(store: SessionStore, tmp_path: Path) -> None:
    wedding, party = tmp_path / "wedding", tmp_path / "party"
    assert store.clocks([wedding]) == {}
    store.set_clocks([wedding, party], {"one": timedelta(0), "two": timedelta(seconds=-AHEAD)})
    store.set_clocks([party], {"two": None})
    with closing(SessionStore.open(tmp_path / "decisions.sqlite")) as reopened:
        assert reopened.clocks([wedding]) == {"one": timedelta(0), "two": timedelta(seconds=-AHEAD)}
        assert reopened.clocks([party]) == {"two": None}
        assert reopened.clocks([wedding, party])["two"] is None


def test_what_the_camera_wrote_stays_as_it_is() -> None:
    (frame,) = with_clocks([photo("a", 10.0, camera="two")], {"two": timedelta(seconds=-5)})
    assert frame.taken_at == START + timedelta(seconds=10)
    assert frame.moment == START + timedelta(seconds=5)
    last = datetime(9999, 12, 31, 23, 59, 59)
    broken = replace(frame, taken_at=last, clock_shift=timedelta(days=1))
    assert broken.moment == last


def test_offsets_are_said_with_what_speaks_for_them() -> None:
    frames = [
        replace(photo("a", camera="1234567"), camera_name="Nikon Z6"),
        replace(photo("b", camera="1239999"), camera_name="Nikon Z6"),
        replace(photo("c", camera="Nikon D850"), camera_name="Nikon D850"),
    ]
    names = camera_names(frames)
    assert list(names.values()) == ["Nikon Z6 …4567", "Nikon Z6 …9999", "Nikon D850"]
    sentence = proposal(ClockOffset("1239999", "Nikon D850", Agreement(-3792.4, 14, 16)), names)
    assert sentence == (
        "The clock of Nikon Z6 …9999 is 1 h 3 min 12 s behind that of Nikon D850 "
        "(14 of 16 pairs of alike photos agree)."
    )
    assert "agree (3 of 3" in proposal(ClockOffset("1234567", "Nikon D850", Agreement(0.3, 3, 3)), names)
    assert span(2 * 86_400 + 60) == "2 d 1 min"


@given(st.integers(-(10**10), 10**10))
def test_what_stands_in_the_field_is_read_back(tenths: int) -> None:
    assert read_typed(typed(tenths / 10)) == pytest.approx(tenths / 10)


WRITTEN = datetime(2009, 3, 1, 0, 3, 12)


@pytest.mark.parametrize(
    ("text", "really"),
    [
        ("−4018 d", datetime(2020, 3, 1, 0, 3, 12)),
        ("- 4018 days 1:00:00", datetime(2020, 3, 1, 1, 3, 12)),
        ("-11 years", datetime(2020, 3, 1, 0, 3, 12)),
        ("−11 Jahre 2 Tage 0:00:12", datetime(2020, 3, 3, 0, 3, 24)),
        ("+9 y 59 d", datetime(2000, 1, 2, 0, 3, 12)),
        ("2020-05-06 14:00", datetime(2020, 5, 6, 14, 0)),
        ("06.05.2020, 14:00:30", datetime(2020, 5, 6, 14, 0, 30)),
        ("2020/5/6 4:00", datetime(2020, 5, 6, 4, 0)),
        ("1 d", datetime(2009, 2, 28, 0, 3, 12)),
    ],
)
def test_clocks_years_apart_can_be_written(text: str, really: datetime) -> None:
    ahead = read_typed(text, WRITTEN)
    assert ahead is not None
    assert WRITTEN - timedelta(seconds=ahead) == really
    again = read_typed(typed(ahead), WRITTEN)
    assert again == ahead


@pytest.mark.parametrize(
    "text",
    [
        "11 moons",
        "2020-02-30 10:00",
        "9" * 12 + " d",
        "300 years",
        "2020-05-06",
        "d",
        "+",
        "1 d x",
        "0:00:-5",
    ],
)
def test_what_is_no_offset_is_not_guessed_at(text: str) -> None:
    assert read_typed(text, WRITTEN) is None


def test_years_and_dates_need_a_photo_to_count_from() -> None:
    assert read_typed("11 years") is None
    assert read_typed("2020-05-06 14:00") is None
    assert (
        read_typed("-11 years", datetime(2008, 2, 29))
        == -(date(2019, 2, 28) - date(2008, 2, 29)).days * 86_400
    )


def test_people_write_offsets_in_several_ways() -> None:
    assert [read_typed(text) for text in ("3:12", "-12,5", "+ 1:00:00", "−0:01:00", "soon", "")] == [
        192.0,
        -12.5,
        3600.0,
        -60.0,
        None,
        None,
    ]
