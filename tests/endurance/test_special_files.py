"""Devices, pipes, sockets, loops and gigabytes of nothing in place of any file: nothing hangs, nothing fills up.

A file is swapped before a command starts, or while a run is at work; everything else of the shoot goes on.
"""

import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Services, open_services
from app.paths import places
from core.files import SPECIAL
from fixtures.photo_files import packet
from fixtures.runs import COUNT, run_interrupted, write_scenes
from fixtures.seeds import seed

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such devices"),
    pytest.mark.usefixtures("measured_here"),
]

LONGEST = 120  # seconds for one command over a dozen small photos, on a machine that has other work
MOST = 4 * 2**30  # bytes a process may want, models included
OWN = (
    "measures.sqlite",
    "thumbnails.sqlite",
    "decisions.sqlite",
    "exports.sqlite",
    "embedder.txt",
    "shortlist.log",
)
WRITTEN = ("shortlist.csv", "shortlist.json", "picks.txt", "contact-sheet.html", "000.jpg")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff\xe0")
        file.truncate(3 * 2**30)


SWAPS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "zeros": lambda path: path.symlink_to("/dev/zero"),
    "full": lambda path: path.symlink_to("/dev/full"),
    "chance": lambda path: path.symlink_to("/dev/urandom"),
    "terminal": lambda path: path.symlink_to("/dev/ptmx"),
    "loop": lambda path: path.symlink_to(path.name),
    "nowhere": lambda path: path.symlink_to("nowhere"),
    "folder": lambda path: path.mkdir(),
    "own": lambda path: path.symlink_to("/proc/kmsg"),
    "sparse": sparse,
}


def swap(path: Path, kind: str) -> None:
    path.unlink(missing_ok=True)
    SWAPS[kind](path)


def commands(shoot: Path, out: Path) -> list[list[str]]:
    cull, export = ["cull", str(shoot)], ["export", str(shoot), "--out", str(out)]
    return [
        [*cull, "--export", "xmp", "--reject-rest"],
        [*cull, "--export", "json", "--out", str(out)],
        [*cull, "--export", "copy", "--out", str(out)],
        [*cull, "--export", "xmp", "--dry-run"],
        [*export, "--as", "csv"],
        ["export", "--undo"],
        ["doctor"],
    ]


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MOST, MOST))


def test_special_files_in_any_place_hold_no_command_up(
    tmp_path: Path, home: Path, is_long: bool, counts: Any
) -> None:
    begin = seed()
    for turn in range(60 if is_long else 2):
        chance = random.Random(f"{begin}/{turn}")
        shoot, out = tmp_path / f"shoot{turn}", tmp_path / f"out{turn}"
        photos = write_scenes(shoot, 4)
        out.mkdir()
        (shoot / "raw.cr2").write_bytes(b"II*\0\x10\0\0\0CR\2\0")
        places_beside = [photo.with_suffix(".xmp") for photo in [*photos, shoot / "raw.cr2"]]
        places_beside += [photo.with_name(f"{photo.name}.xmp") for photo in photos]
        for place in places_beside[::2]:
            place.write_bytes(packet('xmp:Rating="3"'))
        targets = [*places_beside, *photos, *(out / name for name in WRITTEN)]
        if chance.random() < 0.3:
            targets += [home / name for name in OWN]
        swapped = {place: chance.choice(list(SWAPS)) for place in targets if chance.random() < 0.5}
        for place, kind in swapped.items():
            swap(place, kind)
        for command in chance.sample(commands(shoot, out), 2):
            done = subprocess.run(
                [sys.executable, "-m", "app", *command],
                env={**os.environ, "SHORTLIST_HOME": str(home)},
                capture_output=True,
                timeout=LONGEST,
                preexec_fn=limited,
                check=False,
            )
            told = done.stderr.decode()
            assert "Traceback" not in told, (command, swapped, told)
            assert done.returncode in range(5), (command, swapped, told)
            counts.add(tried=1, survived=1)
        for name in OWN:
            place = home / name
            if place.is_symlink() or (place.exists() and not place.is_file()):
                place.rmdir() if place.is_dir() and not place.is_symlink() else place.unlink()
        for place in (shoot, out):
            subprocess.run(["rm", "-rf", str(place)], check=True)


@pytest.fixture
def services() -> Iterator[Services]:
    with open_services(places()) as opened:
        yield opened


@pytest.mark.parametrize("kind", SWAPS)
def test_a_photo_swapped_in_the_middle_of_a_run_costs_itself_alone(
    kind: str, tmp_path: Path, services: Services
) -> None:
    files = write_scenes(tmp_path / "shoot")
    found, _ = run_interrupted(tmp_path / "shoot", services, lambda: swap(files[-2], kind), at=3)
    (failure,) = found.failures
    assert failure.path == files[-2]
    assert (failure.reason == str(SPECIAL)) == (kind in ("pipe", "zeros", "full", "chance", "terminal"))
    assert len(found.analyses) == COUNT - 1


@pytest.mark.parametrize("kind", ["pipe", "zeros", "full", "chance", "terminal"])
def test_a_sidecar_that_is_a_device_is_named_and_left_alone(
    kind: str, tmp_path: Path, services: Services
) -> None:
    files = write_scenes(tmp_path / "shoot", 3)
    swap(files[0].with_suffix(".xmp"), kind)
    files[1].with_suffix(".xmp").write_bytes(packet('xmp:Rating="3"'))
    found, _ = run_interrupted(tmp_path / "shoot", services)
    (failure,) = found.failures
    assert (failure.path, failure.reason) == (files[0].with_suffix(".xmp"), str(SPECIAL))
    assert len(found.analyses) == 3
    assert [marks[0].marks.rating for marks in found.marks.values()] == [3], "the others' are read"
