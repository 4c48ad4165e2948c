"""Runs benchmarks and keeps what they print: ``python -m benchmarks.report [NAME...] [--photos DIR]``.

Writes ``docs/benchmarks.md``: of each its latest tables, with the command, the day and the machine. Named ones are run
again, the others' sections stay. Those that need real photos are left out without ``--photos``, the folder in which
the labelled shoots lie side by side.
"""

import argparse
import datetime
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_WIDTH = 110  # characters of a table
_INTRODUCTION = """\
# What the benchmarks said last

Written by `python -m benchmarks.report`; nothing here is written in by hand. Times hang on the machine and on what else
it does: read ratios, and compare only what came from one machine. DIR is a folder of shoots with known groups and
labels that are other people's and not part of this repository.
"""


@dataclass(frozen=True)
class Benchmark:
    """One of them.

    Attributes:
        name: of its module in ``benchmarks``.
        about: one sentence.
        arguments: on its command line; ``DIR`` stands for the folder of real photos.
    """

    name: str
    about: str
    arguments: tuple[str, ...] = ()

    @property
    def wants_photos(self) -> bool:
        """Whether it needs real photos."""
        return any("DIR" in argument for argument in self.arguments)

    @property
    def command(self) -> str:
        """The command as one types it."""
        return " ".join(("python -m", f"benchmarks.{self.name}", *self.arguments))


_JUDGED = (
    "bakery_v3",
    "beagle_leela",
    "birds_t5i",
    "blog",
    "bottles_d40x",
    "expo_astana",
    "graduation_60d",
    "hillside_men",
    "jiuzhaigou",
    "launch_d90",
    "pablo_portraits",
    "sim_lecture",
    "teamday",
    "wedding_5d",
)

BENCHMARKS = (
    Benchmark("pipeline", "Photos a second beside bare decoding, first screen, second opening, memory."),
    Benchmark("screen", "How the window feels on 5,000 photos."),
    Benchmark("grid", "How fast the grid follows 20,000 photos."),
    Benchmark("metadata", "Decisions written into 1,000 files, beside the disk's own speed."),
    Benchmark("export", "Whole exports of 1,000 files, with plan, journal and undo."),
    Benchmark(
        "grouping",
        "Bursts and scenes against known groups, beside plain baselines.",
        ("DIR/teamday", "DIR/blog", "DIR/jiuzhaigou"),
    ),
    Benchmark(
        "looks",
        "Looks against known views, beside the scenes of average linkage, which know the time; and what 20,000 cost.",
        ("DIR/ukbench14", *(f"DIR/{shoot}" for shoot in _JUDGED)),
    ),
    Benchmark(
        "things",
        "Things found again by a box around them, alone and pasted into other photos, and what that costs.",
        ("DIR/ukbench14", "DIR/jiuzhaigou", "DIR/blog"),
    ),
    Benchmark(
        "library",
        "Pictures known twice among all shoots, beside frames of a burst; and what a library of 100,000 frames costs.",
        tuple(f"DIR/{shoot}" for shoot in _JUDGED),
    ),
    Benchmark(
        "picks",
        "Suggestions against people's verdicts on every frame, each shoot judged by the others.",
        tuple(f"DIR/{shoot}" for shoot in _JUDGED),
    ),
    Benchmark(
        "picks.viewings",
        "How far a second viewing by the same kind of eye agrees: made blind, in random order, from sheets of each\n"
        "burst with letters for names, of the reduced photos; all decisive bursts, and a third as many of the others.",
        (*(f"DIR/{shoot}" for shoot in _JUDGED), "--second", "DIR/second_viewing"),
    ),
    Benchmark(
        "hostile_names",
        "Thousands of files with hostile names, copied and exported: what that costs, and that all arrive.",
    ),
    Benchmark("raw_truth", "How long it takes to tell what a RAW of 24 MP itself holds."),
    Benchmark(
        "picks.aimed",
        "Whether a term for focus where the camera aimed would help the suggestions; it is no part of them.",
        tuple(f"DIR/{shoot}" for shoot in _JUDGED),
    ),
    Benchmark(
        "taste",
        "How soon a photographer's own weights are learned, that it does no harm, and how long it takes.",
        tuple(f"DIR/{shoot}" for shoot in _JUDGED),
    ),
    Benchmark(
        "quality",
        "Eyes, smiles, focus and people against labels; good photos against worse versions of themselves.",
        ("DIR/eyes", "DIR/blur", "DIR/identity", "--photos", "DIR/teamday", "DIR/jiuzhaigou"),
    ),
    Benchmark("offload", "A card copied with proof, beside cp and b2sum.", ("200", "25")),
    Benchmark(
        "proofs", "A proof gallery of 1,000 photos: how long it takes to make, and to be seen in a browser."
    ),
    Benchmark(
        "quality.single_frames",
        "Blur of single frames, each folder judged by figures fitted to the others.",
        (*(f"DIR/{shoot}" for shoot in _JUDGED), "DIR/blur"),
    ),
    Benchmark(
        "quality.rejects",
        "Whether likely rejects are told for the reason that people gave.",
        (*(f"DIR/{shoot}" for shoot in _JUDGED), "DIR/eyes"),
    ),
)


def main() -> int:
    """Run what is asked for; return 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; all if none is named")
    parser.add_argument("--photos", type=Path, help="real photos, for those that need them")
    options = parser.parse_args()
    if unknown := set(options.names) - {one.name for one in BENCHMARKS}:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    chosen = [one for one in BENCHMARKS if not options.names or one.name in options.names]
    sections = read_sections(_PAGE.read_text("utf-8") if _PAGE.exists() else "")
    failed = False
    for benchmark in chosen:
        if benchmark.wants_photos and options.photos is None:
            print(f"{benchmark.name} is left out: it wants --photos DIR")
            continue
        print(f"{benchmark.command} …", flush=True)
        printed = run(benchmark, options.photos)
        failed = failed or printed is None
        if printed is not None:
            sections[benchmark.name] = section(benchmark, printed)
            _PAGE.write_text(page(sections), "utf-8")
    return int(failed)


def run(benchmark: Benchmark, photos: Path | None) -> str | None:
    """Return what it printed, None where it failed; what it complains about goes to our own stderr."""
    arguments = [argument.replace("DIR", str(photos)) for argument in benchmark.arguments]
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{benchmark.name}", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ, "COLUMNS": str(_WIDTH)},
        check=False,
    )
    return done.stdout if done.returncode == 0 else None


def section(benchmark: Benchmark, printed: str) -> str:
    """Return its part of the page."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    lines = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
    return f"{benchmark.about}\n\n`{benchmark.command}`, {today}, {machine()}:\n\n```\n{lines}\n```\n"


def machine() -> str:
    """Say what it ran on, and how busy that was before."""
    cores = os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{_processor()}, {cores} cores{load}, {platform.system()}, Python {platform.python_version()}"


def read_sections(text: str) -> dict[str, str]:
    """Return the sections of a page, by name."""
    parts = re.split(r"^## ([\w.]+)\n\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip("\n") + "\n" for part in parts[2::2]), strict=True))


def page(sections: dict[str, str]) -> str:
    """Return the whole page, in our order."""
    known: Iterable[str] = (one.name for one in BENCHMARKS if one.name in sections)
    return "\n".join([_INTRODUCTION, *(f"## {name}\n\n{sections[name]}" for name in known)])


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.processor()


if __name__ == "__main__":
    sys.exit(main())
