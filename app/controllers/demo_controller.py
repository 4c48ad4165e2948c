"""The demo shoot in the window: made and opened by one click, said to be one, made anew and thrown away."""

from pathlib import Path

from PySide6.QtCore import QObject

from app.controllers.session_controller import SessionController
from app.demo.keeping import DemoError, DemoShoot
from app.job import Job
from app.told_work import ToldWork
from core.language import tr
from ui.commands import table
from ui.main_window import MainWindow


class DemoController(QObject):
    """Opens it, and shows the bar that says so as long as it is open.

    Args:
        window: has the command and the bar.
        session: opens and closes shoots.
        demo: the shoot itself.
    """

    def __init__(self, window: MainWindow, session: SessionController, demo: DemoShoot) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._demo = demo
        self._told = ToldWork(window.messages)
        self._job: Job | None = None
        window.commands.bind(table.DEMO, self._open)
        window.demo.anew_requested.connect(self._make)
        window.demo.removal_requested.connect(self._throw_away)
        session.opened.connect(self._show)
        session.closed.connect(self._show)

    def stop(self) -> None:
        """Wait for what is being made, bounded: the program closes."""
        if self._job is not None:
            self._job.stop()

    def _open(self) -> None:
        """Open the one there is, as it was left; make one where there is none."""
        if (folder := self._demo.current()) is not None:
            if not self._demo.is_of(self._session.sources):
                self._session.open([folder])
        else:
            self._make()

    def _make(self) -> None:
        if self._job is not None:
            return
        if self._demo.is_of(self._session.sources):
            self._session.close()
        self._told.begin(tr("Making the demo shoot…"))
        self._job = Job(lambda told, _cancelled: self._demo.make(told), self)
        self._job.progressed.connect(self._tell)
        self._job.ended.connect(self._made)
        self._job.failed.connect(self._told.fail)
        self._job.finished.connect(self._ended)
        self._job.start()

    def _tell(self, done: int, count: int) -> None:
        self._told.go_on(tr("Making the demo shoot: {done} of {count}…").format(done=done, count=count))

    def _made(self, folder: Path) -> None:
        self._told.end()
        self._session.open([folder])

    def _ended(self) -> None:
        self._job = None

    def _throw_away(self) -> None:
        if self._demo.is_of(self._session.sources):
            self._session.close()
        try:
            self._demo.throw_away()
        except DemoError as error:
            self._window.messages.show_error(str(error))
        else:
            self._window.messages.show_info(tr("The demo shoot is deleted."))

    def _show(self) -> None:
        self._window.demo.setVisible(self._demo.is_of(self._session.sources))
