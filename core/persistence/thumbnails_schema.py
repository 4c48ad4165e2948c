"""What ``thumbnails.sqlite`` holds, disposable: the small pictures of photos.

A row holds while ``mtime_ns`` and ``size_bytes`` are those of the file. Behind the ``path`` of a photo that its
sidecar turns stand a zero byte and the orientation. Paths, times and versions are as ``core.persistence.schema``
says. This is version 1 of the file.

``thumbnail``: an upright sRGB ``jpeg`` of ``bytes`` bytes, last used on ``used_day`` (days since 1970).
"""

from core.persistence.schema import Schema, statements

_FIRST = (
    """
    CREATE TABLE thumbnail (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        used_day INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        jpeg BLOB NOT NULL
    )
    """,
    # Covering: sums and the choice of what to drop never touch the pictures.
    "CREATE INDEX thumbnail_by_use ON thumbnail (used_day, path, bytes)",
)

# The application id is the letters SLt.
THUMBNAILS = Schema(0x00534C74, (statements(*_FIRST),), synchronous="NORMAL", precious=False)
