"""The groups a user makes, by name.

What the user called a group is part of its name: so all its frames agree on it, an earlier version takes it for a
group put together by hand, and nothing that was kept has to be changed.
"""

from collections.abc import Iterable
from uuid import uuid4

from core.types import ClusterKind

# The safer one first: a bracket is never culled to one frame.
_SAID = (ClusterKind.BRACKET, ClusterKind.BURST)


def new_group(kind: ClusterKind | None = None) -> str:
    """Return a name that no other group has.

    Args:
        kind: what the user says the group is, a burst or a bracket; None where the program is to tell.
    """
    name = uuid4().hex
    return name if kind is None else f"{kind}:{name}"


def said_kind(name: str) -> ClusterKind | None:
    """Return what the user said a group of that name is; None where the program is to tell."""
    return next((kind for kind in _SAID if name.startswith(f"{kind}:")), None)


def said_of_all(names: Iterable[str | None]) -> ClusterKind | None:
    """Return what holds for one group made of these: that they belong together where it was said of any of them."""
    said = {said_kind(name) for name in names if name is not None}
    return next((kind for kind in _SAID if kind in said), None)
