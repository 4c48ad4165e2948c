"""The numbers behind a name that many frames would get, so that not each of thousands is tried for each of them."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

from core.ingest.frame_names import frame_key
from core.offload.cards import CardFile, CardFrame
from core.persistence.moved_files import TIME_SLACK_NS


class NumbersTried:
    """Which numbers behind one name are taken, and by which frames.

    Two frames share a number only where one of their files may be the same file, or where their camera called them
    the same: only there a number that is taken is worth another look.
    """

    def __init__(self) -> None:
        self._taken: set[int] = set()
        self._first_free = 1
        self._of_file: dict[tuple[int, int], set[int]] = defaultdict(set)
        self._of_name: dict[str, set[int]] = defaultdict(set)

    def for_frame(self, frame: CardFrame) -> Iterator[int]:
        """Yield the numbers that a frame may get, without end; 1 first, for it may lie in a target already."""
        shared = set(self._of_name.get(frame_key(frame.main.path.name), ()))
        for file in frame.files:
            size, moment = _moment(file)
            for near in (moment - 1, moment, moment + 1):
                shared.update(self._of_file.get((size, near), ()))
        yield 1
        yield from sorted(shared - {1})
        yield from (number for number in count(max(self._first_free, 2)) if number not in self._taken)

    def take(self, number: int) -> None:
        """Note that a number is taken, by what lies in a target or by another frame."""
        self._taken.add(number)
        while self._first_free in self._taken:
            self._first_free += 1

    def give(self, number: int, frame: CardFrame) -> None:
        """Note that a frame gets a number."""
        self.take(number)
        self._of_name[frame_key(frame.main.path.name)].add(number)
        for file in frame.files:
            self._of_file[_moment(file)].add(number)


def _moment(file: CardFile) -> tuple[int, int]:
    return file.size_bytes, file.mtime_ns // TIME_SLACK_NS
