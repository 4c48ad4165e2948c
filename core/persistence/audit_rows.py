"""The latest audit of each session as a row: drawn once, its answers written one by one."""

import json
import time
from collections.abc import Mapping
from datetime import datetime
from sqlite3 import Connection

from core.types import Audit, PhotoId

_KEPT = 100  # of as many sessions as there are undo journals


def read_audit(connection: Connection, sources: bytes) -> Audit | None:
    """Return the audit of a session; None where there is none."""
    row = connection.execute(
        "SELECT sample, answers, drawn_at FROM audit WHERE sources = ?", (sources,)
    ).fetchone()
    if row is None:
        return None
    sample, answers = json.loads(row[0]), json.loads(row[1])
    return Audit(
        sample["seed"],
        tuple(map(PhotoId, sample["rejects"])),
        tuple(map(PhotoId, sample["drawn"])),
        datetime.fromisoformat(row[2]),
        {PhotoId(photo_id): bool(keeper) for photo_id, keeper in answers.items()},
    )


def write_audit(connection: Connection, sources: bytes, audit: Audit) -> None:
    """Write an audit in the place of the session's former one; those of sessions long past are forgotten."""
    sample = {"seed": audit.seed, "rejects": audit.rejects, "drawn": audit.drawn}
    (latest,) = connection.execute("SELECT coalesce(max(written_ns), 0) FROM audit").fetchone()
    connection.execute("DELETE FROM audit WHERE sources = ?", (sources,))
    connection.execute(
        "INSERT INTO audit (sources, sample, answers, drawn_at, written_ns) VALUES (?, ?, ?, ?, ?)",
        (
            sources,
            _text(sample),
            _text(dict(audit.answers)),
            audit.drawn_at.isoformat(),
            max(time.time_ns(), latest + 1),
        ),
    )
    connection.execute(
        "DELETE FROM audit WHERE sources NOT IN (SELECT sources FROM audit ORDER BY written_ns DESC LIMIT ?)",
        (_KEPT,),
    )


def write_answers(connection: Connection, sources: bytes, answers: Mapping[PhotoId, bool]) -> None:
    """Write what was said of the sample, in the place of what was said before."""
    connection.execute("UPDATE audit SET answers = ? WHERE sources = ?", (_text(dict(answers)), sources))


def _text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
