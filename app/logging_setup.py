"""One log file, bounded; the terminal stays quiet."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from core.files import SpecialFileError, check_regular

_LONGEST = 1_000_000  # bytes


def set_up_logging(path: Path) -> None:
    """Send our warnings and errors to ``path`` and its one predecessor; where that cannot be written, nowhere."""
    logging.raiseExceptions = False
    handler = _file(path)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for former in root.handlers:
        former.close()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)


def _file(path: Path) -> logging.Handler:
    try:
        check_regular(path)
    except SpecialFileError:  # a pipe would make the program wait for a reader
        return logging.NullHandler()
    return RotatingFileHandler(
        path, maxBytes=_LONGEST, backupCount=1, encoding="utf-8", errors="backslashreplace", delay=True
    )
