"""Cancelling, the one way: a caller that may end work early gives it a question, and long loops ask it.

Where loops lie deep, as in a grouping, the question is not handed down but set around the call (``cancellable``) and
asked by ``go_on``. That holds for the calling thread alone: the window groups with the same ``Grouper`` when a slider
moves, and must not be stopped because the run that made it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Cancelled = Callable[[], bool]
"""Whether the work is not wanted any more; asked often, so it has to be quick. ``threading.Event().is_set`` is one."""


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The work was given up on request; there is no result."""


def never() -> bool:
    """Return False: work that is not cancelled."""
    return False


_cancelled: ContextVar[Cancelled] = ContextVar("cancelled", default=never)


@contextmanager
def cancellable(cancelled: Cancelled) -> Iterator[None]:
    """Let the work inside be given up.

    Args:
        cancelled: once it is true, ``go_on`` raises ``Stopped``.
    """
    token = _cancelled.set(cancelled)
    try:
        yield
    finally:
        _cancelled.reset(token)


def go_on() -> None:
    """Ask whether to go on, in loops that may take long; a tenth of a microsecond.

    Raises:
        Stopped: the work is not wanted any more.
    """
    if _cancelled.get()():
        raise Stopped
