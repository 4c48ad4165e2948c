"""Which frames of all shoots may be one picture: pairs worth a closer look, each once."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.cancelling import go_on
from core.library.apart import Apart, apart
from core.persistence.library_rows import KnownFrame
from core.types import TimeSource

_NEAREST = (
    12  # looks that are compared: a crop's own picture is among the six nearest, among frames of its burst
)
_LEAST_ALIKE = (
    0.35  # cosine of heads; a picture made grey keeps .6, one mirrored and cropped now and then .38
)
_HASH_BITS, _TURNED_BITS = 6, 10  # of 64 that may differ, of a picture as it is, and turned or mirrored
_MOST_AT_ONCE = 100  # frames of one moment; with more, the clock stood still and its times are no dates
_AT_A_TIME = 4_000_000  # pairs that are compared at once: 32 MB, however many frames there are

Floats = NDArray[np.float32]


def candidates(
    frames: Sequence[KnownFrame], heads: Floats, headed: NDArray[np.int64]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of places in ``frames``.

    Args:
        frames: N of them.
        heads: of the looks of some, float32, shape (M, H).
        headed: which frames those are, as places, shape (M,).
    """
    seen: set[tuple[int, int]] = set()
    for one, other in itertools.chain(_of_one_moment(frames), _alike(heads, headed), _of_one_hash(frames)):
        pair = (min(one, other), max(one, other))
        if one == other or pair in seen or apart(frames[one].photo, frames[other].photo) is Apart.SURELY:
            continue  # not noted: the frames of one long time-lapse are alike in millions of pairs
        seen.add(pair)
        yield pair


def _of_one_moment(frames: Sequence[KnownFrame]) -> Iterator[tuple[int, int]]:
    moments: dict[tuple[object, str], list[int]] = defaultdict(list)
    for place, frame in enumerate(frames):
        if frame.photo.time_source is TimeSource.EXIF:
            moments[frame.photo.taken_at, frame.photo.camera_name].append(place)
    for moment in moments.values():
        if len(moment) <= _MOST_AT_ONCE:
            yield from itertools.combinations(moment, 2)


def _alike(heads: Floats, headed: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield each frame with those whose looks are nearest."""
    if len(heads) < 2:
        return
    most = min(_NEAREST + 1, len(heads))
    block = _rows_at_once(len(heads))
    for start in range(0, len(heads), block):
        go_on()
        cosines = heads[start : start + block] @ heads.T
        nearest = np.argpartition(-cosines, most - 1, axis=1)[:, :most]
        rows, columns = np.nonzero(np.take_along_axis(cosines, nearest, axis=1) >= _LEAST_ALIKE)
        others = nearest[rows, columns]
        yield from zip(headed[rows + start].tolist(), headed[others].tolist(), strict=True)


def _of_one_hash(frames: Sequence[KnownFrame]) -> Iterator[tuple[int, int]]:
    """Yield frames whose hashes nearly agree, as they are turned by quarters, or mirrored."""
    hashes = np.array([frame.phash for frame in frames], np.uint64)
    others = (*turned_hashes(hashes), *mirrored_hashes(hashes))
    block = _rows_at_once(len(hashes))
    for turned, most in ((hashes, _HASH_BITS), *((each, _TURNED_BITS) for each in others)):
        for start in range(0, len(hashes), block):
            go_on()
            near = np.bitwise_count(turned[start : start + block, None] ^ hashes[None]) <= most
            for row in np.flatnonzero(near.any(axis=1)).tolist():
                one = start + row
                alike = np.flatnonzero(near[row])
                once = alike[alike > one] if turned is hashes else alike
                yield from zip(itertools.repeat(one), once.tolist(), strict=False)


def _rows_at_once(frames: int) -> int:
    return max(1, _AT_A_TIME // max(1, frames))


def turned_hashes(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], ...]:
    """Return about what the hashes of the pictures would be, were they turned by 90, 180 and 270 degrees.

    A hash tells which of 8 x 8 waves of the picture are strong. Mirrored, every other wave changes its sign; over the
    diagonal, columns are rows.
    """
    waves, across, down = _waves(hashes)
    over = waves.transpose(0, 2, 1)
    return _packed(over ^ down, waves ^ across ^ down, over ^ across)


def mirrored_hashes(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], ...]:
    """Return about what the hashes of the pictures would be, were they mirrored, and then turned as well."""
    waves, across, down = _waves(hashes)
    over = waves.transpose(0, 2, 1)
    return _packed(waves ^ across, waves ^ down, over, over ^ across ^ down)


def _waves(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the 8 x 8 bits of hashes, and which of them a mirror changes, from left to right and upside down."""
    waves = np.unpackbits(hashes.astype(">u8").view(np.uint8).reshape(-1, 8), axis=1).reshape(-1, 8, 8)
    odd = (np.arange(8) % 2).astype(np.uint8)
    return waves, odd[None, None, :], odd[None, :, None]


def _packed(*waves: NDArray[np.uint8]) -> tuple[NDArray[np.uint64], ...]:
    return tuple(
        np.packbits((each & 1).reshape(-1, 64), axis=1).view(">u8").ravel().astype(np.uint64)
        for each in waves
    )
