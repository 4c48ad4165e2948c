"""In the loupe a highlight that only looks blown is told from one that the RAW has lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.errors import PhotoError
from core.ingest.raw_truth import RawTruth
from core.language import say
from core.pipeline.events import PhotosFound
from core.shoot.shoot import Shoot
from core.types import PhotoId
from fixtures.frames import photo
from fixtures.patience import PATIENCE
from ui.imaging.arguments import Arguments
from ui.imaging.casts import Casts
from ui.imaging.face_crops import FaceCrops
from ui.imaging.laid_over import Layers
from ui.imaging.overlays import Overlays
from ui.imaging.pictures import Pixels
from ui.imaging.prefetcher import Prefetcher
from ui.imaging.raw_truths import LOST, PARTLY, RECOVERABLE, RawTruths
from ui.imaging.registrations import Registrations
from ui.views.finders import Finders
from ui.views.loupe_view import LoupeView
from ui.views.pane_sources import PaneSources

A, B = PhotoId("a"), PhotoId("b")
WIDTH, HEIGHT = 600, 400


class Source:
    """White photos."""

    def load(self, photo_id: PhotoId, box: tuple[int, int] | None) -> Pixels:
        return Pixels(np.full((HEIGHT, WIDTH, 3), 255, np.uint8))


def thirds() -> RawTruth:
    """Lost at the left, lost in part in the middle, and all there at the right."""
    blown = np.zeros((20, 30), np.uint8)
    blown[:, :10], blown[:, 10:20] = 0b111, 0b001
    return RawTruth(np.ones((3, 112)) / 112, np.array([0.6, 0.3, 0.3]), 1 / 3, 1 / 3, blown)


@pytest.fixture
def measured() -> dict[PhotoId, RawTruth | PhotoError | None]:
    return {A: thirds(), B: None}


@pytest.fixture
def loupe(qtbot: QtBot, measured: dict[PhotoId, RawTruth | PhotoError | None]) -> Iterator[LoupeView]:
    def measure(photo_id: PhotoId) -> RawTruth | None:
        assert threading.current_thread() is not threading.main_thread()
        found = measured[photo_id]
        if isinstance(found, PhotoError):
            raise found
        return found

    source = Source()
    prefetcher = Prefetcher(source, threads=1)
    finders = Finders(
        FaceCrops(source), Casts(), Registrations(source), Layers(), Arguments(), RawTruths(measure)
    )
    loupe = LoupeView(PaneSources(prefetcher, lambda _: None, finders=finders))
    loupe.set_strips(False)
    qtbot.addWidget(loupe)
    loupe.resize(WIDTH, HEIGHT)
    loupe.show()
    yield loupe
    finders.shutdown()
    assert prefetcher.shutdown(PATIENCE)


def shown(qtbot: QtBot, loupe: LoupeView, photo_id: PhotoId) -> None:
    shoot = Shoot()
    shoot.apply(PhotosFound(1, (photo("a"), photo("b"))))
    loupe.show_current(photo_id, shoot, (A, B))
    qtbot.waitUntil(lambda: loupe._prefetcher.picture(photo_id) is not None)


def colour_at(loupe: LoupeView, share: float) -> QColor:
    return loupe.grab().toImage().pixelColor(round(WIDTH * share), HEIGHT // 3)


def ask(qtbot: QtBot, loupe: LoupeView, photo_id: PhotoId) -> None:
    loupe.set_overlays(Overlays().toggled("raw"))
    assert loupe._finders is not None
    raws = loupe._finders.raws
    qtbot.waitUntil(lambda: raws.of(photo_id) is not None)


def test_lost_lost_in_part_and_recoverable_are_told_apart(qtbot: QtBot, loupe: LoupeView) -> None:
    shown(qtbot, loupe, A)
    assert colour_at(loupe, 0.1) == QColor(255, 255, 255)
    ask(qtbot, loupe, A)
    assert [colour_at(loupe, share) for share in (0.15, 0.5, 0.85)] == [LOST, PARTLY, RECOVERABLE]
    loupe.set_overlays(Overlays())
    assert colour_at(loupe, 0.15) == QColor(255, 255, 255)


def words(loupe: LoupeView) -> bytes:
    """The corner in which the pane says something, as pixels."""
    image = loupe.grab().toImage().copy(0, 0, WIDTH // 2, 40)
    return bytes(image.constBits())


def test_a_photo_without_a_raw_says_so(qtbot: QtBot, loupe: LoupeView) -> None:
    shown(qtbot, loupe, B)
    silent = words(loupe)
    ask(qtbot, loupe, B)
    assert words(loupe) != silent
    assert colour_at(loupe, 0.15) == QColor(255, 255, 255)


def test_a_raw_that_cannot_be_read_says_why(
    qtbot: QtBot, loupe: LoupeView, measured: dict[PhotoId, RawTruth | PhotoError | None]
) -> None:
    measured[A] = PhotoError(Path("a.dng"), say("The file is empty (0 bytes)."))
    shown(qtbot, loupe, A)
    ask(qtbot, loupe, A)
    assert loupe._finders is not None
    told = loupe._finders.raws.of(A)
    assert told is not None
    assert told.words == "The file is empty (0 bytes)."
