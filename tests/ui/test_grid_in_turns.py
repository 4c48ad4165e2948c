"""Many new cells at once: the window is not held up while they are drawn, and they appear together."""

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.pipeline.events import Finished, PhotosFound
from core.shoot.shoot import Shoot
from core.types import PhotoId
from fixtures.frames import photo
from fixtures.patience import PATIENCE
from ui.grid import flow_view
from ui.grid.cluster_grid_view import ClusterGridView
from ui.grid.photo_delegate import PhotoDelegate
from ui.grid.photo_list_model import PhotoListModel
from ui.imaging.thumbnail_loader import ThumbnailLoader


class NoPictures:
    def load(self, _photo_id: PhotoId) -> None:
        return None


class CountingDelegate(PhotoDelegate):
    """Counts the cells that are drawn anew."""

    drawn = 0

    def _paint_cell(self, painter: QPainter, rect: QRect, *rest: object) -> None:
        self.drawn += 1
        super()._paint_cell(painter, rect, *rest)  # type: ignore[arg-type]


class WatchedGrid(ClusterGridView):
    """Notes how many cells each painting of the screen drew anew."""

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__()
        self.shoot = Shoot()
        self.rows = PhotoListModel(self.shoot)
        self.rows.setParent(self)
        self.drawn_while_painting: list[int] = []
        self.setModel(self.rows)
        self.delegate = CountingDelegate(loader, parent=self)
        self.setItemDelegate(self.delegate)

    def paintEvent(self, event: QPaintEvent) -> None:
        before = self.delegate.drawn
        super().paintEvent(event)
        self.drawn_while_painting.append(self.delegate.drawn - before)

    def find_photos(self, photos: int) -> None:
        self.shoot.apply(PhotosFound(1, tuple(photo(PhotoId(f"p{n}"), 60.0 * n) for n in range(photos))))
        self.rows.refresh()


@pytest.fixture
def grid(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[WatchedGrid]:
    monkeypatch.setattr(flow_view, "_DRAWING_SECONDS", 0.0)  # one cell a turn, on however fast a machine
    loader = ThumbnailLoader(NoPictures())
    view = WatchedGrid(loader)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    qtbot.waitExposed(view)
    view.find_photos(60)
    qtbot.waitUntil(lambda: view.viewport().updatesEnabled() and bool(view.drawn_while_painting))
    # Thumbnails that are not there change cells one by one, until all is known.
    qtbot.waitUntil(lambda: all(loader.failed(view.rows.photo_at(row)) for row in view.rows_on_screen()))
    QApplication.processEvents()  # what is to be painted still
    view.drawn_while_painting.clear()
    yield view
    assert loader.shutdown(PATIENCE)


def preview() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (160, 107), "olive").save(out, "JPEG")
    return out.getvalue()


def more_photos(grid: WatchedGrid) -> None:
    grid.delegate._cells._painted.clear()
    grid.find_photos(61)


def all_measured(grid: WatchedGrid) -> None:
    grid.delegate._cells._painted.clear()
    grid.shoot.apply(Finished(1, photos=60, computed=60, failed=0, cancelled=False, seconds=1.0))
    grid.rows.advice_changed()


def previews(grid: WatchedGrid) -> None:
    jpeg = preview()
    grid.delegate.thumbnails.add_previews((PhotoId(f"p{n}"), jpeg) for n in range(60))


@pytest.mark.parametrize("change", [more_photos, all_measured, previews])
def test_painting_the_screen_draws_no_cell_where_many_changed(
    change: Callable[[WatchedGrid], None], grid: WatchedGrid, qtbot: QtBot
) -> None:
    before, shown = grid.delegate.drawn, len(grid.rows_on_screen())
    change(grid)
    qtbot.waitUntil(lambda: bool(grid.drawn_while_painting))
    assert set(grid.drawn_while_painting) == {0}
    assert grid.delegate.drawn - before >= shown > 8


def test_a_hidden_grid_draws_nothing_ahead(grid: WatchedGrid, qtbot: QtBot) -> None:
    grid.hide()
    before = grid.delegate.drawn
    more_photos(grid)
    qtbot.waitUntil(grid.viewport().updatesEnabled)
    assert grid.delegate.drawn == before
