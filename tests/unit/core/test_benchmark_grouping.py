"""The benchmark's own arithmetic, on cases that can be counted by hand."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from benchmarks.grouping import truth
from benchmarks.grouping.robustness import burst_f1, hardships, scaled
from benchmarks.grouping.scores import agreement, retrieval, whole
from benchmarks.grouping.triage import triage
from core.grouping import bursts
from core.grouping.evidence import Alignments
from core.pipeline.events import PhotosAnalyzed, PhotosFound
from core.settings import Weights
from core.shoot.shoot import Shoot
from core.types import Photo, TimeSource
from fixtures.frames import analysis, look, photo


def moment(photo: Photo) -> datetime:
    assert photo.taken_at is not None
    return photo.taken_at


def test_pairs_are_counted() -> None:
    right = dict(zip("abcde", "11122", strict=True))
    found = dict(zip("abcde", "xxyzz", strict=True))  # ab and de of ab, ac, bc, de
    scores = agreement(found, right)
    assert (scores["precision"], scores["recall"]) == (1.0, 0.5)
    assert whole(found, right) == 0.5
    assert agreement(right, right)["f1"] == agreement(right, right)["ari"] == 1.0


def test_neighbours_are_counted() -> None:
    similarity = np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]], np.float32)
    perfect = retrieval(similarity, ["a", "a", "b"], [0, 1])
    assert (perfect["map@10"], perfect["recall@1"], perfect["n-s"]) == (1.0, 1.0, 2.0)
    wrong = retrieval(similarity, ["a", "b", "a"], [0])
    assert (wrong["map@10"], wrong["recall@1"], wrong["recall@4"]) == (0.5, 0.0, 1.0)


def test_folders_are_known_by_their_names() -> None:
    assert truth.retrieval_classes(["ukbench00003.jpg", "ukbench00004.jpg"]) == {
        "ukbench00003.jpg": "u0",
        "ukbench00004.jpg": "u1",
    }
    holidays = truth.retrieval_classes(["100000.jpg", "100001.jpg", "100100.jpg"])
    assert holidays == {"100000.jpg": "1000", "100001.jpg": "1000", "100100.jpg": "1001"}
    assert truth.queries(holidays) == ["100000.jpg", "100100.jpg"]
    assert truth.retrieval_classes(["IMG_0001.jpg"]) == {}


def test_a_photo_triage_folder_is_judged_by_what_people_preferred(tmp_path: Path) -> None:
    for name in ("000001-01.JPG", "000001-02.JPG", "000001-03.JPG"):
        (tmp_path / name).touch()
    lines = ("1 1 2 0.9 1 2", "1 1 3 0.8 1 3", "1 2 3 0.25 3 2")
    (tmp_path / "val_pairlist.txt").write_text("\n".join(lines), "utf-8")
    said = truth.preferences(tmp_path)
    assert len(said) == 3
    sharp = {"000001-01.JPG": 0.9, "000001-02.JPG": 0.5, "000001-03.JPG": 0.1}
    analyses = {name: analysis(name, sharpness=value) for name, value in sharp.items()}
    figures = triage(said, analyses, Weights())
    assert figures == {"series": 1, "top-1": 1.0, "pairwise": pytest.approx(2 / 3)}


def small_shoot() -> tuple[Shoot, dict[str, str]]:
    """Three bursts of three frames, ten minutes apart."""
    photos = [photo(f"{burst}{frame}", 600.0 * burst + frame) for burst in range(3) for frame in range(3)]
    shoot = Shoot()
    shoot.apply(PhotosFound(0, tuple(photos)))
    measures = [analysis(each.id, look(int(each.id[0]), 0.1, seed=at)) for at, each in enumerate(photos)]
    shoot.apply(PhotosAnalyzed(0, tuple(measures)))
    return shoot, {each.path.name: each.id[0] for each in photos}


def test_a_shoot_made_harder_keeps_its_photos_and_their_order() -> None:
    shoot, _ = small_shoot()
    photos = tuple(shoot.photos.values())
    harder = dict(hardships(photos))
    assert harder["as it is"] == photos
    assert len(harder["every third frame missing"]) == 6
    assert all(each.time_source is TimeSource.FILE for each in harder["no EXIF"])
    slower = harder["pauses times 1.4"]
    assert (moment(slower[-1]) - moment(slower[0])).total_seconds() == pytest.approx(1.4 * 1202)
    assert all(sorted(each, key=moment) == list(each) for each in harder.values())


def test_a_constant_that_is_tried_out_is_put_back() -> None:
    shoot, right = small_shoot()
    photos, before = tuple(shoot.photos.values()), bursts._NEEDED_AT_A_SECOND
    assert burst_f1(photos, shoot, right, Alignments()) == 1.0
    with scaled("_NEEDED_AT_A_SECOND", (bursts,), 20.0):
        assert burst_f1(photos, shoot, right, Alignments()) < 1.0
    assert before == bursts._NEEDED_AT_A_SECOND
