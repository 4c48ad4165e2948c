"""What looks alike among everything known: the looks of all shoots, clustered once for as long as nothing changes."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from core.looks.tree import LOOKS_VERSION, LookGrower, LookTree
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.library_store import LibraryStore, Stamp
from core.persistence.made_by import MadeBy
from core.types import PhotoId

MOST = 30_000
"""Frames that are clustered, those known last: it takes with their number a little more than in proportion."""


@dataclass(frozen=True, slots=True)
class AllLooks:
    """The tree of all shoots' looks.

    Attributes:
        numbers: of the frames in the library, by photo, in the order in which the tree counts them.
        known: how many frames have a look; more than these where there are more than ``MOST``.
    """

    numbers: dict[PhotoId, int]
    tree: LookTree
    known: int


def find_all_looks(
    file: LibraryStore,
    made_by: MadeBy,
    cache: AnalysisCache,
    grow: Callable[[NDArray[np.float32]], LookGrower] = LookGrower,
) -> AllLooks:
    """Find what looks alike in all shoots, or remember it.

    Args:
        file: of the library.
        made_by: what makes looks now.
        cache: keeps trees.
        grow: clusters the looks, in another process where that takes long.

    Raises:
        StoreError: the library cannot be read.
    """
    embedder = file.embedder(made_by.embedder_sha256, made_by.embedding_version)
    stamps = file.stamps(embedder)
    known, stamps = len(stamps), stamps[-MOST:]
    numbers = {stamp.photo_id: stamp.number for stamp in stamps}
    digest = _digest(stamps, made_by)
    tree = cache.looks.tree(digest, len(numbers))
    if tree is None:
        found, looks = file.looks(embedder, numbers.values())
        place = {number: at for at, number in enumerate(found.tolist())}
        order = [place[number] for number in numbers.values() if number in place]
        tree = grow(looks[order]).tree
        if len(order) == len(numbers):  # none was forgotten meanwhile
            cache.looks.put(digest, tree)
        else:
            numbers = {photo_id: number for photo_id, number in numbers.items() if number in place}
    return AllLooks(numbers, tree, known)


def _digest(stamps: list[Stamp], made_by: MadeBy) -> bytes:
    versions = "all_shoots", LOOKS_VERSION, made_by.embedder_sha256, made_by.embedding_version
    digest = blake2b(repr(versions).encode(), digest_size=16)
    for stamp in stamps:
        digest.update(repr((stamp.number, stamp.mtime_ns, stamp.size_bytes)).encode())
    return digest.digest()
