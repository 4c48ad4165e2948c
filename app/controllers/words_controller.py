"""What can be searched: what photos show is asked once they are measured, and the search box offers its words."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from app.bootstrap import Services
from app.controllers.session_controller import SessionController
from app.job import Job
from app.things import find_things
from core.shoot.completion import completions
from core.shoot.shoot import Shoot
from core.types import PhotoId, Thing
from ui.main_window import MainWindow


class WordsController(QObject):
    """Keeps the search box up to date with the open shoot.

    Args:
        window: has the search box.
        session: the open shoot.
        services: keep what was measured.
    """

    def __init__(self, window: MainWindow, session: SessionController, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._services = services
        self._job: Job | None = None
        self._again = False  # what was asked is of a former shoot
        session.finished.connect(self._ask)
        window.space.filter_bar.search_begun.connect(self._offer)

    def stop(self) -> None:
        """Wait for what is being asked, bounded: the program closes."""
        if self._job is not None:
            self._job.stop()

    def _ask(self) -> None:
        """Ask what the photos show, beside the window."""
        if self._job is not None:
            return  # its answer is of a moment ago; it asks again itself
        shoot = self._session.shoot
        asked = Shoot()
        asked.photos, asked.analyses = dict(shoot.photos), dict(shoot.analyses)
        job = Job(lambda _progress, _cancelled: find_things(asked, self._services), self)
        job.ended.connect(lambda things: self._take(shoot, things))
        job.finished.connect(self._ended)
        self._job = job
        job.start()

    def _take(self, shoot: Shoot, things: Mapping[PhotoId, Sequence[Thing]]) -> None:
        shoot.things = things
        if shoot is self._session.shoot:
            self._window.space.words_changed()
        else:
            self._again = True

    def _ended(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self._ask()

    def _offer(self) -> None:
        self._window.space.filter_bar.set_completions(completions(self._session.shoot))
