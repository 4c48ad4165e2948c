"""Why not this one: which two frames are meant, and what is argued of them."""

from PySide6.QtCore import QObject

from app.controllers.session_controller import SessionController
from core.types import Cluster, PhotoId
from ui.commands import table
from ui.dialogs.why_not_dialog import WhyNotDialog
from ui.main_window import MainWindow
from ui.marks.photo_words import why
from ui.views.compare_view import CompareView
from ui.views.finders import Finders


class ArgumentController(QObject):
    """Opens the comparison; where the burst was not looked at before, once its argument is worked out.

    Args:
        window: has the command.
        session: the open shoot.
        finders: work out the argument, and cut out what decided.
    """

    def __init__(self, window: MainWindow, session: SessionController, finders: Finders) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._finders = finders
        self._waits: tuple[PhotoId, PhotoId] | None = None
        window.commands.bind(table.WHY_NOT, self._ask)
        finders.arguments.ready.connect(self._go_on)

    def _ask(self) -> None:
        cluster = self._window.space.current_cluster()
        if cluster is None:
            return
        pair = self._pair(cluster)
        if pair is None:
            self._window.messages.show_info(self._why_nothing())
        else:
            self._waits = pair
            self._go_on()

    def _go_on(self) -> None:
        """Open what is waited for, if its argument is known by now."""
        shoot, pair = self._session.shoot, self._waits
        if pair is None:
            return
        if not all(photo_id in shoot.photos for photo_id in pair):
            self._waits = None
            return
        argued = self._finders.arguments.of(shoot.cluster_of(pair[0]), shoot)
        if argued is None:
            return
        self._waits = None
        one, other = pair
        WhyNotDialog(
            argued,
            (shoot.photos[one], shoot.photos[other]),
            (shoot.analyses[one], shoot.analyses[other]),
            self._finders.crops,
            self._finders.registrations,
            self._window,
            self._window.theme,
        ).open()

    def _pair(self, cluster: Cluster) -> tuple[PhotoId, PhotoId] | None:
        """Return the active frame and the one it is compared with.

        That is the other one that is selected or compared with it; else the suggested one, of which the runner-up is
        the other.
        """
        current = self._window.space.current_photo()
        ranked = [score.photo_id for score in cluster.scores]
        if current is None or current not in ranked or len(ranked) < 2:
            return None
        others = [each for each in self._beside() if each in ranked and each != current]
        if len(others) == 1:
            return current, others[0]
        return current, ranked[0] if current != ranked[0] else ranked[1]

    def _beside(self) -> list[PhotoId]:
        """Return the frames that are selected, or seen side by side."""
        space = self._window.space
        front = space.views.front
        if isinstance(front, CompareView):
            return [pane.photo_id for pane in front.panes() if pane.photo_id is not None]
        return list(space.targets())

    def _why_nothing(self) -> str:
        """Say what the active frame is, that there is nothing to compare it with."""
        current = self._window.space.current_photo()
        return why(current, self._session.shoot) if current is not None else ""
