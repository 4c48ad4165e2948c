"""The last net: an error nobody expected is logged and reported, and the window lives on."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from core.errors import ShortlistError
from core.language import tr

_log = logging.getLogger(__name__)


def install(tell: Callable[[str], None]) -> None:
    """Log unexpected errors of the GUI thread and tell the user in one sentence, through ``tell``.

    An error that has a sentence of its own is told by it, whichever button it was raised at.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, ShortlistError):  # raised at a button, which no command stands behind
            _log.warning("could not be done", exc_info=(kind, error, trace))
            tell(str(error))
            return
        _log.critical("unexpected error", exc_info=(kind, error, trace))
        words = tr("Something unexpected went wrong ({error}). Your decisions are safe; the log says more.")
        tell(words.format(error=kind.__name__))

    sys.excepthook = hook
