"""What was lately shown, kept within a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from typing import Generic, TypeVar

from PySide6.QtGui import QPixmap

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Keeps values within a number of bytes; the least lately used is given up first.

    For one thread only. Pixmaps belong to the GUI thread, and so does a cache of them.

    Args:
        budget_bytes: most bytes kept; the value put last is kept in any case.
        size_of: bytes a value takes.
    """

    def __init__(self, budget_bytes: int, size_of: Callable[[Value], int]) -> None:
        self._budget = budget_bytes
        self._size_of = size_of
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._bytes = 0

    @property
    def size_bytes(self) -> int:
        """The bytes taken now."""
        return self._bytes

    def __contains__(self, key: Key) -> bool:
        return key in self._values

    def get(self, key: Key) -> Value | None:
        """Return the value, which counts as used now; None where it is not kept."""
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key]

    def put(self, key: Key, value: Value, keep: Collection[Key] = ()) -> None:
        """Keep a value, in place of a former one of that key.

        Args:
            key: of the value.
            value: kept, whatever its size.
            keep: what is not given up for it either, because it is being shown.
        """
        self.drop(key)
        self._values[key] = value
        self._bytes += self._size_of(value)
        if self._bytes <= self._budget:
            return
        surplus, going = self._bytes - self._budget, []
        for oldest, kept in self._values.items():  # as far as needed: there may be tens of thousands
            if surplus <= 0:
                break
            if oldest != key and oldest not in keep:
                going.append(oldest)
                surplus -= self._size_of(kept)
        for oldest in going:
            self.drop(oldest)

    def drop(self, key: Key) -> None:
        """Give a value up; nothing happens where it is not kept."""
        if key in self._values:
            self._bytes -= self._size_of(self._values.pop(key))

    def clear(self) -> None:
        """Give all up."""
        self._values.clear()
        self._bytes = 0


def pixmap_bytes(pixmap: QPixmap) -> int:
    """Return the memory a pixmap takes, in bytes."""
    return pixmap.width() * pixmap.height() * pixmap.depth() // 8
