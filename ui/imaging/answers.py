"""What is worked out in a thread of its own for what is looked at, because it takes longer than a key may."""

import logging
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from ui.imaging.workers import RightOfWay, Workers

Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")

_LOG = logging.getLogger(__name__)


class Answers(QObject, Generic[Question, Answer]):
    """Works out answers and keeps the latest; lives in the GUI thread. Call ``shutdown`` before it is destroyed.

    Args:
        name: of the thread, for logs and debuggers.
        kept: how many answers.
        nothing: the answer where working it out failed.
        parent: of the object.
        way: shared with whoever decodes what is on screen, to whom this one gives way.
    """

    ready = Signal()  # there is another answer now
    _done = Signal(object, object)  # Question, Answer

    def __init__(
        self,
        name: str,
        kept: int,
        nothing: Answer,
        parent: QObject | None = None,
        way: RightOfWay | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._kept, self._nothing = name, kept, nothing
        self._known: OrderedDict[Question, Answer] = OrderedDict()
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers: Workers[Question] = Workers(self._work, 1, name, way=way)

    def clear(self) -> None:
        """Give up what is asked, and forget what is known."""
        self._workers.want(())
        self._known.clear()

    def shutdown(self, seconds: float = 2.0) -> bool:
        """End the thread, waiting at most so long; False where it is left behind."""
        return self._workers.stop(seconds)

    def _find(self, question: Question) -> Answer:
        """Work out an answer; called in the thread."""
        raise NotImplementedError

    def _keep(self, question: Question, answer: Answer) -> None:
        """Note an answer, in the GUI thread."""
        self._known[question] = answer

    def _latest(self, question: Question) -> Answer | None:
        """Return an answer, which stays longer for it; None as long as there is none."""
        if question in self._known:
            self._known.move_to_end(question)
        return self._known.get(question)

    def _about(self, _question: Question) -> str:
        """Return what the log calls a question."""
        return self._name

    def _work(self, question: Question) -> None:
        answer = self._nothing
        try:
            answer = self._find(question)
        except Exception:  # noqa: BLE001 a bug must not leave the window without the worker
            _LOG.exception("Working out %s", self._about(question))
        self._workers.tell(question, lambda: self._done.emit(question, answer))

    def _take(self, question: Question, answer: Answer) -> None:
        self._workers.take(question)
        self._keep(question, answer)
        while len(self._known) > self._kept:
            self._known.popitem(last=False)
        self.ready.emit()
