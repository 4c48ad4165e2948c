"""Likely rejects: what is black, blurred, empty or shows shut eyes is told of, what may be meant so is not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.degradation import blurred as spread
from benchmarks.quality.degradation import disc, streak
from core.language import tr
from core.pipeline.workers import measure_photo
from core.ranking.likely_rejects import flaws, in_words, likely_rejects
from core.types import (
    Analysis,
    Cluster,
    ClusterId,
    ClusterKind,
    Damage,
    Exposure,
    EyeState,
    Face,
    FlawKind,
    Photo,
    PhotoId,
    SceneId,
    Sharpness,
)
from fixtures.frames import analysis, face
from fixtures.shoots import Picture, scene, write_photo
from models.local import LocalModels

_GREY = np.full((640, 960, 3), 90, np.uint8)


def noisy(picture: Picture, deviation: float = 4.0) -> Picture:
    noise = np.random.default_rng(0).normal(0, deviation, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def shallow() -> Picture:
    """A small subject in focus before a background that is not."""
    picture = spread(scene(1), disc(12)).copy()
    picture[250:400, 350:550] = scene(1)[250:400, 350:550]
    return picture


def panned() -> Picture:
    """The camera went with the subject."""
    picture = spread(scene(2), streak(40, 0.0)).copy()
    picture[250:400, 350:600] = scene(2)[250:400, 350:600]
    return picture


def night() -> Picture:
    """A few lamps in the dark."""
    picture = np.full((640, 960, 3), 3, np.uint8)
    for x in range(60, 900, 120):
        picture[300:312, x : x + 12] = 240
    return noisy(picture, 2)


def silhouette() -> Picture:
    picture = np.full((640, 960, 3), 5, np.uint8)
    picture[:, 700:] = 190
    return picture


def empty_sky() -> Picture:
    """A helicopter far off: one small thing in focus, and nothing beside it."""
    picture = np.full((640, 960, 3), 130, np.uint8)
    picture[320:332, 470:500] = 40
    picture[316:318, 455:515] = 60
    return noisy(picture, 1)


def found_in(picture: Picture, folder: Path) -> list[FlawKind]:
    """What the program says of a picture, measured as any photo is."""
    path = write_photo(folder / "photo.jpg", picture)
    measured = measure_photo(Photo(PhotoId("photo"), path), LocalModels()).analysis
    return [flaw.kind for flaw in flaws(measured)]


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (np.zeros_like(_GREY), FlawKind.BLACK),
        (noisy(np.full_like(_GREY, 4)), FlawKind.BLACK),
        (np.full_like(_GREY, 255), FlawKind.WHITE),
        (_GREY, FlawKind.EMPTY),
        (noisy(_GREY), FlawKind.EMPTY),
        (spread(scene(3), disc(9)), FlawKind.BLURRED),
        (spread(scene(3), streak(30, 0.4)), FlawKind.BLURRED),
    ],
    ids=["black", "lens cap", "white", "grey", "noise alone", "out of focus", "shaken"],
)
def test_what_nobody_would_keep_is_told_with_its_reason(
    picture: Picture, kind: FlawKind, tmp_path: Path
) -> None:
    assert found_in(picture, tmp_path) == [kind]


@pytest.mark.parametrize(
    "picture",
    [scene(4), noisy(scene(4), 12), shallow(), panned(), night(), silhouette(), empty_sky()],
    ids=["sharp", "noisy", "shallow depth of field", "panning", "night", "silhouette", "empty sky"],
)
def test_what_may_be_meant_so_is_left_alone(picture: Picture, tmp_path: Path) -> None:
    assert found_in(picture, tmp_path) == []


def shut(size: float, **facts: object) -> Face:
    closed = EyeState.CLOSED
    both = replace(face(closed, size=size), right_eye=closed, left_eye=closed, eyes_open=0.001, gaze=0.2)
    return replace(both, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("faces", "told"),
    [
        ((shut(0.2),), True),
        ((shut(0.2), face(size=0.1)), True),
        ((shut(0.1), face(size=0.2)), False),  # a bystander's eyes
        ((shut(0.2, smile=0.8),), False),  # a laugh
        ((shut(0.2, smile=None),), False),  # not seen from the front
        ((shut(0.2, confidence=0.5),), False),  # a doll
        ((shut(0.2, right_eye=EyeState.OPEN),), False),  # a wink
        ((shut(0.2, eyes_open=0.02),), False),  # narrow eyes, or a squint
        ((shut(0.2, gaze=0.4),), False),  # a look down, or eyes behind glasses
        ((shut(0.01),), False),  # too small to tell
        ((face(EyeState.CANT_TELL),), False),
        ((), False),
    ],
)
def test_only_the_main_person_s_surely_shut_eyes_count(faces: tuple[Face, ...], told: bool) -> None:
    faces = tuple(replace(each, box=replace(each.box, x=0.1 + 0.4 * at)) for at, each in enumerate(faces))
    kinds = [flaw.kind for flaw in flaws(analysis("A", faces=faces))]
    assert kinds == ([FlawKind.EYES_SHUT] if told else [])


def test_a_damaged_picture_says_nothing_of_what_was_photographed() -> None:
    grey = replace(analysis("A"), sharpness=Sharpness(0.0, detail=0.0))
    assert flaws(grey)
    assert not flaws(replace(grey, damage=Damage.CUT_OFF))
    assert flaws(replace(grey, damage=Damage.CUT_OFF, stand_in=True)), "its RAW was measured, and is sound"


shares = st.floats(0, 1)
analyses = st.builds(
    lambda focus, detail, mean, burnt, faces: replace(
        analysis("A", faces=tuple(faces)),
        sharpness=Sharpness(0.5, focus, detail=detail),
        exposure=Exposure(mean, 0.0, 0.0, 1.0, burnt),
    ),
    st.none() | shares,
    st.none() | st.floats(0, 300),
    shares,
    shares,
    st.lists(st.sampled_from([shut(0.2), face(), face(EyeState.CANT_TELL, size=0.3)]), max_size=3),
)


@given(analyses)
def test_no_word_is_untrue_of_its_figures(measured: Analysis) -> None:
    told = flaws(measured)
    kinds = [flaw.kind for flaw in told]
    assert len(kinds) == len(set(kinds))
    for flaw in told:
        assert 0 <= flaw.figure <= 1
        assert in_words(flaw) != ""
        match flaw.kind:
            case FlawKind.BLURRED:
                assert measured.sharpness.in_focus == flaw.figure < 0.5
            case FlawKind.BLACK:
                assert measured.exposure.mean == flaw.figure < 0.1
            case FlawKind.WHITE:
                assert max(measured.exposure.mean, measured.exposure.burnt) > 0.9
            case FlawKind.EMPTY:
                assert measured.sharpness.detail is not None
                assert measured.sharpness.detail < 20
            case FlawKind.EYES_SHUT:
                assert any(each.eyes is EyeState.CLOSED for each in measured.faces)


@given(
    st.sampled_from(ClusterKind),
    st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from([0.01, 0.9, None]), min_size=1, max_size=4),
    st.sets(st.sampled_from("ABCDE")),
)
def test_a_burst_is_told_of_only_where_no_frame_may_save_it(
    kind: ClusterKind, focus: dict[str, float | None], unmeasured: set[str]
) -> None:
    ids = tuple(map(PhotoId, focus if kind is not ClusterKind.SINGLE else list(focus)[:1]))
    measured = {
        PhotoId(name): replace(analysis(name), sharpness=Sharpness(0.5, value))
        for name, value in focus.items()
        if name not in unmeasured
    }
    told = likely_rejects(Cluster(ClusterId("c"), kind, ids, SceneId("s")), measured, ())
    poor = [each for each in ids if each in measured and measured[each].sharpness.in_focus == 0.01]
    whole = poor == list(ids) and kind is not ClusterKind.BRACKET
    assert set(told) == (set(ids) if whole else set())
    assert all(told.values())


def test_the_words_are_parts_of_a_sentence() -> None:
    blurred = flaws(replace(analysis("A"), sharpness=Sharpness(0.5, 0.01)))
    assert tr("Likely a reject: {flaws}").format(flaws=in_words(blurred[0])) == (
        "Likely a reject: blurred all over"
    )
