"""Stopping while a large shoot is grouped: the long loops ask now and then whether to go on.

Whoever wants to be able to stop says so around the call. That holds for the calling thread alone: the window groups
with the same ``Grouper`` when a slider moves, and must not be stopped because the run that made it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The work was given up as it was asked to be; there is no result."""


def _never() -> bool:
    return False


_cancelled: ContextVar[Callable[[], bool]] = ContextVar("cancelled", default=_never)


@contextmanager
def stoppable(cancelled: Callable[[], bool]) -> Iterator[None]:
    """Lets the grouping inside be given up.

    Args:
        cancelled: asked often, so it has to be quick; once true, ``Stopped`` is raised.
    """
    token = _cancelled.set(cancelled)
    try:
        yield
    finally:
        _cancelled.reset(token)


def go_on() -> None:
    """Called in loops that may take long; a tenth of a microsecond.

    Raises:
        Stopped: the work is not wanted any more.
    """
    if _cancelled.get()():
        raise Stopped
