"""The same folder through other open programs, each in an environment of its own, and what each of them delivers.

They are asked for all they offer without a network and without somebody clicking a licence.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pipeline.machine import processor_seconds

_LONGEST = 1800.0  # seconds
_ROOT = Path(__file__).parents[2]

# PHash is what imagededup recommends for near duplicates; its CNN fetches weights.
_IMAGEDEDUP = """
import json, sys
from imagededup.methods import PHash
hasher = PHash()
codes = hasher.encode_images(image_dir=sys.argv[1], num_enc_workers=int(sys.argv[2]))
found = hasher.find_duplicates(encoding_map=codes, num_dist_workers=0)
print(json.dumps({"photos": len(codes), "alike": sum(map(bool, found.values()))}))
"""


@dataclass(frozen=True, slots=True)
class Program:
    """A program beside ours.

    Attributes:
        delivers: what it tells of a shoot, as run here.
        command: what to run; from the Python of its environment, the folder, an empty folder and the workers.
        photos: how many photos it says it has looked at, from what it prints and the folder it wrote to.
    """

    delivers: str
    command: Callable[[Path, Path, Path, int], Sequence[str]]
    photos: Callable[[str, Path], int]


def _beside(python: Path, name: str) -> str:
    return str(python.parent / name)


PROGRAMS: Mapping[str, Program] = {
    "shortlist": Program(
        "bursts, brackets, scenes, copies, faces, eyes, people, sharpness on the subject, picks with reasons",
        lambda python, folder, out, _workers: [
            str(python),
            "-m",
            "app",
            "cull",
            str(folder),
            "--export",
            "json",
            "--out",
            str(out),
        ],
        lambda _said, out: len(json.loads((out / "shortlist.json").read_text("utf-8"))["photos"]),
    ),
    "photo-s": Program(
        "a score of exposure and sharpness, bursts by time",
        lambda python, folder, _out, _workers: [
            _beside(python, "photo-s"),
            "--json",
            "cull",
            "--score",
            "--burst",
            str(folder),
        ],
        lambda said, _out: len(json.loads(said[said.index("{") :])["results"]),
    ),
    "bppicker": Program(
        "a score, bursts by time and hash, picks; faces only with models whose licence was clicked",
        lambda python, folder, out, workers: [
            _beside(python, "bpp"),
            "run",
            "--input",
            str(folder),
            "--out",
            str(out),
            "--workers",
            str(workers),
        ],
        lambda _said, out: len(json.loads((out / ".workdir" / "analysis.json").read_text("utf-8"))),
    ),
    "imagededup": Program(
        "near duplicates by perceptual hash",
        lambda python, folder, _out, workers: [str(python), "-c", _IMAGEDEDUP, str(folder), str(workers)],
        lambda said, _out: json.loads(said.strip().splitlines()[-1])["photos"],
    ),
}


def measure(folder: Path, scratch: Path, pythons: Mapping[str, Path], workers: int = 2) -> dict[str, float]:
    """Return photos a second and milliseconds of processor time a photo, the start of the programs included.

    Args:
        folder: a shoot; each program gets a copy.
        scratch: an empty folder.
        pythons: by name of a program the Python of the environment it is installed in; ours is added.
        workers: processes a program may use, where it can be told.
    """
    figures: dict[str, float] = {}
    for name, python in {"shortlist": Path(sys.executable), **pythons}.items():
        own = scratch / name
        shoot, out = own / "shoot", own / "out"
        shutil.copytree(folder, shoot)
        out.mkdir()
        program = PROGRAMS[name]
        before, start = processor_seconds(children_only=True), time.perf_counter()
        said = _run(program.command(python, shoot, out, workers), own)
        seconds, processor = time.perf_counter() - start, processor_seconds(children_only=True) - before
        photos = program.photos(said, out)
        figures[f"{name}, photos/s ({program.delivers})"] = photos / seconds
        figures[f"{name}, ms of processor a photo"] = 1000 * processor / photos
        shutil.rmtree(own)
    return figures


def _run(command: Sequence[str], home: Path) -> str:
    """Return what a command prints; it finds a home of its own, and no network is asked for."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "SHORTLIST_HOME": str(home / "shortlist"),
        "PYTHONPATH": str(_ROOT),
    }
    if command[0] != sys.executable:
        del environment["PYTHONPATH"]
    ended = subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, timeout=_LONGEST
    )
    if ended.returncode:
        raise RuntimeError(f"{command[0]} failed: {ended.stderr[-2000:]}")
    return ended.stdout
