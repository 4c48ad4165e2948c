"""How the user set the clocks of cameras, as rows: by folder, so that a folder opened alone shows the same times."""

import os
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection

from core.persistence.database import chunks
from core.types import ClockSettings

_MICROSECOND = timedelta(microseconds=1)


def read_clocks(connection: Connection, folders: Iterable[Path]) -> dict[str, timedelta | None]:
    """Read the settings of the cameras in some folders; where folders differ, the one set last."""
    keys = sorted({os.fsencode(folder) for folder in folders})
    rows: list[tuple[int, str, int | None]] = []
    for chunk in chunks(keys):
        marks = ", ".join("?" * len(chunk))
        rows += connection.execute(
            f"SELECT written_ns, camera, shift_us FROM clock WHERE folder IN ({marks})",  # noqa: S608
            chunk,
        )
    return {
        camera: None if shift is None else shift * _MICROSECOND
        for _, camera, shift in sorted(rows, key=lambda row: row[0])
    }


def write_clocks(connection: Connection, folders: Iterable[Path], settings: ClockSettings) -> None:
    """Write the settings of all of the folders, in the place of whatever was set for any camera in them."""
    now, keys = time.time_ns(), sorted({os.fsencode(folder) for folder in folders})
    connection.executemany("DELETE FROM clock WHERE folder = ?", [(key,) for key in keys])
    connection.executemany(
        "INSERT INTO clock (folder, camera, shift_us, written_ns) VALUES (?, ?, ?, ?)",
        [
            (key, camera, None if shift is None else shift // _MICROSECOND, now)
            for key in keys
            for camera, shift in settings.items()
        ],
    )
