"""What proof costs when a card is copied: ``python -m benchmarks.offload [COUNT] [MEGABYTES] [--folder DIR]``.

COUNT files of so many MB are copied by ``cp`` and then read by ``b2sum``, as one would by hand, to one folder and to
two; the same with the copies on disk before they are read (``sync``, and memory forgotten), which is what the program
promises; and by the program. ``cp`` promises less: its copies are in memory when it ends, and ``b2sum`` reads them
there. What the system holds of the originals is forgotten before each. All ways take turns, and the middle one of their
rounds counts, for the machine is not the same from one minute to the next.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

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


def by_hand(card: Path, *targets: Path, lasting: bool = False) -> None:
    """Copy and check as one would in a shell."""
    for target in targets:
        target.mkdir()
        subprocess.run(["cp", "-p", *map(str, sorted(card.iterdir())), str(target)], check=True)
    if lasting:
        os.sync()
        for target in targets:
            forget(target)
    for target in targets:
        copies = map(str, sorted(target.iterdir()))
        subprocess.run(["b2sum", *copies], check=True, stdout=subprocess.DEVNULL)


def by_program(card: Path, *targets: Path) -> None:
    """Plan and copy, with proof."""
    plan = plan_offload([read_card(card, ())], targets, {})
    assert not offload(plan, targets[0].parent / "lock").missing


def timed(work: Callable[[], None], card: Path, targets: Sequence[Path]) -> float:
    """Return the seconds that it takes; its copies are gone afterwards."""
    forget(card)
    begin = time.perf_counter()
    work()
    took = time.perf_counter() - begin
    for target in targets:
        shutil.rmtree(target, ignore_errors=True)
    os.sync()
    return took


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100)
    parser.add_argument("megabytes", nargs="?", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--folder", type=Path, help="on the disk to be measured; the system's for temporary files else"
    )
    options = parser.parse_args()
    total = options.count * options.megabytes
    table = Table("to", "what", "s", "least, most", "MB/s", "x of cp, then b2sum")
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        card, out, second = folder / "card", folder / "out", folder / "second"
        write_files(card, options.count, options.megabytes * 10**6)
        ways: dict[tuple[int, str], Callable[[], None]] = {
            (len(targets), what): work
            for targets in ((out,), (out, second))
            for what, work in (
                ("cp, then b2sum", partial(by_hand, card, *targets)),
                ("cp, sync, then b2sum from the disk", partial(by_hand, card, *targets, lasting=True)),
                ("Shortlist", partial(by_program, card, *targets)),
            )
        }
        rounds = [
            {way: timed(work, card, (out, second)) for way, work in ways.items()}
            for _ in range(options.rounds)
        ]
    for folders, what in ways:
        took = [one[folders, what] for one in rounds]
        plain = median(one[folders, "cp, then b2sum"] for one in rounds)
        middle = median(took)
        table.add_row(
            f"{folders} folder" + "s" * (folders > 1),
            what,
            f"{middle:.1f}",
            f"{min(took):.1f}, {max(took):.1f}",
            f"{total / middle:,.0f}",
            f"{middle / plain:.2f}",
        )
    Console().print(f"{options.count} files of {options.megabytes} MB, {options.rounds} rounds", table)


if __name__ == "__main__":
    main()
