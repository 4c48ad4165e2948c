"""How much memory a worker may take: a photo that asks for all of it fails by itself, and the machine goes on."""

import os
import sys

_SHARE = 0.75  # of the machine's memory, for all workers together
# Bytes: models, and a picture of 120 megapixels in a format that cannot be decoded in part.
_LEAST = 2 * 2**30


def worker_share(workers: int) -> int:
    """Return the bytes one of so many workers may take; 0 where the machine does not say how much it has."""
    try:
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 0
    return max(int(whole * _SHARE / workers), _LEAST)


def bound_memory(size: int) -> None:
    """Keep this process from taking more than that many bytes, 0 for no bound; beyond, there is ``MemoryError``.

    Linux counts what a process has of its own, libraries left out. macOS accepts the bound and does not enforce it,
    and Windows has none of this kind: there ``core.ingest.decoding.MAX_PIXELS`` is what keeps a picture from taking
    everything.
    """
    if sys.platform == "win32" or not size:
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    bound = size if most == resource.RLIM_INFINITY else min(size, most)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, most))
