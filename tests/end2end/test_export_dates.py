"""Embedding into photos without a date, from the command line: they stay where they were in the shoot."""

import os
from pathlib import Path

from app.exit_codes import EXIT_OK
from core.types import Flag
from fixtures.openings import command, decide, shown
from fixtures.photo_files import packet, picture, rich_jpeg


def test_photos_without_a_date_stay_in_order_and_show_what_was_embedded(tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    for number, data in enumerate(
        (picture(), rich_jpeg(packet('xmp:Rating="2"', padding=4096))[0], picture("blue"))
    ):
        path = shoot / f"{number}.jpg"
        path.write_bytes(data)
        os.utime(path, (1_500_000_000 - number, 1_500_000_000 - number))
    times = {photo.path: photo.taken_at for photo in shown(shoot).photos.values()}
    sizes = {path: path.stat().st_size for path in times}
    decide(shoot, {"1.jpg": Flag.PICK, "2.jpg": Flag.REJECT}, rating=4)
    assert command("export", shoot, "--embed") == EXIT_OK
    # So that neither time nor size tell of it.
    assert sizes[shoot / "1.jpg"] == (shoot / "1.jpg").stat().st_size
    opened = shown(shoot)
    assert {photo.path: photo.taken_at for photo in opened.photos.values()} == times
    assert {photo.path.name: photo.marks.rating for photo in opened.photos.values()} == {
        "0.jpg": None,
        "1.jpg": 4,
        "2.jpg": 4,
    }
    assert command("export", "--undo") == EXIT_OK
    opened = shown(shoot)
    assert {photo.path: photo.taken_at for photo in opened.photos.values()} == times
    assert [photo.marks.rating for photo in opened.photos.values() if photo.path.name == "1.jpg"] == [2]
