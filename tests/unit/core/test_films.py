"""What films say of themselves, by which frame they are shown, and that they are in no burst."""

import os
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.cancelling import never
from core.errors import PhotoError
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper, group
from core.ingest import film_frame
from core.ingest.decoder import decode
from core.ingest.exif_reader import read_metadata
from core.ingest.pairing import in_order, pair
from core.ingest.scanner import ScannedFile, scan
from core.settings import GroupingRules
from core.types import ClusterKind, Photo, PhotoId, TimeSource
from fixtures.films import COLOUR, FRAME, apples, film, stand_in_for_ffmpeg, write_film
from fixtures.frames import analysis, look, photo

NOON = datetime(2025, 6, 14, 12, 0, 0)


def told(path: Path) -> Photo:
    status = path.stat()
    return read_metadata(ScannedFile(path, status.st_size, status.st_mtime_ns)).photo


def shown(folder: Path) -> dict[str, list[str]]:
    files = scan([folder], True, never).files
    photos = pair([read_metadata(file).photo for file in files], files)
    return {each.path.name: [path.name for path in each.companions] for each in photos}


@pytest.mark.parametrize("name", ["clip.mp4", "CLIP.MOV", "clip.avi", "00001.MTS"])
def test_a_film_on_its_own_is_found_and_is_no_photo_to_be_measured(tmp_path: Path, name: str) -> None:
    found = told(write_film(tmp_path / name, NOON))
    assert found.is_film
    assert found.content
    assert shown(tmp_path) == {name: []}


def test_the_film_of_a_live_photo_stays_beside_its_picture(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.dng").write_bytes(b"II*\0" + bytes(60))
    write_film(tmp_path / "IMG_1.MOV", NOON)
    write_film(tmp_path / "IMG_2.MOV", NOON)
    assert shown(tmp_path) == {"IMG_1.dng": ["IMG_1.MOV"], "IMG_2.MOV": []}


def test_an_action_cameras_small_film_belongs_to_the_large_one(tmp_path: Path) -> None:
    for name in ("GX010001.MP4", "GX010001.LRV", "GX010002.LRV"):
        write_film(tmp_path / name, NOON)
    assert shown(tmp_path) == {"GX010001.MP4": ["GX010001.LRV"], "GX010002.LRV": []}


def test_apples_time_counts_with_its_offset_and_its_camera_is_named(tmp_path: Path) -> None:
    more = apples(creationdate="2025-06-14T14:00:00+0200", make="Apple", model="iPhone 15 Pro")
    found = told(write_film(tmp_path / "a.mov", NOON, more))
    assert (found.taken_at, found.utc_offset_minutes) == (NOON + timedelta(hours=2), 120)
    assert found.camera_name == "Apple iPhone 15 Pro"
    assert found.time_source is TimeSource.EXIF


def test_a_camera_that_writes_its_own_time_for_utc_is_believed_where_the_file_agrees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        path = write_film(tmp_path / "a.mp4", NOON)  # changed at noon by this computer's clock
        assert told(path).taken_at == NOON
        other = write_film(tmp_path / "b.mp4", NOON + timedelta(hours=4))  # at 16:00 in UTC it was noon here
        os.utime(other, (NOON.timestamp(),) * 2)
        assert (told(other).taken_at, told(other).utc_offset_minutes) == (NOON, -240)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "data",
    [
        b"RIFF\x24\0\0\0AVI LIST" + bytes(100),
        film(NOON)[:40],
        film(NOON)[:-104],
        film(None),
        b"\0\0\0\x08moov" * 3000,
        b"\0\0\0\1moov" + b"\xff" * 8,
        b"\xff" * 500,
    ],
    ids=["avi", "start", "end", "no time", "empty boxes", "endless box", "nonsense"],
)
def test_half_a_film_or_one_of_another_kind_has_the_time_of_its_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mov"
    path.write_bytes(data)
    os.utime(path, (NOON.timestamp(),) * 2)
    found = told(path)
    assert found.is_film
    assert (found.taken_at, found.time_source) == (NOON, TimeSource.FILE)


def test_an_empty_film_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.mov").touch()
    with pytest.raises(PhotoError, match="empty"):
        told(tmp_path / "a.mov")


