"""What an export did to one file, as a row of the journal and back."""

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from core.export.touched import FileState, Rewrite, Touch, Touched

COLUMNS = "touch, path, source, rewrites, before_size, before_digest, after_size, after_digest, kept_mtime_ns"


def to_row(touched: Touched) -> tuple[Any, ...]:
    """Return the values of ``COLUMNS``."""
    return (
        touched.touch.value,
        os.fsencode(touched.path),
        os.fsencode(touched.source) if touched.source else None,
        json.dumps([[one.start, _text(one.former), _text(one.written)] for one in touched.rewrites]),
        *((touched.before.size, touched.before.digest) if touched.before else (None, None)),
        *((touched.after.size, touched.after.digest) if touched.after else (None, None)),
        touched.mtime_ns,
    )


def from_row(row: tuple[Any, ...]) -> Touched:
    """Read a row: the reverse of ``to_row``."""
    touch, path, source, rewrites, before_size, before_digest, after_size, after_digest, mtime_ns = row
    return Touched(
        touch=Touch(touch),
        path=Path(os.fsdecode(path)),
        source=Path(os.fsdecode(source)) if source is not None else None,
        rewrites=tuple(
            Rewrite(start, b64decode(former), b64decode(written))
            for start, former, written in json.loads(rewrites)
        ),
        before=None if before_digest is None else FileState(before_size, before_digest),
        after=None if after_digest is None else FileState(after_size, after_digest),
        mtime_ns=mtime_ns,
    )


def _text(data: bytes) -> str:
    return b64encode(data).decode()
