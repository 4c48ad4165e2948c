"""The two stages that cost time, as generators: the runner decides what to do with what they yield."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace

from core.cancelling import Cancelled
from core.errors import PhotoError, ShortlistError, WorkersError
from core.ingest.exif_reader import MetadataRead, read_metadata
from core.ingest.scanner import ScannedFile
from core.language import say
from core.pipeline.context import Dependencies
from core.pipeline.pool import EndedError
from core.pipeline.workers import Measured
from core.sidecar.file_marks import embedded_words
from core.types import Photo

_log = logging.getLogger(__name__)

_MOST_CRASHED_AT_FIRST = 8  # photos in a row that crash the first workers: hardly the photos' fault
_CANCEL_CHECK = 0.05  # seconds between looks at the cancel flag while workers are busy


def taken_in(found: Sequence[ScannedFile], parts: Dependencies) -> list[ScannedFile]:
    """Return the files of a run: those that were found and are wanted, and those that are away for now."""
    wanted = [file for file in found if parts.only is None or file.path in parts.only]
    return [*wanted, *parts.away.values()]


def metadata(files: Sequence[ScannedFile], cancelled: Cancelled) -> Iterator[MetadataRead | PhotoError]:
    """Read what each file says about itself, in order, until cancelled."""
    for file in files:
        if cancelled():
            return
        try:
            marks, said = embedded_words(file.path)
            read = read_metadata(file, said.times, said.orientation)
            yield replace(read, photo=replace(read.photo, marks=marks, words=said.words | read.photo.words))
        except PhotoError as error:
            yield error
        except Exception as error:  # noqa: BLE001 - whatever a file makes of its reader costs one photo
            _log.exception("unexpected failure on %s", file.path)
            yield PhotoError(file.path, say("It could not be read ({cause}).", cause=type(error).__name__))


def measures(
    photos: Sequence[Photo],
    hand_over: Callable[[Photo], Future[Measured]],
    in_flight: int,
    cancelled: Cancelled,
) -> Iterator[tuple[Photo, Measured | PhotoError] | None]:
    """Measure photos in an executor, yielding each as it is done, until cancelled.

    Args:
        photos: in the order in which they are wanted.
        hand_over: gives the work on one photo to the executor.
        in_flight: tasks that are handed over at a time, so that cancelling leaves nothing queued.
        cancelled: asked between photos.

    Yields:
        A photo with its measures or its failure; None now and then while waiting, so that the caller can
        keep its own clock.

    Raises:
        ShortlistError: no photo can be measured: models cannot be used, or no workers are to be had.
    """
    waiting = iter(photos)
    running: dict[Future[Measured], Photo] = {}
    # Held back until a worker has come back from some photo.
    crashed: list[tuple[Photo, Future[Measured]]] = []
    has_come_back = False
    while not cancelled():
        for photo in waiting:
            running[hand_over(photo)] = photo
            if len(running) >= in_flight:
                break
        if not running:
            yield from ((photo, _outcome(photo, future)) for photo, future in crashed)
            return
        done, _ = wait(running, timeout=_CANCEL_CHECK, return_when=FIRST_COMPLETED)
        for future in done:
            photo = running.pop(future)
            if not has_come_back and isinstance(future.exception(), ChildProcessError):
                crashed.append((photo, future))
                if len(crashed) >= _MOST_CRASHED_AT_FIRST:
                    raise _given_up(future)
                continue
            has_come_back = True
            crashed.append((photo, future))
            yield from ((photo, _outcome(photo, future)) for photo, future in crashed)
            crashed.clear()
        if not done:
            yield None


def _given_up(last: Future[Measured]) -> WorkersError:
    """Say that workers crash on whatever photo they get, and write it into the log."""
    error = WorkersError(
        say(
            "Measuring was given up: the programs that do it crashed on each of the first {count} photos. "
            "`shortlist doctor` tries them without photos; reinstall Shortlist if it finds something broken.",
            count=_MOST_CRASHED_AT_FIRST,
        )
    )
    _log.error("%s", error, exc_info=last.exception())
    return error


def _outcome(photo: Photo, future: Future[Measured]) -> Measured | PhotoError:
    """Return the measures, or a failure that names the file; other errors of ours concern all photos."""
    try:
        return future.result()
    except PhotoError as error:
        return error
    except ShortlistError:
        raise
    except TimeoutError:
        return PhotoError(photo.path, say("Reading it took too long, so it was given up."))
    except MemoryError:
        return PhotoError(photo.path, say("There is not enough memory to decode it."))
    except EndedError:
        return PhotoError(
            photo.path,
            say(
                "The programs that read it were ended from outside, most likely because memory ran out. "
                "Close other programs and open the folder again."
            ),
        )
    except ChildProcessError:
        _log.warning("worker lost on %s", photo.path, exc_info=True)
        return PhotoError(photo.path, say("The decoder crashed on this file; it may be damaged."))
    except Exception as error:  # noqa: BLE001 - whatever a decoder raises costs one photo, never the shoot
        _log.exception("unexpected failure on %s", photo.path)
        return PhotoError(photo.path, say("It could not be read ({cause}).", cause=type(error).__name__))


class Pace:
    """Says when it is time again: at most once an interval, and never more than a tenth of the time.

    Args:
        interval: seconds.
    """

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._next = time.monotonic() + interval

    def due(self) -> bool:
        """Tell whether it is time."""
        return time.monotonic() >= self._next

    def run(self, work: Callable[[], None]) -> None:
        """Do the work and put the next time off by what it cost."""
        start = time.monotonic()
        work()
        end = time.monotonic()
        self._next = end + max(self._interval, 10 * (end - start))
