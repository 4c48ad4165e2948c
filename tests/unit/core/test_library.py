"""The library of all shoots: what is near is found, what is gone is forgotten, what is away is said to be."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import NoLibraryError, StoreError
from core.ingest.scanner import photo_id
from core.library import nearest_looks
from core.library.drives import Presence
from core.library.heads import fit, heads_of, unit
from core.library.library import ShootLibrary
from core.persistence.facts_cache import FACTS_VERSION
from core.persistence.library_words import May
from core.types import Analysis, Photo, Shot, TimeSource, WrittenWords
from fixtures.disks import fill as fill_up
from fixtures.disks import small_disk
from fixtures.libraries import MADE_BY, fill, frame, looks_of


@pytest.fixture
def library(tmp_path: Path) -> Iterator[ShootLibrary]:
    opened = ShootLibrary(tmp_path / "library.sqlite")
    opened.turn_on()
    yield opened
    opened.close()


def shoot(folder: Path, count: int, seed: int = 0) -> list[tuple[Photo, Analysis]]:
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, look in enumerate(looks_of(count, seed)):
        path = folder / f"{number:04}.jpg"
        path.write_bytes(b"jpeg")
        found.append(frame(path, look))
    return found


def test_the_nearest_of_thousands_are_those_of_comparing_with_all(
    library: ShootLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest_looks, "_BEHIND", 150)
    frames = shoot(tmp_path / "shoot", 1500)
    fill(library, frames, tmp_path)
    looks = unit(np.stack([analysis.embedding.vector for _, analysis in frames]))
    for asked in range(0, 1500, 100):
        found = library.like(frames[asked][0], MADE_BY, 10)
        order = [at for at in np.argsort(-(looks @ looks[asked])) if at != asked][:10]
        assert {one.frame.photo.path for one in found} == {frames[at][0].path for at in order}
        cosines = [one.cosine for one in found]
        assert cosines == sorted(cosines, reverse=True)
        assert cosines[0] == pytest.approx(float(looks[order[0]] @ looks[asked]), abs=2e-3)


def test_heads_keep_lengths_and_any_number_of_looks_has_some() -> None:
    for count in (1, 5, 300):
        looks = unit(looks_of(count))
        basis = fit(looks)
        assert np.allclose(basis.T @ basis, np.eye(basis.shape[1]), atol=1e-4)
        assert np.linalg.norm(heads_of(looks, basis), axis=1) == pytest.approx(1.0, abs=0.2)


def test_what_is_known_already_is_not_written_again(library: ShootLibrary, tmp_path: Path) -> None:
    frames = shoot(tmp_path / "shoot", 20)
    fill(library, frames, tmp_path)
    before = library.file.changes()
    fill(library, frames, tmp_path)
    assert library.file.changes() == before
    touched = frame(frames[3][0].path, frames[5][1].embedding.vector, mtime_ns=99)
    fill(library, [touched], tmp_path)
    assert library.file.count() == 20
    found = library.like(touched[0], MADE_BY, 1)[0]
    assert found.frame.photo.path == frames[5][0].path
    assert found.cosine == pytest.approx(1.0, abs=1e-3)


def test_files_that_are_gone_are_forgotten_by_a_run_and_by_a_search(
    library: ShootLibrary, tmp_path: Path
) -> None:
    frames = shoot(tmp_path / "shoot", 12)
    fill(library, frames, tmp_path / "shoot")
    frames[2][0].path.unlink()
    left = [photo for photo, _ in frames if photo.path.exists()]
    library.forget_gone(left, [tmp_path / "shoot"])
    assert library.file.count() == 11
    frames[4][0].path.unlink()
    assert frames[4][0].path not in {one.frame.photo.path for one in library.like(frames[0][0], MADE_BY, 20)}
    assert library.file.count() == 10


def test_a_run_over_another_folder_forgets_nothing_of_this_one(library: ShootLibrary, tmp_path: Path) -> None:
    fill(library, shoot(tmp_path / "shoot", 5), tmp_path / "shoot")
    other = shoot(tmp_path / "shoot2", 5, seed=1)
    fill(library, other, tmp_path / "shoot2")
    library.forget_gone([], [tmp_path / "shoot2"])  # what is there and was not read stays
    assert library.file.count() == 10


def test_a_drive_that_is_away_keeps_its_frames_and_is_said_to_be_away(
    library: ShootLibrary, tmp_path: Path
) -> None:
    place = tmp_path / "drive"
    with small_disk(place, 2**20):
        frames = shoot(place / "shoot", 6)
        fill(library, frames, place / "shoot")
        library.forget_gone([photo for photo, _ in frames], [place])
    library.forget_gone([], [place, tmp_path])
    found = library.like(frames[0][0], MADE_BY, 10)
    assert len(found) == 5
    assert {one.presence for one in found} == {Presence.AWAY}
    with small_disk(place, 2**20):
        shoot(place / "shoot", 5)  # one was deleted on another computer
        found = library.like(frames[0][0], MADE_BY, 10)
        assert {one.presence for one in found} == {Presence.HERE}
        assert len(found) == 4


def test_names_that_are_no_text_are_known(library: ShootLibrary, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.jpg"))
    path.write_bytes(b"jpeg")
    fill(library, [frame(path, looks_of(1)[0]), *shoot(tmp_path / "shoot", 3)], tmp_path)
    assert path in {one.frame.photo.path for one in library.nearest(looks_of(1)[0], MADE_BY, 4)}


def test_what_an_older_version_wrote_is_still_found(
    library: ShootLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = shoot(tmp_path / "shoot", 6)
    fill(library, frames, tmp_path)
    for module in ("library_store", "library_rows"):
        monkeypatch.setattr(f"core.persistence.{module}.FACTS_VERSION", FACTS_VERSION + 1)
    assert len(library.like(frames[0][0], MADE_BY, 9)) == 5
    assert len(list(library.file.all_frames())) == 6
    with sqlite3.connect(tmp_path / "library.sqlite") as database:
        database.execute("UPDATE frame SET facts = '[1]'")  # what nobody understands
    database.close()
    found = library.like(frames[0][0], MADE_BY, 9)
    assert {one.frame.photo.path for one in found} == {photo.path for photo, _ in frames[1:]}
    assert all(one.frame.photo.id == photo_id(one.frame.photo.path) for one in found)
    assert list(library.file.all_frames()) == []
    fill(library, frames, tmp_path)
    assert len(list(library.file.all_frames())) == 6


def test_of_what_another_version_wrote_the_rest_is_read(library: ShootLibrary, tmp_path: Path) -> None:
    """Versions add facts; what they have in common is searched at once, and not only once a shoot is opened again."""
    facts: dict[str, Any] = {
        "camera_name": "Testcam",
        "content": "digest",
        "taken_at": datetime(2025, 6, 14, 10),
        "time_source": TimeSource.EXIF,
        "shot": Shot(f_number=2.8, lens="50mm", focal_length=50),
        "words": WrittenWords(("dog",), ("First dance",), ("Wien",)),
    }
    path = tmp_path / "one.jpg"
    path.write_bytes(b"jpeg")
    fill(library, [frame(path, looks_of(1)[0], **facts)], tmp_path)
    (known,) = library.file.all_frames()
    with closing(sqlite3.connect(tmp_path / "library.sqlite")) as database, database:
        (document,) = database.execute("SELECT facts FROM frame").fetchone()
        written = json.loads(document)
        former = {name: value for name, value in written.items() if name not in ("aim", "faces", "marks")}
        former["shot"], former["id"], former["gone since"] = former["shot"][:8], "of another kind", [1, 2]
        database.execute("UPDATE frame SET facts = ?, facts_version = 1", (json.dumps(former),))
    (read,) = library.file.all_frames()
    for name, value in facts.items():
        assert getattr(read.photo, name) == value == getattr(known.photo, name)
    assert read.photo.id == photo_id(path)
    assert library.file.outdated_shoots() == 1
    (found,) = library.file.may_have([May("first dance"), May("50")])
    assert [one.photo.words.places for one in found] == [("Wien",)]


def test_looks_of_another_embedder_are_not_compared(library: ShootLibrary, tmp_path: Path) -> None:
    frames = shoot(tmp_path / "shoot", 5)
    fill(library, frames, tmp_path)
    with pytest.raises(NoLibraryError, match="comes in once it is measured"):
        library.like(frames[0][0], MADE_BY._replace(embedder_sha256="other"), 3)
    assert library.nearest(looks_of(1)[0], MADE_BY._replace(embedding_version=9), 3) == []


def test_of_a_film_nobody_is_told_that_it_will_be_measured(library: ShootLibrary, tmp_path: Path) -> None:
    frames = shoot(tmp_path / "shoot", 5)
    fill(library, frames, tmp_path)
    film = replace(frames[0][0], path=tmp_path / "shoot" / "CLIP0001.MOV", is_film=True)
    with pytest.raises(NoLibraryError, match="it is not measured"):
        library.like(film, MADE_BY, 3)


@pytest.mark.parametrize("damage", ["newer", "cut", "garbage", "foreign"])
def test_a_file_that_cannot_be_read_is_made_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "library.sqlite"
    opened = ShootLibrary(path)
    opened.turn_on()
    frames = shoot(tmp_path / "shoot", 30)
    fill(opened, frames, tmp_path)
    opened.close()
    match damage:
        case "newer":
            with sqlite3.connect(path) as database:
                database.execute("PRAGMA user_version = 7")
            database.close()
        case "foreign":
            with sqlite3.connect(path) as database:
                database.execute("PRAGMA application_id = 7")
            database.close()
        case "cut":
            path.write_bytes(path.read_bytes()[:9000])
        case "garbage":
            path.write_bytes(os.urandom(40_000))
    again = ShootLibrary(path)
    again.turn_on()
    try:
        fill(again, frames, tmp_path)
    except StoreError:  # a page behind the cut: the next writing finds it anew
        fill(again, frames, tmp_path)
    assert again.file.count() == 30
    assert len(again.like(frames[0][0], MADE_BY, 5)) == 5
    again.close()
    left = [each.name for each in tmp_path.glob("library.sqlite.*")]
    assert left == (["library.sqlite.foreign"] if damage == "foreign" else [])


def test_a_full_disk_is_named_and_what_was_known_stays(tmp_path: Path) -> None:
    with small_disk(tmp_path / "cache", 2**20) as cache:
        opened = ShootLibrary(cache / "library.sqlite")
        opened.turn_on()
        frames = shoot(tmp_path / "shoot", 40)
        fill(opened, frames[:20], tmp_path)
        ballast = fill_up(cache)
        with pytest.raises(StoreError, match=r"library\.sqlite.*disk is full"):
            fill(opened, frames[20:], tmp_path)
        assert len(opened.like(frames[0][0], MADE_BY, 30)) == 19
        ballast.unlink()
        fill(opened, frames, tmp_path)
        assert opened.file.count() == 40
        opened.close()


def test_switched_off_nothing_is_left_kept_or_found(library: ShootLibrary, tmp_path: Path) -> None:
    frames = shoot(tmp_path / "shoot", 5)
    fill(library, frames, tmp_path)
    (tmp_path / "library.sqlite.damaged").write_bytes(b"a copy that an earlier version left")
    library.turn_off()
    assert list(tmp_path.glob("library.sqlite*")) == []
    fill(library, frames, tmp_path)
    assert list(tmp_path.glob("library.sqlite*")) == []
    with pytest.raises(NoLibraryError, match="switched off in the settings"):
        library.like(frames[0][0], MADE_BY, 3)


def test_a_query_of_thousands_of_words_is_answered(library: ShootLibrary, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"jpeg")
    fill(library, [frame(path, looks_of(1)[0])], tmp_path)
    (found,) = library.file.may_have([May("a.jpg")] * 5000)
    assert [one.photo.path for one in found] == [path]
