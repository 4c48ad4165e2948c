"""Carries out plans of copying: one card after another or all at once, each file proven before it has its name.

While one file is read again from its disk, the next one is read from its card. The list of checksums is written a few
files at a time: what was copied since and is not in it yet is compared when the same is asked for again. A file in the
middle of which the card or a disk went away is gone on with where it ended.
"""

import os
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from core.cancelling import Cancelled, Stopped, cancellable, never
from core.errors import OffloadError, PhotoError
from core.ingest.frame_names import frame_key, frame_place, with_number
from core.language import say
from core.offload.manifest import Manifest
from core.offload.outcome import Fate, FollowUp, OffloadResult, Refusal
from core.offload.parts import Part, clear_parts
from core.offload.plan import OffloadPlace, OffloadPlan, PlannedOffload, Step
from core.offload.progress import OffloadProgress, Watched
from core.offload.proof import Unproven, digest_of, prove, write_parts
from core.sidecar.atomic_file import make_folder, sentence, sync_folder

_AHEAD = 3  # files that are written and wait to be read again
_TOGETHER = 16  # files whose checksums are written in one go
_MOST_KEPT = 2**27  # bytes of files that are kept in memory until their copies are proven

_DISK_GONE = say("Its disk is not connected any more, or another one stands in its place.")


def offload(
    plan: OffloadPlan,
    lock: Path,
    on_progress: Callable[[OffloadProgress], None] = lambda _progress: None,
    cancelled: Cancelled = never,
    follow: FollowUp = lambda _followed: None,
    *,
    together: bool = False,
) -> OffloadResult:
    """Copy as planned. A file that fails is listed with its reason, and the rest goes on.

    Args:
        plan: what to do, in order.
        lock: a file of ours; whoever holds it is the only one on this machine that copies.
        on_progress: told how far it is, now and then, in whatever thread.
        cancelled: asked all the time; what is not proven by then is taken away.
        follow: given photos with their copies, a few at a time, for their decisions to follow.
        together: read all cards at the same time, rather than one after another.

    Raises:
        OffloadError: somebody else is copying, or a target cannot be made.
    """
    with _alone(lock):
        return _Run(plan, Watched(plan, on_progress), cancelled, follow).do(together)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise OffloadError(
            say("Photos are being copied from a card already; wait until that is done.")
        ) from None
    except OSError as error:
        raise OffloadError(
            say("Nothing can be noted in “{folder}” ({cause}).", folder=path.parent, cause=sentence(error))
        ) from error
    try:
        yield
    finally:
        lock.release()


