"""The fewest frames of a group in which everybody is good: found, shown face by face, and picked on request."""

from PySide6.QtCore import QObject

from app.asking import Asking
from app.controllers.review_controller import ReviewController
from app.controllers.session_controller import SessionController
from core.language import ntr, tr
from core.ranking.cover import Cover, Met, cover
from core.shoot.listed import Listed
from core.subject.spots import spot_of
from core.types import Flag, PhotoId
from ui.commands import table
from ui.dialogs.cover_dialog import BestWhere, CoverDialog
from ui.main_window import MainWindow
from ui.widgets.picture_list import PictureSources


class CoverController(QObject):
    """Works on the group of the active photo, or on the selected groups.

    Args:
        window: has the command, and shows the frames.
        session: the open shoot.
        review: picks.
        sources: of faces.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        review: ReviewController,
        sources: PictureSources,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._review = review
        self._sources = sources
        self._asking = Asking(self, window.messages.show_error)
        window.commands.bind(table.COVER, self._look)

    def stop(self) -> None:
        """End what is being looked for."""
        self._asking.stop()

    def _look(self) -> None:
        shoot = self._session.shoot
        groups = [
            [shoot.analyses[one] for one in cluster.photo_ids if one in shoot.analyses]
            for cluster in self._window.space.selected_clusters()
        ]

        def take(found: Cover) -> None:
            if self._session.shoot is shoot:
                self._show(found)

        self._asking.ask(lambda: cover(groups), take)

    def _show(self, found: Cover) -> None:
        if not found.people:
            self._window.messages.show_info(tr("Nobody is seen in this group, as far as it is measured."))
            return
        people = [self._best_where(found, person) for person in found.people]
        order = {photo_id: at for at, photo_id in enumerate(found.frames)}
        people.sort(key=lambda one: (not one.is_good, order.get(one.photo_id, 0)))
        photos = self._session.shoot.photos
        names = [photos[photo_id].name for photo_id in found.frames]
        giving_way = [photos[photo_id].name for photo_id in self._giving_way(found)]
        dialog = CoverDialog(names, people, giving_way, self._sources, self._window, self._window.theme)
        dialog.pick_requested.connect(lambda: self._pick(found))
        dialog.show_requested.connect(lambda: self._list(found))
        dialog.open()

    def _best_where(self, found: Cover, person: Met) -> BestWhere:
        frame = found.frame_for(person)
        photo_id = person.best if frame is None else frame
        name = self._session.shoot.photos[photo_id].name
        return BestWhere(photo_id, name, spot_of(person.faces[photo_id]), frame is not None)

    def _giving_way(self, found: Cover) -> list[PhotoId]:
        """Return what accepting suggestions picked of the same groups: it gives way, as to any frame chosen instead."""
        shoot = self._session.shoot
        groups = dict.fromkeys(shoot.cluster_of(photo_id).photo_ids for photo_id in found.frames)
        picks = (one for group in groups for one in group if one not in found.frames)
        return [
            one for one in picks if shoot.decision(one).flag is Flag.PICK and shoot.decision(one).is_programs
        ]

    def _pick(self, found: Cover) -> None:
        review, giving_way = self._session.review, self._giving_way(found)
        if giving_way:
            self._review.apply(lambda: review.keep(found.frames, giving_way))
        else:
            self._review.apply(lambda: review.set_flag(found.frames, Flag.PICK))
        self._list(found)
        self._review.say_done()

    def _list(self, found: Cover) -> None:
        """Show the frames by themselves, each with how many people are best in it."""
        best = [found.frame_for(person) for person in found.people]
        why = {}
        for photo_id in found.frames:
            count = best.count(photo_id)
            words = ntr("{count} person is best here", "{count} people are best here", count)
            why[photo_id] = words.format(count=count)
        title = ntr("Everybody good: {count} frame", "Everybody good: {count} frames", len(found.frames))
        listed = Listed(title.format(count=len(found.frames)), frozenset(found.frames), why)
        self._window.space.show_listed(listed, found.frames[0])
        for photo_id in reversed(found.frames):
            self._window.space.go_to(photo_id)  # which opens its stack where others cover it
