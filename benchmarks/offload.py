"""What proof costs when a card is copied: ``python -m benchmarks.offload [COUNT] [MEGABYTES] [--folder DIR]``.

COUNT files of so many MB are copied by ``cp`` and then read by ``b2sum``, as one would by hand; the same with the
copies on disk before they are read (``sync``, and memory forgotten), which is what the program promises; by the program
to one folder; and to two at once. What the system holds of the originals is forgotten before each.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from core.files import open_file
from core.offload.cards import read_card
from core.offload.carry_out import offload
from core.offload.plan import plan_offload
from core.offload.proof import forget_pages


def write_files(folder: Path, count: int, size: int) -> None:
    """Make the files of a card; no two are alike, and none can be compressed."""
    folder.mkdir(parents=True)
    block = os.urandom(size)
    for number in range(count):
        (folder / f"IMG_{number:05}.CR3").write_bytes(os.urandom(64 * 1024) + block[64 * 1024 :])
    os.sync()


def forget(folder: Path) -> None:
    """Have all files of a folder read from the disk the next time."""
    for path in folder.iterdir():
        with open_file(path) as file:
            forget_pages(file)


def by_hand(card: Path, out: Path, *, lasting: bool) -> None:
    """Copy and check as one would in a shell."""
    out.mkdir()
    subprocess.run(["cp", "-p", *map(str, sorted(card.iterdir())), str(out)], check=True)
    if lasting:
        os.sync()
        forget(out)
    subprocess.run(["b2sum", *map(str, sorted(out.iterdir()))], check=True, stdout=subprocess.DEVNULL)


def by_program(card: Path, *targets: Path) -> None:
    """Plan and copy, with proof."""
    plan = plan_offload([read_card(card, ())], targets, {})
    assert not offload(plan, targets[0].parent / "lock").missing


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100)
    parser.add_argument("megabytes", nargs="?", type=int, default=25)
    parser.add_argument(
        "--folder", type=Path, help="on the disk to be measured; the system's for temporary files else"
    )
    options = parser.parse_args()
    total = options.count * options.megabytes
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        card, out, second = folder / "card", folder / "out", folder / "second"
        write_files(card, options.count, options.megabytes * 10**6)
        ways: dict[str, Callable[[], None]] = {
            "cp, then b2sum": lambda: by_hand(card, out, lasting=False),
            "cp, sync, then b2sum from the disk": lambda: by_hand(card, out, lasting=True),
            "Shortlist, to one folder": lambda: by_program(card, out),
            "Shortlist, to two folders": lambda: by_program(card, out, second),
        }
        table = Table("what", "s", "MB/s", "x of cp, then b2sum")
        first = 0.0
        for way, work in ways.items():
            forget(card)
            begin = time.perf_counter()
            work()
            took = time.perf_counter() - begin
            first = first or took
            table.add_row(way, f"{took:.1f}", f"{total / took:,.0f}", f"{took / first:.2f}")
            for target in (out, second):
                shutil.rmtree(target, ignore_errors=True)
            os.sync()
        Console().print(f"{options.count} files of {options.megabytes} MB", table)


if __name__ == "__main__":
    main()
