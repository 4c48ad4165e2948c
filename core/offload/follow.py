"""Decisions and measures follow photos to their copies, so that a shoot culled on the card opens decided from them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from core.errors import StoreError
from core.ingest.scanner import photo_id
from core.offload.cards import CardFile
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.session_store import SessionStore
from core.persistence.thumbnail_cache import ThumbnailCache
from core.types import Photo, PhotoId

_Copied = tuple[Photo, Photo]
"""A photo, and its copy as a photo of its own."""


class Followers:
    """What is called with each few files that were copied, or found to be there already.

    Args:
        decisions: the user's; where a copy has one that was made later, that one stays.
        measures, thumbnails: of the originals, good for the copies.
        tell: told of copies that may be decided on otherwise now, in whatever thread: they may be open in a window.

    Attributes:
        trouble: why decisions could not follow, in a sentence; "" where all did.
    """

    def __init__(
        self,
        decisions: SessionStore,
        measures: AnalysisCache,
        thumbnails: ThumbnailCache,
        tell: Callable[[list[PhotoId]], None] = lambda _copies: None,
    ) -> None:
        self._decisions = decisions
        self._measures = measures
        self._thumbnails = thumbnails
        self._tell = tell
        self._folders: set[tuple[Path, Path]] = set()
        self._copied: list[_Copied] = []
        self.trouble = ""

    def __call__(self, copied: Sequence[tuple[CardFile, Photo | None, Sequence[Path]]]) -> None:
        """Let them follow. What cannot be kept is told by ``trouble``: the copies are there all the same."""
        pairs = list(_pairs(copied))
        self._copied += pairs
        try:
            self._decide(pairs)
            self._follow_clocks(pairs)
        except StoreError as error:
            self.trouble = str(error)
        try:
            self._measures.follow(pairs)
            self._thumbnails.follow(pairs)
        except StoreError:
            return  # they are measured again

    def catch_up(self) -> None:
        """Let follow what was decided on the card since: people cull on while they copy."""
        try:
            self._decide(self._copied)
        except StoreError as error:
            self.trouble = str(error)

    def _decide(self, pairs: Sequence[_Copied]) -> None:
        self._decisions.follow(pairs)
        self._tell([copy.id for _, copy in pairs])

    def _follow_clocks(self, pairs: Sequence[_Copied]) -> None:
        """Set the cameras' clocks for the copies' folders as they are set for the card's."""
        for folders in {(photo.path.parent, copy.path.parent) for photo, copy in pairs} - self._folders:
            self._folders.add(folders)
            card, target = folders
            there = self._decisions.clocks([target])
            news = {**self._decisions.clocks([card]), **there}
            if news != there:
                self._decisions.set_clocks([target], news)


def _pairs(copied: Sequence[tuple[CardFile, Photo | None, Sequence[Path]]]) -> Iterator[_Copied]:
    for _, photo, paths in copied:
        for path in paths if photo is not None else ():
            assert photo is not None
            try:
                status = path.stat()
            except OSError:
                continue  # gone already: nobody will ask for it
            yield (
                photo,
                replace(
                    photo,
                    id=photo_id(path),
                    path=path,
                    companions=(),
                    size_bytes=status.st_size,
                    mtime_ns=status.st_mtime_ns,
                ),
            )
