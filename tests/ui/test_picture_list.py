"""The pictures in lists: the best there is, each in the place of a smaller one, and no list takes another's."""

import io
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.types import PhotoId
from fixtures.patience import PATIENCE
from fixtures.windows import there
from ui.imaging.face_crops import FaceCrops
from ui.imaging.pictures import Pixels
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.widgets.picture_list import PictureList, PictureSources


def jpeg(red: int, size: tuple[int, int]) -> bytes:
    stored = io.BytesIO()
    Image.new("RGB", size, (red, 40, 40)).save(stored, "JPEG", quality=95)
    return stored.getvalue()


class Source:
    """Thumbnails in a bright red, which can be held up; there are no faces."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.loaded: list[str] = []

    def load(self, photo_id: PhotoId, _box: object = None) -> bytes:
        assert self.gate.wait(PATIENCE)
        self.loaded.append(photo_id)
        return jpeg(220, (512, 341))


class NoFaces:
    def load(self, _photo_id: PhotoId, _box: tuple[int, int] | None) -> Pixels:
        return Pixels(np.zeros((8, 8, 3), np.uint8))


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def sources(qtbot: QtBot, source: Source) -> Iterator[PictureSources]:
    loader, crops = ThumbnailLoader(source, threads=1), FaceCrops(NoFaces())
    yield PictureSources(crops, loader)
    source.gate.set()
    assert loader.shutdown(PATIENCE)
    assert crops.shutdown(PATIENCE)


def shown(qtbot: QtBot, sources: PictureSources, *names: str) -> PictureList:
    pictures = PictureList(sources, rows=False)
    qtbot.addWidget(pictures)
    for name in names:
        pictures.add(name, name, PhotoId(name), None)
    pictures.resize(400, 300)
    pictures.show()
    return pictures


def colour(pictures: PictureList, row: int) -> QColor | None:
    icon = there(pictures.item(row)).icon()
    return None if icon.isNull() else icon.pixmap(pictures.iconSize()).toImage().pixelColor(20, 20)


def test_a_small_preview_gives_way_to_the_thumbnail(
    qtbot: QtBot, sources: PictureSources, source: Source
) -> None:
    sources.thumbnails.add_previews([(PhotoId("a"), jpeg(60, (160, 107)))])
    pictures = shown(qtbot, sources, "a", "b")
    assert there(colour(pictures, 0)).red() < 100, "what came with the file, at first"
    assert colour(pictures, 1) is None
    source.gate.set()
    qtbot.waitUntil(lambda: all(there(colour(pictures, row)).red() > 180 for row in (0, 1)))


def test_two_lists_that_are_seen_at_once_both_get_their_pictures(
    qtbot: QtBot, sources: PictureSources, source: Source
) -> None:
    first, second = shown(qtbot, sources, "a", "b"), shown(qtbot, sources, "c")
    source.gate.set()
    qtbot.waitUntil(lambda: all(colour(each, 0) is not None for each in (first, second)))
    qtbot.waitUntil(lambda: colour(first, 1) is not None)
    assert sorted(source.loaded) == ["a", "b", "c"]
