"""Checking copies: photos that were copied from a card are read again, while the window goes on."""

from pathlib import Path

from PySide6.QtCore import QObject

from app.controllers.session_controller import SessionController
from app.job import Job, Progress
from core.cancelling import Cancelled
from core.language import numeral, tr
from core.offload.verify import Verified, verify
from core.offload.words import verified_lines, verified_words
from ui.asked_folder import ask_for_folder
from ui.commands import table
from ui.main_window import MainWindow

_NAMED = 20  # files in the list of problems: where a disk dies, it would be all of them


class CopiesController(QObject):
    """Asks for a folder, checks it on a thread, and says what was found.

    Args:
        window: has the command, and says it.
        session: whose folder is asked about first.
    """

    def __init__(self, window: MainWindow, session: SessionController) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._job: Job | None = None
        self._told = ""
        window.commands.bind(table.CHECK_COPIES, self._ask)

    def stop(self) -> None:
        """End what runs."""
        if self._job is not None:
            self._job.stop()

    def _ask(self) -> None:
        if self._job is not None:
            self._job.cancel()
            return
        if chosen := ask_for_folder(self._window, tr("Folder of copies to check"), *self._session.sources):
            self._check(chosen)

    def _check(self, folder: Path) -> None:
        def work(progress: Progress, cancelled: Cancelled) -> Verified:
            return verify(folder, progress, cancelled)

        job = self._job = Job(work, self)
        job.progressed.connect(self._show_progress)
        job.ended.connect(lambda found: self._ended(job, found))
        job.failed.connect(lambda sentence: self._failed(job, sentence))
        self._tell(tr("Reading copies again…"))
        job.start()

    def _show_progress(self, done: int, of: int) -> None:
        """Say how far it is, now and then, where nobody closed the sentence before."""
        if done % max(1, of // 100) == 0 and self._window.messages.text() == self._told:
            words = tr("Reading copies again: {done} of {all}")
            self._tell(words.format(done=numeral(done), all=numeral(of)))

    def _tell(self, words: str) -> None:
        self._withdraw()
        self._told = words
        self._window.messages.show_question(words, tr("Stop"), self._ask, of_shoot=False)

    def _ended(self, job: Job, found: object) -> None:
        assert isinstance(found, Verified)
        self._finish(job)
        words = verified_words(found)
        if found.changed or found.missing or found.unreadable:
            self._window.messages.show_error(words)
            for line in verified_lines(found)[:_NAMED]:
                self._window.problems.add_error(line)
        else:
            # Its button closes it already; what waits behind it stays to be read.
            self._window.messages.show_question(words, tr("Close"), lambda: None, of_shoot=False)

    def _failed(self, job: Job, sentence: str) -> None:
        self._finish(job)
        self._window.messages.show_error(sentence)

    def _finish(self, job: Job) -> None:
        job.wait()
        self._job = None
        self._withdraw()

    def _withdraw(self) -> None:
        if self._told:
            self._window.messages.withdraw(self._told)
            self._told = ""
