"""Clusters looks where it does not hold the window up."""

from concurrent.futures import wait

import numpy as np
from numpy.typing import NDArray

from core.cancelling import Cancelled, Stopped
from core.looks.tree import LookGrower
from core.pipeline.pool import WorkerPool

_IN_A_MOMENT = (
    1000  # frames: a tenth of a second; more are clustered in a process, for the lock is held meanwhile
)
_LONGEST = 600.0  # seconds
_CANCEL_CHECK = 0.1  # seconds between looks at whether it is still wanted


def grow_elsewhere(vectors: NDArray[np.float32], cancelled: Cancelled) -> LookGrower:
    """Cluster vectors, many of them in another process. Raises Stopped: it is not wanted any more."""
    if len(vectors) <= _IN_A_MOMENT:
        return LookGrower(vectors)
    pool = WorkerPool(1, _LONGEST)
    try:
        future = pool.submit(LookGrower, vectors)
        while not wait([future], timeout=_CANCEL_CHECK).done:
            if cancelled():
                raise Stopped
        grown: LookGrower = future.result()
        return grown
    finally:
        pool.shutdown(cancel_futures=True)
