"""Standard input, output and error, whatever the program was started with: a pipe, a terminal, nothing at all."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import TextIO, cast

_MOST_TOLD = 4_000  # characters of what a program without a console would have printed
_STOP_SIGN = 0x10  # MB_ICONERROR of Windows' MessageBoxW


class OutputUnreadError(BrokenPipeError):
    """Nobody reads standard output any more; a broken pipe of anything else is another error."""


class _Output:
    """Standard output, which says it is unread in an error of its own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write on. Raises OutputUnreadError where nobody reads it."""
        try:
            return self._stream.write(text)
        except BrokenPipeError as error:
            raise OutputUnreadError(*error.args) from error

    def flush(self) -> None:
        """Write what waits. Raises OutputUnreadError where nobody reads it."""
        try:
            self._stream.flush()
        except BrokenPipeError as error:
            raise OutputUnreadError(*error.args) from error

    def __getattr__(self, name: str) -> object:
        """Be the stream in all else."""
        return getattr(self._stream, name)


class _Remarks(_Output):
    """Standard error: what nobody reads of it is dropped, and ends no work."""

    def write(self, text: str) -> int:
        """Write on, where somebody reads it."""
        with suppress(BrokenPipeError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write what waits, where somebody reads it."""
        with suppress(BrokenPipeError):
            super().flush()


class _Untold(io.StringIO):
    """What a program without a console prints: kept up to a length, to be shown in the end."""

    def write(self, text: str) -> int:
        """Keep it, while there is room."""
        super().write(text[: max(0, _MOST_TOLD - self.tell())])
        return len(text)


@contextmanager
def standard_streams() -> Iterator[Callable[[], None]]:
    """Let there be standard streams, whatever the program was started with.

    A program without a console has none, nor one whose streams somebody closed: the next file that is opened
    would get the number of one, and what a library prints would go into it.

    Yields:
        What shows, in a box, all that was printed where there is no console.
    """
    _hold_low_numbers()
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    untold = _Untold() if None in (sys.stdout, sys.stderr) else None
    output, remarks = sys.stdout or untold, sys.stderr or untold
    with (
        redirect_stdout(cast(TextIO, _Output(cast(TextIO, output)))),
        redirect_stderr(cast(TextIO, _Remarks(cast(TextIO, remarks)))),
    ):
        yield lambda: _show(untold.getvalue().strip() if untold is not None else "")


def _hold_low_numbers() -> None:
    """Open what is closed of the three standard streams; they are told apart by their numbers alone."""
    with suppress(OSError):
        number = os.open(os.devnull, os.O_RDWR)
        while number <= 2:
            os.set_inheritable(number, True)
            number = os.open(os.devnull, os.O_RDWR)
        os.close(number)


def _show(words: str) -> None:
    """Show what nobody could read in a box of the system's, for Qt may be what cannot be loaded."""
    if words and sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, words, "Shortlist", _STOP_SIGN)


def end_output() -> None:
    """Send what is left of standard output nowhere, so that Python does not stumble over it when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
