"""What ``taste.sqlite`` holds: what the decisions taught (``core.taste``); forgotten, nothing of it is left.

Paths, times, seals and versions are as ``core.persistence.schema`` says. This is version 1 of the file.

``lesson``, one a decided burst: ``folder``; ``profile`` of its shoot, "" for none; ``frames`` a number of 64 bits each
    (``core.taste.lessons.frame_number``); ``liked`` a byte each, 1 for a pick and 0 for a reject; ``names`` of terms;
    ``terms`` their values, little-endian float32, those of the first frame first; ``way`` it was decided; ``moment``
    and ``decided``, seconds since 1970, of the camera and of the decision.
``lesson_frame``: no frame is in two lessons.
``left_out``: frames of which nothing is to be learned.
``shoot``, what the user chose of a ``folder``: ``profile``, and ``left_out`` 1 where nothing is learned of it.
``choice``, what the user chose for all: ``name`` and ``value``.
"""

from core.persistence.schema import Schema, statements

_FIRST = (
    """
    CREATE TABLE lesson (
        id INTEGER PRIMARY KEY,
        folder BLOB NOT NULL,
        profile TEXT NOT NULL,
        frames BLOB NOT NULL,
        liked BLOB NOT NULL,
        names TEXT NOT NULL,
        terms BLOB NOT NULL,
        way TEXT NOT NULL CHECK (way IN ('hand', 'accepted', 'once')),
        moment REAL NOT NULL,
        decided REAL NOT NULL,
        seal INTEGER
    )
    """,
    "CREATE INDEX lesson_by_folder ON lesson (folder)",
    """
    CREATE TABLE lesson_frame (
        frame INTEGER PRIMARY KEY,
        lesson_id INTEGER NOT NULL REFERENCES lesson (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX frame_by_lesson ON lesson_frame (lesson_id)",
    "CREATE TABLE left_out (frame INTEGER PRIMARY KEY)",
    """
    CREATE TABLE shoot (
        folder BLOB PRIMARY KEY,
        profile TEXT NOT NULL DEFAULT '',
        left_out INTEGER NOT NULL DEFAULT 0 CHECK (left_out IN (0, 1)),
        written_ns INTEGER NOT NULL,
        seal INTEGER
    )
    """,
    "CREATE TABLE choice (name TEXT PRIMARY KEY, value TEXT NOT NULL, seal INTEGER)",
)

# The application id is the letters SLy, for "your eye".
TASTE = Schema(0x00534C79, (statements(*_FIRST),), synchronous="NORMAL", precious=True)
