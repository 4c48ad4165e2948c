"""Photos of whatever shoot beside the open one: shown, told in words, listed, gone to and decided on."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from app.bootstrap import Services
from app.controllers.session_controller import SessionController
from app.pictures import Pictures
from core.language import tr
from core.persistence.library_rows import KnownFrame
from core.review.review import Review
from core.shoot.listed import Listed
from core.shoot.shoot import Shoot
from core.types import Photo, PhotoId
from ui.dialogs.found_dialog import FoundDialog, FoundRow
from ui.main_window import MainWindow
from ui.widgets.picture_list import PictureSources


class Elsewhere:
    """What every question to all shoots needs to show its answer.

    Args:
        window: the dialogs stand before it.
        session: the open shoot.
        services: the library, and the decisions.
        pictures: told of photos of other shoots while they are shown.
        sources: of pictures.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        services: Services,
        pictures: Pictures,
        sources: PictureSources,
    ) -> None:
        self.window = window
        self.session = session
        self.services = services
        self.sources = sources
        self._pictures = pictures

    def know(self, frames: Iterable[KnownFrame]) -> None:
        """Have pictures of these, in the place of those known before."""
        self._pictures.know([frame.photo for frame in frames])

    def row(self, frame: KnownFrame, *more: str) -> FoundRow:
        """Return a line of a list: what the photo is called, where it is, and what else is to be said of it."""
        is_here = frame.photo.id in self.session.shoot.photos
        where = tr("in this shoot") if is_here else str(frame.photo.path.parent)
        return FoundRow(frame.photo.id, "\n".join(filter(None, (frame.photo.name, where, *more))))

    def show(
        self,
        heading: str,
        note: str,
        found: Sequence[tuple[KnownFrame, str]],
        title: str,
        why: Mapping[PhotoId, str],
    ) -> None:
        """List photos, of which the chosen one is gone to.

        Args:
            heading: of the window.
            note: what is to be said of all of them.
            found: the photos, each with what is to be said of it; "" for nothing.
            title: as of ``go_to``.
            why: likewise.
        """
        frames = {frame.photo.id: frame for frame, _ in found}
        self.know(frames.values())
        rows = [self.row(frame, words) for frame, words in found]
        dialog = FoundDialog(heading, rows, note, self.sources, self.window, self.window.theme)
        dialog.chosen.connect(lambda row: self.go_to(frames[row.photo_id], title, why))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def go_to(self, frame: KnownFrame, title: str, why: Mapping[PhotoId, str]) -> None:
        """Go to a photo: in the open shoot with those found with it, else by opening its own shoot.

        Args:
            frame: where to.
            title: of the list of all that was found.
            why: each photo of that list is in it.
        """
        photo_id, shoot, space = frame.photo.id, self.session.shoot, self.window.space
        if photo_id in shoot.photos:
            space.show_listed(Listed(title, frozenset(why.keys() & shoot.photos.keys()), why), photo_id)
        elif frame.photo.path.exists():
            self.session.open([_shoot_of(frame)], photo_id)
        else:
            self.window.messages.show_info(
                tr("“{name}” is in {folder}, on a drive that is not connected.").format(
                    name=frame.photo.name, folder=frame.photo.path.parent
                )
            )

    def review(self, photos: Iterable[Photo]) -> tuple[Review, Shoot]:
        """Return what decides on photos of several shoots in one step, and what is decided of them.

        Raises:
            StoreError: the decisions cannot be read.
        """
        shoot = Shoot()
        shoot.photos = {photo.id: photo for photo in photos}
        review = Review(
            self.services.decisions,
            [self.services.places.library],
            shoot,
            lambda photo_ids, _moved: self.session.decided_elsewhere(photo_ids),
        )
        review.load(shoot.photos.values())
        return review, shoot


def _shoot_of(frame: KnownFrame) -> Path:
    """Return the folder a photo was last opened with; its own where that is gone or another now."""
    inside = frame.shoot in frame.photo.path.parents and frame.shoot.is_dir()
    return frame.shoot if inside else frame.photo.path.parent