def test_a_film_is_shown_by_a_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = stand_in_for_ffmpeg(tmp_path, monkeypatch)
    path = write_film(tmp_path / "-i evil.mov", NOON)  # a name that looks like an option
    decoded = decode(path)
    assert (decoded.width, decoded.height) == FRAME
    assert tuple(decoded.rgb[0, 0]) == COLOUR
    arguments = noted.read_text().splitlines()
    assert f"file:{path}" in arguments
    assert arguments[arguments.index("-protocol_whitelist") + 1] == "file,pipe"  # and so no network


def test_a_film_of_which_no_frame_can_be_had_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in_for_ffmpeg(tmp_path, monkeypatch, works=False)
    path = write_film(tmp_path / "a.mov", NOON)
    with pytest.raises(PhotoError, match="no frame can be shown"):
        decode(path)


def test_without_anything_to_read_films_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(film_frame, "_library", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PhotoError, match=r"ffmpeg.*av"):
        decode(write_film(tmp_path / "a.mov", NOON))
    assert not film_frame.can_be_shown()


def test_a_real_film_is_shown_upright_by_its_library_and_half_of_one_is_named(tmp_path: Path) -> None:
    av = pytest.importorskip("av", reason="the library for films is not installed")
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as made:
        stream = made.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for shade in range(0, 250, 10):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), shade, np.uint8), format="rgb24")
            made.mux(stream.encode(frame))
        made.mux(stream.encode())
    shown_frame = decode(path)
    assert (shown_frame.width, shown_frame.height) == (64, 48)
    assert abs(int(shown_frame.rgb.mean()) - 100) <= 4  # a second after the start
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(PhotoError):
        decode(path)


def frames_around_a_film() -> tuple[list[Photo], PhotoId]:
    frames = [
        photo(name, seconds) for name, seconds in (("a", 0), ("b", 0.5), ("c", 1.5), ("d", 400), ("e", 400.5))
    ]
    clip = replace(photo("clip", 1.0), is_film=True)
    return list(in_order([*frames, clip])), clip.id


def test_a_film_is_in_no_burst_and_in_the_scene_of_the_frames_around_it() -> None:
    photos, clip = frames_around_a_film()
    analyses = {
        name: replace(analysis(name), embedding=replace(analysis(name).embedding, vector=look(subject)))
        for name, subject in (("a", 1), ("b", 1), ("c", 1), ("d", 2), ("e", 2))
    }
    found = group(photos, {PhotoId(name): each for name, each in analyses.items()}, GroupingRules())
    clusters = {photo_id: cluster for cluster in found.clusters for photo_id in cluster.photo_ids}
    assert clusters[clip].kind is ClusterKind.SINGLE
    assert clusters[PhotoId("a")].photo_ids == ("a", "b", "c")
    assert clusters[clip].scene_id == clusters[PhotoId("b")].scene_id
    scenes = [cluster_id for scene in found.scenes for cluster_id in scene.cluster_ids]
    assert sorted(scenes) == sorted(cluster.id for cluster in found.clusters)


def test_a_film_far_from_all_frames_is_a_scene_of_its_own() -> None:
    photos, clip = frames_around_a_film()
    late = replace(photo("late", 9000), is_film=True)
    found = group([*photos, late], {}, GroupingRules())
    scene_of = {photo_id: cluster.scene_id for cluster in found.clusters for photo_id in cluster.photo_ids}
    assert [photo_id for photo_id, scene in scene_of.items() if scene == scene_of[late.id]] == [late.id]
    assert scene_of[clip] == scene_of[PhotoId("a")]


def test_before_anything_is_measured_a_film_is_in_no_burst_either() -> None:
    photos, clip = frames_around_a_film()
    found = group(photos, {}, GroupingRules())
    (own,) = [cluster for cluster in found.clusters if clip in cluster.photo_ids]
    assert own.photo_ids == (clip,)


def test_whoever_says_that_a_film_is_of_a_burst_does_not_get_it_culled_with_it() -> None:
    photos, clip = frames_around_a_film()
    grouper = Grouper(photos, {}, Alignments())
    placed = {photo.id: "b:1" for photo in photos[:4]}
    clusters = grouper.group(GroupingRules(), placed).clusters
    (own,) = [cluster for cluster in clusters if clip in cluster.photo_ids]
    assert own.photo_ids == (clip,)


def test_a_shoot_of_films_alone_is_grouped() -> None:
    films = [replace(photo(name, at), is_film=True) for at, name in enumerate("abc")]
    found = group(films, {}, GroupingRules())
    assert [cluster.photo_ids for cluster in found.clusters] == [("a",), ("b",), ("c",)]