class _Run:
    """One run; its parts are shared by the threads of the cards and of those that read copies again."""

    def __init__(self, plan: OffloadPlan, watched: Watched, cancelled: Cancelled, follow: FollowUp) -> None:
        self._plan = plan
        self._watched = watched
        self._cancelled = cancelled
        self._follow = follow
        self._lock = threading.Lock()
        self._result = OffloadResult(plan)
        self._manifests: dict[Path, Manifest] = {}
        self._disks: dict[Path, tuple[int, int]] = {}
        self._sums: dict[Path, dict[str, str]] = defaultdict(dict)  # not in the list yet
        self._followed: list[tuple[PlannedOffload, list[Path]]] = []
        self._kept = 0  # bytes in memory
        # In which copies are read again, one for each disk.
        at_once = len({file.card for file in plan.files}) * len(plan.targets)
        self._readers = ThreadPoolExecutor(max(at_once, 1))
        self._planned = {frame_place(place.path) for file in plan.files for place in file.places}

    def do(self, together: bool) -> OffloadResult:
        """Do all of it."""
        self._make_ready()
        by_card: dict[Path, list[PlannedOffload]] = defaultdict(list)
        for file in self._plan.files:
            if not file.is_again:
                by_card[file.card if together else Path()].append(file)
        with self._readers:
            with ThreadPoolExecutor(max(len(by_card), 1)) as cards:
                for done in [cards.submit(self._copy, files) for files in by_card.values()]:
                    done.result()
            self._copy([file for file in self._plan.files if file.is_again])
        self._settle()
        self._result.cancelled = self._cancelled()
        return self._result

    def _make_ready(self) -> None:
        resumable = self._resumable() if self._plan.littered else ()
        for folder in self._plan.littered:
            clear_parts(folder, resumable)
        for root in self._plan.targets:
            try:
                make_folder(root)
                self._disks[root] = _identity(root)
                self._manifests[root] = Manifest.read(root)
            except OSError as error:
                raise OffloadError(
                    say("“{folder}” cannot be used. {reason}", folder=root, reason=sentence(error))
                ) from error

    def _resumable(self) -> set[Path]:
        """Return the files of copies without a name that this run takes up."""
        return {
            path
            for file in self._plan.files
            for place in file.copies()
            for path in Part(file.source, place.path).files
        }

    def _copy(self, files: Sequence[PlannedOffload]) -> None:
        """Copy some files, in order; one thread reads them, others read their copies again."""
        gone: set[Path] = set()
        with ThreadPoolExecutor(1) as prover, cancellable(self._cancelled):
            waiting: deque[Future[None]] = deque()
            for at, file in enumerate(files):
                if self._cancelled():
                    break
                if file.card in gone:
                    continue
                # What may be the same as another is compared with it, once that has its name.
                while len(waiting) > (0 if file.is_again else _AHEAD):
                    waiting.popleft().result()
                if not self._begin(file, prover, waiting) and self._is_gone(file.card, files[at:]):
                    gone.add(file.card)
            for one in waiting:
                one.result()
        with self._lock:
            self._result.gone |= gone

    def _begin(self, file: PlannedOffload, prover: ThreadPoolExecutor, waiting: deque[Future[None]]) -> bool:
        """Do the first half of a file, and hand on the second; False where the card did not give it."""
        places = {place.path: place for place in file.places}
        outcomes: dict[Path, Fate] = {}
        for path, place in places.items():
            if place.step is Step.KEEP:
                outcomes[path] = Fate.KEPT
            elif place.step is Step.LEAVE:
                outcomes[path] = Fate.LEFT
        wanted = [path for path, place in places.items() if place.step is Step.COPY]
        compared = [path for path, place in places.items() if place.step is Step.COMPARE]
        try:
            there = [path for path in wanted + compared if self._is_connected(places[path])]
            wanted = [path for path in wanted if path in there]
            for path in (path for path in compared if path in there):
                if not os.path.lexists(path):
                    wanted.append(path)
                elif (digest := self._compared(file, path)) is not None:
                    outcomes[path] = Fate.COMPARED
                    self._note(places[path], digest)
                else:
                    other = self._another_name(places[path])
                    places[other.path] = other
                    wanted.append(other.path)
            unproven = self._written(file, wanted) if wanted else None
        except Stopped:
            return True
        except (PhotoError, OSError) as error:
            self._refuse(file.source.path, error)
            self._end(file, outcomes)
            return not isinstance(error, OSError)
        if unproven is None:
            self._end(file, outcomes)
        else:
            waiting.append(prover.submit(self._prove, file, places, outcomes, unproven))
        return True

    def _written(self, file: PlannedOffload, wanted: Sequence[Path]) -> Unproven:
        """Write a file to some places; it stays in memory until it is proven, if there is room."""
        size = file.source.size_bytes
        with self._lock:
            keeps = self._kept + size <= _MOST_KEPT
            self._kept += size if keeps else 0
        with ExitStack() as stack:
            if keeps:
                stack.callback(self._forget, size)
            watched = self._watched
            unproven = write_parts(file.source, wanted, watched.read, watched.read_again, keeps_content=keeps)
            unproven.stack.push(stack.pop_all())
            return unproven

    def _forget(self, size: int) -> None:
        with self._lock:
            self._kept -= size

    def _prove(
        self,
        file: PlannedOffload,
        places: dict[Path, OffloadPlace],
        outcomes: dict[Path, Fate],
        unproven: Unproven,
    ) -> None:
        with unproven.stack:
            for path, error in unproven.failed.items():
                self._refuse(path, error)
            name = partial(self._name, file, unproven)
            wanted = map(places.__getitem__, unproven.parts)
            troubles = list(self._readers.map(name, wanted, unproven.parts.values()))
            for path, trouble in zip(unproven.parts, troubles, strict=True):
                if trouble is None:
                    outcomes[path] = Fate.COPIED
                    self._note(places[path], unproven.digest)
                elif not isinstance(trouble, Stopped):
                    self._refuse(path, trouble)
        if not any(isinstance(trouble, Stopped) for trouble in troubles):
            self._end(file, outcomes)

    def _compared(self, file: PlannedOffload, path: Path) -> str | None:
        """Read an original and what is there; return their checksum, None where they differ."""
        digest = digest_of(file.source.path, self._watched.read)
        try:
            return digest if digest_of(path, self._watched.read_again) == digest else None
        except OSError:
            return None

    def _another_name(self, place: OffloadPlace) -> OffloadPlace:
        """Return a name that no frame has for a file that begins like the one there, and is another."""
        there = {frame_key(name) for name in os.listdir(place.path.parent)}  # noqa: PTH208 - names are all
        for number in range(2, 2**31):
            path = place.path.with_name(with_number(place.path.stem, number) + place.path.suffix)
            with self._lock:
                if frame_place(path) in self._planned or frame_key(path.name) in there:
                    continue
                self._planned.add(frame_place(path))
            return OffloadPlace(place.root, path.relative_to(place.root).as_posix(), Step.COPY)
        raise AssertionError("numbers do not end")

    def _is_connected(self, place: OffloadPlace) -> bool:
        """Make sure that a target is still the disk it was: under its name there may be nothing, or another."""
        try:
            self._check_connected(place.root)
        except (PhotoError, OSError) as error:
            self._refuse(place.path, error)
            return False
        return True

    def _check_connected(self, root: Path) -> None:
        if _identity(root) != self._disks[root]:
            raise PhotoError(root, _DISK_GONE)

    def _name(
        self, file: PlannedOffload, unproven: Unproven, place: OffloadPlace, part: Part
    ) -> Stopped | PhotoError | OSError | None:
        """Prove a copy and give it its name; return what came between, in whatever thread."""
        try:
            with cancellable(self._cancelled):
                self._name_there(file, unproven, place, part)
        except (Stopped, PhotoError, OSError) as trouble:
            return trouble
        return None

    def _name_there(self, file: PlannedOffload, unproven: Unproven, place: OffloadPlace, part: Part) -> None:
        """Name a copy that is proven; not in the place of a disk that was pulled at that very moment."""
        made = _identity(part.path)
        prove(file.source, place.path, part, unproven, self._watched.read_again)
        try:
            self._check_connected(place.root)
        except (PhotoError, OSError):
            with suppress(OSError):
                if _identity(place.path) == made:
                    place.path.unlink()
            raise

    def _is_gone(self, card: Path, rest: Sequence[PlannedOffload]) -> bool:
        """Tell whether a card was pulled: none of what is still wanted of it is there."""
        return not any(os.path.lexists(file.source.path) for file in rest if file.card == card)

    def _refuse(self, path: Path, error: PhotoError | OSError) -> None:
        reason = str(sentence(error)) if isinstance(error, OSError) else error.reason
        with self._lock:
            self._result.refused.append(Refusal(path, reason))

    def _note(self, place: OffloadPlace, digest: str) -> None:
        with self._lock:
            self._sums[place.root][place.name] = digest
            full = sum(map(len, self._sums.values())) >= _TOGETHER
        if full:
            self._settle()

    def _end(self, file: PlannedOffload, outcomes: dict[Path, Fate]) -> None:
        with self._lock:
            self._result.take(file, outcomes)
            there = [path for path, outcome in outcomes.items() if outcome is not Fate.LEFT]
            if there:
                self._followed.append((file, there))
        self._watched.end(file)

    def _settle(self) -> None:
        """See to it that names are on disk, then the checksums, then let decisions follow."""
        with self._lock:
            for root, sums in self._sums.items():
                try:
                    self._check_connected(root)
                    for folder in {(root / name).parent for name in sums}:
                        sync_folder(folder)
                    self._manifests[root].add(sums)
                except PhotoError as error:
                    self._result.unlisted[root] = error.reason
                except OSError as error:
                    self._result.unlisted[root] = str(sentence(error))
                else:
                    self._result.unlisted.pop(root, None)
                    sums.clear()
            followed, self._followed = self._followed, []
        self._follow([(file.source, file.photo, paths) for file, paths in followed])


def _identity(path: Path) -> tuple[int, int]:
    """Return what tells a file or folder from another that stands under its name later. Raises OSError."""
    status = path.stat()
    return status.st_dev, status.st_ino
