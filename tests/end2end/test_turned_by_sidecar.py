"""A turn that only a sidecar notes: shown, measured and kept upright, and never stale when the sidecar changes."""

import io
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.bootstrap import Services, open_services
from app.paths import places
from app.pictures import LargePictures, Pictures, Thumbnails
from benchmarks.pipeline.made_up import write_shoot
from core.cancelling import never
from core.ingest import raw_decoding
from core.ingest.decoder import decode
from core.pipeline.events import Event, Finished, PreviewsReady
from core.pipeline.runner import run
from core.settings import Settings
from core.shoot.shoot import Shoot
from core.types import Photo, PhotoId
from fixtures.openings import photo_named, shown, write_raw
from fixtures.photo_files import TIFF_NAMESPACE, packet
from fixtures.shoots import scene, write_photo


@pytest.fixture
def services() -> Iterator[Services]:
    with open_services(places()) as opened:
        yield opened


@pytest.fixture(scope="module")
def one_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return next(write_shoot(tmp_path_factory.mktemp("made up"), 1, 2, ".dng").iterdir())


@pytest.fixture
def shoot_of_one(one_raw: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "shoot"
    folder.mkdir()
    shutil.copy(one_raw, folder / "IMG_0001.dng")
    return folder


def note(sidecar: Path, orientation: int) -> None:
    sidecar.write_bytes(packet(f'{TIFF_NAMESPACE} tiff:Orientation="{orientation}"'))


def events_of(folder: Path, services: Services) -> list[Event]:
    """One run, measured in a thread of this process."""
    settings = Settings(identity=False)
    dependencies = replace(services.dependencies(settings), pool=lambda: ThreadPoolExecutor(1))
    events: list[Event] = []
    run([folder], settings, dependencies, never, events.append)
    return events


def seen(events: list[Event]) -> tuple[Shoot, Photo, int]:
    """The shoot, its only photo, and how many were measured."""
    shoot = Shoot()
    for event in events:
        shoot.apply(event)
    (photo,) = shoot.photos.values()
    return shoot, photo, next(event.computed for event in events if isinstance(event, Finished))


def size_of(jpeg: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(jpeg)).size


def test_a_raw_is_shown_measured_and_kept_as_its_sidecar_turns_it(
    shoot_of_one: Path, services: Services
) -> None:
    note(shoot_of_one / "IMG_0001.xmp", 6)
    events = events_of(shoot_of_one, services)
    shoot, photo, computed = seen(events)
    assert (photo.orientation, computed) == (6, 1)
    (preview,) = [jpeg for event in events if isinstance(event, PreviewsReady) for _, jpeg in event.previews]
    analysis = shoot.analyses[photo.id]
    pictures = Pictures()
    pictures.set_shoot(shoot)
    thumbnail = Thumbnails(pictures, services.thumbnails).load(photo.id)
    assert thumbnail is not None
    large = LargePictures(pictures).load(photo.id, (400, 400)).rgb
    for width, height in (
        size_of(preview),
        size_of(thumbnail),
        (analysis.width, analysis.height),
        large.shape[1::-1],
    ):
        assert width < height
    lying = decode(photo.path, 1).rgb
    assert np.array_equal(decode(photo.path, 6).rgb, np.rot90(lying, -1)), "clockwise"


def test_a_sidecar_that_changes_later_leaves_nothing_stale(shoot_of_one: Path, services: Services) -> None:
    sidecar = shoot_of_one / "IMG_0001.xmp"
    shapes = []
    for orientation, measured in ((1, 1), (6, 1), (3, 1), (6, 0), (1, 0)):
        note(sidecar, orientation)
        shoot, photo, computed = seen(events_of(shoot_of_one, services))
        assert computed == measured, "what was measured under an earlier turn is known again"
        analysis, thumbnail = shoot.analyses[photo.id], services.thumbnails.get(photo)
        assert thumbnail is not None
        shapes.append((photo.orientation, analysis.width < analysis.height, np.less(*size_of(thumbnail))))
    assert shapes == [
        (1, False, False),
        (6, True, True),
        (3, False, False),
        (6, True, True),
        (1, False, False),
    ]
    sidecar.unlink()
    assert seen(events_of(shoot_of_one, services))[1:] == (replace(photo, turn=0), 0)


def test_a_raw_without_a_large_preview_is_developed_as_its_sidecar_turns_it(
    shoot_of_one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw_decoding, "_LEAST_PREVIEW", 100_000)
    path = shoot_of_one / "IMG_0001.dng"
    lying, turned = decode(path, 1), decode(path, 6)
    assert lying.scale == turned.scale == 0.5
    assert (turned.width, turned.height) == (lying.height, lying.width)
    assert np.array_equal(turned.rgb, np.rot90(lying.rgb, -1))


@pytest.mark.parametrize("sidecar", ["IMG_1.xmp", "IMG_1.nef.xmp"])
def test_the_jpeg_beside_a_raw_is_turned_with_it(tmp_path: Path, sidecar: str) -> None:
    write_photo(tmp_path / "IMG_1.jpg", scene(1, (96, 64)))
    write_raw(tmp_path / "IMG_1.nef")
    note(tmp_path / sidecar, 8)
    assert photo_named(shown(tmp_path), "IMG_1.jpg").orientation == 8
    # A JPEG that lies otherwise than its RAW was turned by itself.
    write_photo(tmp_path / "IMG_1.jpg", scene(1, (96, 64)), orientation=3)
    assert photo_named(shown(tmp_path), "IMG_1.jpg").orientation == 3


@pytest.mark.parametrize(("own", "noted", "shown_by"), [(1, 6, 6), (1, 1, 1), (6, 1, 6), (6, 8, 6)])
def test_a_turn_that_a_picture_notes_itself_is_no_sidecars(
    tmp_path: Path, own: int, noted: int, shown_by: int
) -> None:
    write_photo(tmp_path / "a.jpg", scene(1, (96, 64)), orientation=own)
    note(tmp_path / "a.jpg.xmp", noted)
    assert photo_named(shown(tmp_path), "a.jpg").orientation == shown_by


@pytest.mark.parametrize(
    "content", [b"", b"tiff:Orientation", packet(f'{TIFF_NAMESPACE} tiff:Orientation="9"')]
)
def test_a_sidecar_that_says_nothing_of_use_turns_nothing(tmp_path: Path, content: bytes) -> None:
    write_photo(tmp_path / "a.jpg", scene(1, (96, 64)))
    (tmp_path / "a.xmp").write_bytes(content)
    assert photo_named(shown(tmp_path), "a.jpg").orientation == 1


def test_what_was_measured_of_a_turned_photo_is_found_by_its_turn_alone(
    shoot_of_one: Path, services: Services
) -> None:
    photo = Photo(PhotoId("a"), shoot_of_one / "IMG_0001.dng")
    turned = replace(photo, orientation=6, turn=6)
    services.thumbnails.put_many([(photo, b"lying"), (turned, b"upright")])
    assert services.thumbnails.get(photo) == b"lying"
    assert services.thumbnails.get(turned) == b"upright"
    assert services.thumbnails.get(replace(photo, orientation=8, turn=8)) is None
