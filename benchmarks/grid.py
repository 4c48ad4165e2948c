"""How fast the grid follows a large shoot, in milliseconds: ``python -m benchmarks.grid [PHOTOS]``."""

import argparse
import io
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication
from rich.console import Console
from rich.table import Table

from core.pipeline.events import ClustersUpdated, PhotosFound
from core.shoot.criteria import Criteria
from core.shoot.shoot import Filter, Shoot
from core.types import Cluster, ClusterId, ClusterKind, Decision, Flag, Photo, PhotoId, Scene, SceneId
from ui.grid.cluster_grid_view import ClusterGridView
from ui.grid.photo_delegate import PhotoDelegate
from ui.grid.photo_list_model import PhotoListModel
from ui.imaging.thumbnail_loader import ThumbnailLoader

_SCREEN = (2560, 1440)
_SCENE, _BURST = 40, 4  # photos


class _OnePicture:
    """The same thumbnail for every photo: decoding costs time, reading does not."""

    def __init__(self) -> None:
        out = io.BytesIO()
        Image.effect_noise((512, 341), 60).convert("RGB").save(out, "JPEG", quality=85)
        self._jpeg = out.getvalue()

    def load(self, _photo_id: PhotoId) -> bytes:
        return self._jpeg


def made_up_shoot(size: int) -> Shoot:
    """Make scenes of 40 photos, every second group of four a burst."""
    start = datetime(2025, 6, 14, 9, 0, 0)
    photos = tuple(
        Photo(PhotoId(f"{n:06}"), Path(f"/{n:06}.jpg"), taken_at=start + timedelta(seconds=3 * n))
        for n in range(size)
    )
    clusters, scenes = [], []
    for first in range(0, size, _SCENE):
        scene, inside = SceneId(str(first)), []
        for at in range(first, min(first + _SCENE, size), _BURST):
            ids = tuple(photo.id for photo in photos[at : at + _BURST])
            if at // _BURST % 2:
                inside.append(Cluster(ClusterId(f"b{at}"), ClusterKind.BURST, ids, scene, ids[-1]))
            else:
                inside += [Cluster(ClusterId(i), ClusterKind.SINGLE, (i,), scene) for i in ids]
        clusters += inside
        taken = photos[first].taken_at
        scenes.append(Scene(scene, tuple(cluster.id for cluster in inside), taken, taken))
    shoot = Shoot()
    shoot.apply(PhotosFound(1, photos))
    shoot.apply(ClustersUpdated(1, tuple(clusters), tuple(scenes)))
    return shoot


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the best of some runs."""
    best = float("inf")
    for _ in range(times):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return 1000 * best


def measure(size: int, app: QApplication) -> dict[str, float]:
    """Time what happens while a photographer works."""
    shoot = made_up_shoot(size)
    loader = ThumbnailLoader(_OnePicture())
    model, view = PhotoListModel(shoot), ClusterGridView()
    view.setModel(model)
    view.setItemDelegate(PhotoDelegate(loader, parent=view))
    view.resize(*_SCREEN)
    view.show()
    view.set_current_photo(model.photo_at(model.rowCount() // 2))
    opened = [False]

    def toggle_all() -> None:
        opened[0] = not opened[0]
        model.expand_all(opened[0])

    def decide() -> None:
        photo_id = model.photo_at(model.rowCount() // 2)
        shoot.set_decisions({photo_id: Decision(photo_id, Flag.PICK)})
        model.decisions_changed([photo_id])

    figures = {
        "refresh, nothing moved": milliseconds(model.refresh),
        "open or close all stacks": milliseconds(toggle_all),
        "filter": milliseconds(lambda: model.set_criteria(Criteria(Filter.UNDECIDED))),
        "one decision": milliseconds(decide),
        "one step": milliseconds(lambda: view.step(1)),
    }
    for cell in (96, 200, 320):
        view.set_cell_size(cell)
        deadline = time.monotonic() + 10
        while (
            time.monotonic() < deadline and loader.pixmap(model.photo_at(view.rows_on_screen()[-1])) is None
        ):
            app.processEvents()
            time.sleep(0.001)  # PySide holds the interpreter lock while it processes events
        cells = len(view.rows_on_screen())
        figures[f"paint all {cells} cells of {cell}"] = milliseconds(lambda: view.viewport().grab())
    loader.shutdown()
    return figures


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grid", description=__doc__)
    parser.add_argument("photos", nargs="?", type=int, default=20_000)
    arguments = parser.parse_args()
    app = QApplication(sys.argv[:1])
    table = Table("what", "ms", title=f"{arguments.photos:,} photos, {_SCREEN[0]} x {_SCREEN[1]}")
    for name, value in measure(arguments.photos, app).items():
        table.add_row(name, f"{value:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
