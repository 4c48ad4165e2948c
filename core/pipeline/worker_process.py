"""What runs in a worker process: one task after the other, until nobody asks for more.

Nothing is imported here but Python's own, and what is asked for arrives as bytes: whatever is wrong with a
worker, even a library that cannot be loaded, comes back as an answer instead of ending it without one.
"""

import os
import pickle
import signal
import traceback
from multiprocessing.connection import Connection

TAKEN = b""
"""Sent before the answer: from then on it is the task that a crash comes from."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_NICENESS = 10  # the screen goes first, and what the window itself does ahead of it


def work(connection: Connection, memory: int, preparation: bytes) -> None:
    """Prepare this process and say so, then do what is asked for.

    Args:
        connection: brings pickled ``(function, args, kwargs)`` and takes a pickled ``(True, result)`` or
            ``(False, exception)`` for each, after ``TAKEN``; for the preparation as well, without it.
        memory: bytes this process may take, 0 for no bound.
        preparation: a pickled ``(function, args, kwargs)`` too; a worker that cannot do it does nothing else.
    """
    # Ctrl+C goes to the program, which ends its workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(_THREADS, "1"))  # the processes are the parallelism
    try:
        _set_up(memory)
        is_ready, answer = True, _answer(preparation)
    except BaseException as error:  # noqa: BLE001 - told, whatever it is
        is_ready, answer = False, _pickled(False, error)
    try:
        connection.send_bytes(answer)
        while is_ready:
            asked = connection.recv_bytes()
            connection.send_bytes(TAKEN)
            connection.send_bytes(_answer(asked))
    except (EOFError, OSError):
        return  # the program is not there any more


def _set_up(memory: int) -> None:
    from core.freed_memory import keep_freed_memory
    from core.pipeline.worker_memory import bound_memory

    keep_freed_memory()
    bound_memory(memory)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def _answer(asked: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(asked)  # noqa: S301 - of our own program
        return _pickled(True, function(*args, **kwargs))
    except BaseException as error:  # noqa: BLE001 - told, whatever it is
        return _pickled(False, error)


def _pickled(is_result: bool, value: object) -> bytes:
    """Pickle an answer; an exception takes the words of its traceback along, as far as it travels at all."""
    if not isinstance(value, BaseException):
        return pickle.dumps((is_result, value))
    value.add_note("In a worker:\n" + "".join(traceback.format_exception(value)))
    try:
        answer = pickle.dumps((is_result, value))
        pickle.loads(answer)  # noqa: S301 - some can be packed and not unpacked
    except Exception:  # noqa: BLE001 - then its words have to do
        return pickle.dumps((False, RuntimeError("\n".join(value.__notes__))))
    return answer
