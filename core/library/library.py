"""The library of all shoots: kept up by every run, asked for what is like a frame; off where it is not wanted."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import BrokenLibraryError, NoLibraryError, StoreError
from core.language import Sentence, say
from core.library.drives import Presence, presence, volume_of
from core.library.heads import Floats, heads_of, unit
from core.library.nearest_looks import NearestLooks, fit_heads
from core.persistence.library_rows import KnownFrame
from core.persistence.library_store import LibraryStore
from core.persistence.made_by import MadeBy
from core.persistence.set_aside import discard, discard_set_aside
from core.subject.main_people import surely_seen
from core.types import Analysis, Photo, PhotoId, Thing

_log = logging.getLogger(__name__)

_BATCH = 1000  # frames written at a time

NameThings = Callable[[Floats], Iterable[tuple[Thing, ...] | None]]
"""Says what pictures surely show, from their looks as the embedder gave them; None where that cannot be told."""

_CUT_SHORT = say("It was cut short while photos came in.")
_OFF = say("The library of all shoots is switched off in the settings (Review).")


@dataclass(frozen=True, slots=True)
class Alike:
    """A frame that was found.

    Attributes:
        frame: which.
        cosine: of its look and the one asked for, -1 to 1.
        presence: where its file is; never gone.
    """

    frame: KnownFrame
    cosine: float
    presence: Presence


class ShootLibrary:
    """The library, on or off. Safe to use from several threads.

    Args:
        path: of its file.
        without: a folder whose photos are nobody's, and never taken in; None for none.
    """

    def __init__(self, path: Path, without: Path | None = None) -> None:
        self._path = path
        self._without = without
        self._lock = threading.Lock()
        self._file: LibraryStore | None = None
        self._reason: Sentence | None = None
        self._nearest = NearestLooks()
        self._coming = 0  # who measures or takes in just now
        self._has_all = self._failed = False
        self._cut_short: Sentence | None = None

    @property
    def is_on(self) -> bool:
        """Whether it can be asked."""
        return self._file is not None

    def turn_on(self) -> None:
        """Open it, or make it.

        Raises:
            StoreError: it cannot be opened; it stays off and says why when it is asked.
        """
        with self._lock:
            if self._file is not None:
                return
            try:
                self._file = LibraryStore.open(self._path)
                self._has_all = False
            except StoreError as error:
                self._reason = say("All shoots cannot be searched. {reason}", reason=error)
                raise

    def turn_off(self) -> None:
        """Delete all of it, and keep nothing any more.

        Raises:
            StoreError: it cannot be deleted.
        """
        with self._lock:
            self._close()
            self._reason = None
            discard_set_aside(self._path)
            discard(self._path)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        file, self._file = self._file, None
        self._nearest.let_go()
        if file is not None:
            file.close()

    @property
    def file(self) -> LibraryStore:
        """The open file.

        Raises:
            NoLibraryError: it is off.
            BrokenLibraryError: it could not be opened.
        """
        file = self._file
        if file is None:
            raise NoLibraryError(_OFF) if self._reason is None else BrokenLibraryError(self._reason)
        return file

    def check(self) -> None:
        """Raise NoLibraryError where it cannot be asked, with the reason."""
        _ = self.file

    # Kept up

    @contextmanager
    def coming(self) -> Iterator[None]:
        """Measure photos or take them in within; what cuts it short is noted on the disk until it is made good."""
        self._begin()
        try:
            yield
        except BaseException as error:
            self._failed = True
            if isinstance(error, StoreError):
                self._cut_short = error.sentence
            raise
        finally:
            self._end()

    def _begin(self) -> None:
        with self._lock:
            self._coming += 1
            if self._coming > 1 or self._file is None:
                return
            self._failed = self._has_all = False
            with suppress(StoreError):  # then hardly anything that is measured can be kept either
                self._has_all = self._file.is_whole()
                if self._has_all:
                    self._file.note_whole(is_whole=False)

    def _end(self) -> None:
        with self._lock:
            self._coming -= 1
            if self._coming == 0 and self._file is not None and self._has_all and not self._failed:
                with suppress(StoreError):
                    self._file.note_whole(is_whole=True)

    def has_all(self) -> bool:
        """Tell whether all is in it that was measured before what is coming in just now.

        Raises:
            StoreError: it cannot be read.
        """
        return self._has_all if self._coming else self.file.is_whole()

    def note_all(self) -> None:
        """Note so; to be said within ``coming``."""
        self._has_all = True

    def lacks(self) -> Sentence | None:
        """Say why something that was measured is not in it, as far as that is known; None where nothing lacks.

        Raises:
            StoreError: it cannot be read.
        """
        file = self._file
        if file is None or self._coming or file.is_whole():
            return None
        return self._cut_short or _CUT_SHORT

    def take(
        self,
        photos: Sequence[Photo],
        analyses: Mapping[PhotoId, Analysis],
        looks: Callable[[Sequence[Photo]], tuple[Sequence[Photo], Floats]],
        made_by: MadeBy,
        sources: Sequence[Path] | None,
        name_things: NameThings | None,
    ) -> None:
        """Take frames in as they are now; what is known of them already costs nothing.

        Args:
            photos: measured ones.
            analyses: of them.
            looks: returns those of some photos that have a look, and their looks, float32, shape (N, D).
            made_by: what made the looks.
            sources: the folders and files they were opened with; None where nobody opened any.
            name_things: says what they show; None where nobody can.

        Raises:
            StoreError: it cannot be written; a part may be.
        """
        file = self._file
        photos = [photo for photo in photos if self._without not in photo.path.parents]
        if file is None or not photos:
            return
        embedder = file.new_embedder(made_by.embedder_sha256, made_by.embedding_version)
        shoots = {photo.id: _shoot_of(photo.path, sources or ()) for photo in photos}
        fresh = file.outdated(photos, embedder)
        for start in range(0, len(fresh), _BATCH):
            seen, vectors = looks(fresh[start : start + _BATCH])
            if not len(seen):
                continue
            things = (None,) * len(seen) if name_things is None else name_things(vectors)
            frames = [
                _known(photo, analyses[photo.id], shoots[photo.id], _words(found))
                for photo, found in zip(seen, things, strict=True)
            ]
            basis, _ = file.basis(embedder)
            whole = unit(vectors)
            file.put(frames, whole, None if basis is None else heads_of(whole, basis), embedder)
        if fresh:
            fit_heads(file, embedder)
        if sources is not None:
            file.put_shoot([photo.path for photo in photos], [shoots[photo.id] for photo in photos])

    def forget_gone(self, photos: Iterable[Photo], sources: Iterable[Path]) -> None:
        """Forget frames of some folders that are no photos of their own any more; of a drive that is away, none.

        Args:
            photos: all that were found there.
            sources: folders and files that were looked through.

        Raises:
            StoreError: it cannot be written.
        """
        file = self._file
        if file is None:
            return
        photos = list(photos)
        known = {photo.path for photo in photos}
        beside = {path for photo in photos for path in photo.companions}
        gone = [
            number
            for source in sources
            for number, path, volume in file.below(source)
            if path not in known and (path in beside or presence(path, volume) is Presence.GONE)
        ]
        if gone:
            file.forget(gone)

    # Asked

    def like(
        self, photo: Photo, made_by: MadeBy, count: int, *, cannot_be_measured: bool = False
    ) -> list[Alike]:
        """Return the frames that look most like a photo that is known, the likest first; not itself.

        Args:
            photo: which.
            made_by: what makes looks now.
            count: how many at most.
            cannot_be_measured: it was tried, and is damaged: nobody is to be told to wait for it.

        Raises:
            NoLibraryError: it is off, or does not know the photo, with the reason why.
            StoreError: it cannot be read.
        """
        file = self.file
        if photo.is_film:
            raise NoLibraryError(
                say("A film, shown by one of its frames: it is not measured, and in no burst.")
            )
        number = file.number_of(photo.path)
        embedder = file.embedder(made_by.embedder_sha256, made_by.embedding_version)
        _, look = file.looks(embedder, [number] if number is not None else [])
        if not len(look):
            raise NoLibraryError(self._why_unknown(photo, cannot_be_measured))
        return self.nearest(look[0], made_by, count, without=number)

    def _why_unknown(self, photo: Photo, cannot_be_measured: bool) -> Sentence:
        name = photo.path.name
        if cannot_be_measured:
            return say("“{name}” is damaged, so what it looks like is not known.", name=name)
        if self._without in photo.path.parents:
            return say("“{name}” belongs to the demo shoot, which is not taken into the library.", name=name)
        return say("“{name}” is not in the library yet; it comes in once it is measured.", name=name)

    def nearest(self, look: Floats, made_by: MadeBy, count: int, without: int | None = None) -> list[Alike]:
        """Return the frames whose looks are nearest to one, the nearest first; those that are gone are forgotten.

        Args:
            look: as the embedder gave it, or at length 1; float32, shape (D,).
            made_by: what made it.
            count: how many at most.
            without: the number of a frame that is not to be among them.

        Raises:
            NoLibraryError: it is off.
            StoreError: it cannot be read.
        """
        file = self.file
        numbers, cosines = self.numbers_near(look, made_by, count + 1)
        frames = file.frames(numbers.tolist())
        found, gone = [], []
        for number, cosine in zip(numbers.tolist(), cosines.tolist(), strict=True):
            frame = frames.get(number)
            if frame is None or number == without:
                continue
            where = presence(frame.photo.path, frame.volume)
            if where is Presence.GONE:
                gone.append(number)
            else:
                found.append(Alike(frame, cosine, where))
        if gone:
            with suppress(StoreError):  # they are left out all the same
                file.forget(gone)
        return found[:count]

    def numbers_near(self, look: Floats, made_by: MadeBy, count: int) -> tuple[NDArray[np.int64], Floats]:
        """Return the numbers of the nearest frames, and their cosines, float32, both of shape (up to count,).

        Raises:
            NoLibraryError, StoreError: as ``nearest`` does.
        """
        return self._nearest.numbers(self.file, look, made_by, count)


def _known(photo: Photo, analysis: Analysis, shoot: Path, things: tuple[str, ...] | None) -> KnownFrame:
    return KnownFrame(
        0,
        photo,
        shoot,
        volume_of(photo.path.parent),
        analysis.width,
        analysis.height,
        analysis.compression,
        analysis.phash,
        len(surely_seen(analysis.faces)),
        things,
    )


def _words(things: Iterable[Thing] | None) -> tuple[str, ...] | None:
    return None if things is None else tuple(thing.word for thing in things)


def _shoot_of(path: Path, sources: Iterable[Path]) -> Path:
    """Return the innermost of the open folders that a file lies in; its own where files were opened."""
    parents = set(path.parents)
    inside = [source for source in sources if source in parents]
    return max(inside, key=lambda source: len(source.parts)) if inside else path.parent
