"""How much memory the system lets this process take: with too little, libraries hang or crash instead of saying so."""

import sys

from core.errors import ShortlistError
from core.language import say

_LEAST = 880_000_000
"""Bytes of address space. With 717 MB and less the OpenBLAS of NumPy or SciPy ends the process or tries for ever while
it is loaded, with 819 MB something crashed, with 870 MB a part cannot be loaded; with 922 MB a shoot is measured."""


class MemoryLimitError(ShortlistError):
    """The system lets the program take less memory than it needs."""


def check_memory_limit() -> None:
    """Do nothing where there is no limit, or it is high enough; what other programs have taken is not looked at.

    Raises:
        MemoryLimitError: the limit is too low.
    """
    if sys.platform == "win32":
        return
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < _LEAST:
        raise MemoryLimitError(
            say(
                "Shortlist may take {limit:,} MB of memory here, and needs {least:,}: raise the limit "
                "(`ulimit -v unlimited`) and try again.",
                limit=limit // 1_000_000,
                least=_LEAST // 1_000_000,
            )
        )
