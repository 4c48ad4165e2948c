"""How well the clocks of two cameras are told apart: ``python -m benchmarks.grouping.two_clocks FOLDER...``.

Each folder's shoot is dealt out to two cameras, the second one's clock moved by an hour, three minutes and twelve
seconds; that is what should be proposed. Where the second camera only came when the first had gone, nothing should.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.paths import places
from benchmarks.grouping.shoots import analysed
from core.grouping.clocks import find_clock_offsets
from core.grouping.evidence import Alignments
from core.grouping.likeness import Likeness
from core.shoot.shoot import Shoot
from core.types import Photo, TimeSource

_AHEAD = timedelta(hours=1, minutes=3, seconds=12)

# Whether a frame is the second camera's, by its number and the number of all.
_DEALT: Sequence[tuple[str, Callable[[int, int], bool]]] = (
    ("in turn", lambda index, _count: index % 2 == 1),
    ("five by five", lambda index, _count: index // 5 % 2 == 1),
    ("every seventh", lambda index, _count: index % 7 == 3),
    ("one after the other", lambda index, count: index >= count // 2),
)


def main() -> None:
    """Print a table: seconds by which the proposal is off, and the pairs it rests on."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grouping.two_clocks", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    table = Table("folder", *(name for name, _ in _DEALT))
    with open_services(places()) as services:
        for folder in parser.parse_args().folders:
            shoot = analysed(folder, services)
            table.add_row(folder.name, *(proposed(shoot, is_second) for _, is_second in _DEALT))
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120).print(table)


def proposed(shoot: Shoot, is_second: Callable[[int, int], bool]) -> str:
    """Say what the pictures tell of two cameras: "off by 1.5 s (37 of 37 pairs)", or "nothing" for no proposal."""
    dated = [photo for photo in shoot.photos.values() if photo.time_source is TimeSource.EXIF]
    photos = [_dealt(photo, second=is_second(index, len(dated))) for index, photo in enumerate(dated)]
    likeness = Likeness(shoot.analyses, [photo.id for photo in photos])
    found = find_clock_offsets(photos, shoot.analyses, likeness, Alignments())
    if not found:
        return "nothing"
    (offset,) = found
    sign = 1 if offset.camera == "second" else -1
    off = sign * offset.agreement.ahead - _AHEAD.total_seconds()
    return f"off by {off:+.1f} s ({offset.agreement.agreeing} of {offset.agreement.pairs} pairs)"


def _dealt(photo: Photo, *, second: bool) -> Photo:
    if not second or photo.taken_at is None:
        return replace(photo, camera="first")
    return replace(photo, camera="second", taken_at=photo.taken_at + _AHEAD)


if __name__ == "__main__":
    main()
