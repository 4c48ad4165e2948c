"""Whenever telling people apart is turned off, and whatever goes on meanwhile: nothing of faces is left."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.paths import places
from core.pipeline.events import PhotosAnalyzed
from core.types import PhotoId
from fixtures.seeds import seed
from fixtures.shoots import face, write_photo
from fixtures.windows import analysed, running, wait_until_analysed


def write_faces(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        write_photo(folder / f"{number:03}.jpg", face(3 * number))
    return folder


def signatures() -> int:
    """How many photos have something kept that tells their faces apart."""
    with closing(sqlite3.connect(places().measures)) as connection:
        return int(connection.execute("SELECT count(*) FROM signature").fetchone()[0])


def test_turned_off_in_the_middle_of_a_run_it_leaves_nothing(
    tmp_path: Path, qtbot: QtBot, is_long: bool, counts: Any
) -> None:
    folder = write_faces(tmp_path / "faces", 24)
    chance = random.Random(seed())
    for _ in range(15 if is_long else 1):
        after = chance.randrange(1, 20)
        places().measures.unlink(missing_ok=True)
        with running() as program:
            program.settings.change(identity=True)
            seen: set[PhotoId] = set()

            def turn_off(
                event: object, program: Any = program, seen: set[PhotoId] = seen, at: int = after
            ) -> None:
                if isinstance(event, PhotosAnalyzed):
                    seen.update(one.photo_id for one in event.analyses)
                if len(seen) >= at and program.settings.preferences.identity:
                    program.settings.change(identity=False)

            program.session.open([folder])
            program.session._threads[-1].event_arrived.connect(turn_off)
            qtbot.waitUntil(lambda: not program.settings.preferences.identity, timeout=120_000)
            wait_until_analysed(qtbot, program)
            qtbot.waitUntil(lambda: not program.session.is_running, timeout=60_000)
            assert len(program.session.shoot.analyses) == 24
            assert not program.session.shoot.people.photos()
        assert signatures() == 0, f"turned off after {after}"
        counts.add(tried=1, survived=1)


def test_any_order_of_commands_and_choices_keeps_to_the_choice(
    tmp_path: Path, qtbot: QtBot, is_long: bool, counts: Any
) -> None:
    folder = write_faces(tmp_path / "faces", 2)
    chance = random.Random(seed())

    def window() -> None:
        with running() as program:
            analysed(qtbot, program, folder)

    ways: tuple[Callable[[], object], ...] = (
        window,
        lambda: main(["cull", str(folder)]),
        lambda: main(["cull", str(folder), "--dry-run", "--export", "csv", "--out", str(tmp_path / "out")]),
        lambda: main(["export", str(folder), "--as", "html", "--out", str(tmp_path / "out")]),
    )
    for step in range(60 if is_long else 3):
        wanted = chance.random() < 0.5 if step else True
        with running() as program:
            program.settings.change(identity=wanted)
        way = chance.choice(ways)
        way()
        if not wanted:
            assert signatures() == 0, step
        counts.add(tried=1, survived=1)
