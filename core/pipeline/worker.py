"""One worker process, as the program sees it: it is asked, it answers, or it is lost."""

import multiprocessing
import pickle
from contextlib import suppress
from multiprocessing.connection import wait
from threading import Lock
from typing import Any

from core.pipeline.worker_process import work

_EXIT_SECONDS = 5.0

_children = Lock()  # multiprocessing keeps its list of processes for one thread alone


class LostError(Exception):
    """A worker has ended without an answer.

    Args:
        code: its exit code, negative for a signal; None where it has not ended yet.
        at_work: whether it had taken up what it was asked for, or was preparing.
    """

    def __init__(self, code: int | None, *, at_work: bool) -> None:
        super().__init__(f"exit code {code}")
        self.code = code
        self.at_work = at_work


class Worker:
    """A process that prepares, see ``core.pipeline.worker_process``; ``answer`` then says how that went.

    Args:
        memory: bytes it may take, 0 for no bound.
        preparation: pickled ``(function, args, kwargs)``.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(self, memory: int, preparation: bytes) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=work, args=(theirs, memory, preparation), name="shortlist worker", daemon=True
        )
        try:
            with _children:
                self._process.start()
        except BaseException:
            self._connection.close()
            raise
        finally:
            theirs.close()

    def ask(self, asked: bytes, seconds: float) -> tuple[bool, Any]:
        """Have something done: pickled ``(function, args, kwargs)``.

        Returns:
            True with the result, or False with the exception that was raised.

        Raises:
            LostError: the process has ended.
            TimeoutError: it takes longer than that many seconds.
        """
        try:
            self._connection.send_bytes(asked)
            self._receive(seconds)
        except (EOFError, ConnectionError):
            raise LostError(self._exit_code(), at_work=False) from None
        return self.answer(seconds)

    def answer(self, seconds: float) -> tuple[bool, Any]:
        """Wait for an answer; see ``ask``."""
        try:
            is_result, value = pickle.loads(self._receive(seconds))  # noqa: S301 - of our own worker
        except (EOFError, ConnectionError):
            raise LostError(self._exit_code(), at_work=True) from None
        return is_result, value

    def _receive(self, seconds: float) -> bytes:
        if not self._connection.poll(seconds):
            raise TimeoutError
        return self._connection.recv_bytes()

    def kill(self) -> None:
        """End the process at once, from any thread; code that waits for its answer finds it lost."""
        with _children, suppress(ValueError):  # it was closed already
            self._process.kill()

    def close(self) -> None:
        """End the process at once, wait for its end, and give back what it held here."""
        self.kill()
        self._exit_code()
        self._connection.close()
        with _children, suppress(ValueError):  # a process that does not end even then is left behind
            self._process.close()

    def _exit_code(self) -> int | None:
        if wait([self._process.sentinel], _EXIT_SECONDS):
            with _children:
                self._process.join()
        return self._process.exitcode
