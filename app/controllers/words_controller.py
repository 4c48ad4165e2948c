"""What can be searched: what photos show is asked once they are measured, and the search box offers its words.

First come the words that are read from what is measured, in a second. Then photos are taken to pieces, which finds more
things and takes a while the first time: as soon as somebody searches, or when nothing else has gone on for a while.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.bootstrap import Services
from app.controllers.session_controller import SessionController
from app.descriptions import find_described
from app.job import Job
from app.things import find_placed, find_things, together
from app.told_work import ToldWork
from core.cancelling import Cancelled
from core.language import tr
from core.shoot.completion import completions
from core.shoot.criteria import Criteria
from core.shoot.query import NoQueryError, parse
from core.shoot.search import descriptions
from core.shoot.shoot import Shoot
from core.types import PhotoId, Thing
from ui.main_window import MainWindow

_Things = dict[PhotoId, tuple[Thing, ...]]

_PATIENCE_MS = 10_000


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
        self._describing: Job | None = None
        self._told = ToldWork(window.messages)
        self._again = False  # what is being asked is of a former shoot, or of fewer photos
        self._pieces_due: Shoot | None = None
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._take_to_pieces)
        session.finished.connect(self._ask)
        session.opened.connect(self._call_off)
        window.space.filter_bar.search_begun.connect(self._offer)
        window.space.filter_bar.search_begun.connect(self._take_to_pieces)
        window.space.filter_bar.criteria_chosen.connect(self._describe)

    def stop(self) -> None:
        """Wait for what is being asked, bounded: the program closes."""
        self._patience.stop()
        self._pieces_due = None
        for job in (self._job, self._describing):
            if job is not None:
                job.stop()

    def _call_off(self) -> None:
        """Stop what is asked of a shoot that is not open any more."""
        self._patience.stop()
        self._pieces_due = None
        for job in (self._job, self._describing):
            if job is not None:
                job.cancel()

    def _ask(self) -> None:
        """Ask what the photos show, beside the window."""
        shoot = self._session.shoot
        shoot.described.clear()
        self._describe(self._window.space.model.criteria)
        if self._job is not None:
            self._again = True
            self._job.cancel()
            return
        asked = _copy(shoot)

        def take(things: _Things) -> None:
            self._show(shoot, things)
            self._pieces_due = shoot
            self._patience.start()

        self._begin(Job(lambda _progress, _cancelled: find_things(asked, self._services), self), take)

    def _take_to_pieces(self) -> None:
        """Find the things in the photos piece by piece, where that is not done yet."""
        shoot = self._session.shoot
        if self._pieces_due is not shoot or self._job is not None:
            return
        self._patience.stop()
        self._pieces_due = None
        asked, words = _copy(shoot), {each: tuple(things) for each, things in shoot.things.items()}

        def find(cancelled: Cancelled) -> _Things:
            return together(words, find_placed(asked, self._services, cancelled))

        job = Job(lambda _progress, cancelled: find(cancelled), self)
        self._begin(job, lambda things: self._show(shoot, things))

    def _describe(self, criteria: Criteria) -> None:
        """Find what the query describes, where that is not known yet."""
        shoot = self._session.shoot
        texts = frozenset(_descriptions_in(criteria.text)) - shoot.described.keys()
        if not texts or self._describing is not None:
            return
        asked = _copy(shoot)
        job = Job(lambda _progress, cancelled: find_described(texts, asked, self._services, cancelled), self)
        job.ended.connect(lambda found: self._show_described(shoot, found))
        job.failed.connect(self._told.fail)
        job.finished.connect(lambda: self._described(texts))
        self._describing = job
        self._told.begin(tr("Looking for what is described in English…"))
        job.start()

    def _show_described(self, shoot: Shoot, found: dict[str, tuple[PhotoId, ...]]) -> None:
        self._told.end()
        shoot.described |= found
        if shoot is self._session.shoot:
            self._window.space.words_changed()

    def _described(self, texts: frozenset[str]) -> None:
        self._describing = None
        criteria = self._window.space.model.criteria
        if not texts.issuperset(_descriptions_in(criteria.text)):  # something else was typed meanwhile
            self._describe(criteria)

    def _begin(self, job: Job, take: Callable[[_Things], None]) -> None:
        job.ended.connect(take)
        job.finished.connect(self._ended)
        self._job = job
        job.start()

    def _show(self, shoot: Shoot, things: _Things) -> None:
        shoot.things = things
        if shoot is self._session.shoot:
            self._window.space.words_changed()

    def _ended(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self._ask()

    def _offer(self) -> None:
        self._window.space.filter_bar.set_completions(completions(self._session.shoot))


def _descriptions_in(text: str) -> tuple[str, ...]:
    try:
        return descriptions(parse(text))
    except NoQueryError:
        return ()


def _copy(shoot: Shoot) -> Shoot:
    """Return what is asked of a shoot, so that nothing changes while it is being looked at."""
    asked = Shoot()
    asked.photos, asked.analyses = dict(shoot.photos), dict(shoot.analyses)
    return asked
