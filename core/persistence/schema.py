"""What lies on disk: SQLite files, described so that other programs can read them; the library of all shoots by itself.

All paths are the bytes of the file system (``os.fsencode``; UTF-8 nearly everywhere), because a file name
need not be valid text. All ``*_ns`` are integers of nanoseconds since 1970, UTC. ``PRAGMA user_version`` is
the version of a file, ``PRAGMA application_id`` tells the kinds apart. This is version 1 of the thumbnails, 3 of the
exports, 7 of the decisions, 6 of the measures, 1 of the taste.

``seal``, in tables that cannot be made again, is a checksum of the row (``core.persistence.seals``). Triggers write it
with a function of ours, so that other programs can read these tables and not write them.

**decisions.sqlite**, kept for good: one for the whole machine, so that a folder, its parent and its
subfolders show the same decisions.

``decision``, the latest on each photo:
    ``photo_id`` digest of the absolute path, see ``core.ingest.scanner.photo_id``;
    ``path``, ``name``, ``size_bytes``, ``mtime_ns`` of the file when it was last seen: the last three
    recognise it after its folder was renamed; ``content`` its digest (``core.ingest.content``), which recognises it
    after it was renamed itself, NULL where it is not known, or where the file went elsewhere since;
    ``flag`` pick, reject or unflagged; ``rating`` 0 to 5; ``label`` red, yellow, green, blue, purple or none;
    each NULL where never touched;
    ``source`` user or suggested; ``decided_at`` ISO 8601, UTC; ``written_ns`` when it was recorded,
    0 where nothing was: the file is a copy of another that was there when it was first seen;
    ``grouped`` names the group the user put the photo in (``core.grouping.users_groups``), NULL where the program
    groups it;
    ``accepted`` one or many where the flag is that of an accepted suggestion, of one burst or of many at once; NULL
    where the user gave the flag, or where it was given before version 6;
    ``look`` what the user calls what the photo looks like, NULL where nothing (since version 7).
``session``, a set of folders and files that were open together:
    ``sources`` their paths, sorted, joined by a zero byte; ``opened_ns`` when last.
``change``, the undo journal of a session, oldest first by ``id``:
    ``title`` as a menu shows it; ``undone`` 1 while it is taken back and can be made again;
    ``before`` and ``after`` JSON arrays of decisions ``[photo_id, flag, rating, label, source, decided_at, grouped,
    accepted, look]``, of which version 1 had no ``grouped``, those before 6 no ``accepted``, before 7 no ``look``.
``clock``, how the user set the clocks of cameras: to the times of ``camera`` (``core.types.Photo.camera``) in
    ``folder`` come ``shift_us`` microseconds, NULL where the clock is to be left alone; ``written_ns`` when it was set.
``recent``, the folders of the welcome screen.
``audit``, the latest sample of rejects the user looked through, by the ``sources`` of a session: ``sample`` is JSON
    of its seed, of the rejects it was drawn from and of those drawn; ``answers`` JSON of what the user said of each;
    ``drawn_at`` ISO 8601, UTC; ``written_ns`` when it was drawn or answered last.

**exports.sqlite**, kept so that exports can be undone; without it they cannot.

``export``, one a row: ``title``; ``started_ns``; ``planned`` files; ``finished`` 0 while it runs or is undone, or was
    killed; ``undoing`` 1 while it is undone.
``touched``, the files of an export, each noted before it was touched, in order of ``id``:
    ``touch`` folder, written, embedded, copied, moved or trashed; ``path``; ``source`` of a copy or a move, or the
    link through which the file was reached;
    ``rewrites`` JSON array of ``[start, former, written]``: in the file as it is now the bytes ``written``
    (base64) stand at ``start`` in place of ``former``;
    ``before_*`` and ``after_*``: size and BLAKE2b-128 of the file, NULL where it was not there or is not known;
    ``kept_mtime_ns`` the file's time, where it is the only date of a photo, so that it has to stay; else NULL.

**taste.sqlite**, what the decisions taught (``core.taste``); it can be forgotten, and then nothing of it is left.

``lesson``, one a decided burst: ``folder``; ``profile`` of its shoot, "" for none; ``frames`` a number of 64 bits each
    (``core.taste.lessons.frame_number``); ``liked`` a byte each, 1 for a pick and 0 for a reject; ``names`` of terms;
    ``terms`` their values, little-endian float32, those of the first frame first; ``way`` it was decided; ``moment``
    and ``decided``, seconds since 1970, of the camera and of the decision.
``lesson_frame``: no frame is in two lessons.
``left_out``: frames of which nothing is to be learned.
``shoot``, what the user chose of a ``folder``: ``profile``, and ``left_out`` 1 where nothing is learned of it.
``choice``, what the user chose for all: ``name`` and ``value``.

**measures.sqlite**, disposable; a row holds while ``mtime_ns`` and ``size_bytes`` are those of the file. Behind the
``path`` of a photo that its sidecar turns stand a zero byte and the orientation, but in ``facts``.

``facts``, what a file says about itself: ``document`` is JSON, ``version`` that of the code that read it.
``analysis``, what was measured, by the models and code of ``fingerprint``: ``document`` is JSON, ``layout`` the
    corners and the spread of sharpness (``core.persistence.documents.write_layout``).
``embedding``, what the photo looks like to one embedder, named by the ``model_sha256`` of its weights: ``vector``
    is little-endian float32, ``version`` that of the code that prepared the picture. A photo has one for each
    embedder that was ever in use, so that going back to one costs nothing.

``signature``, what tells each face of a photo from others, by the weights ``model_sha256``: ``faces`` holds, for each
    face of ``analysis`` in order, a length of 16 bits and as many bytes of little-endian float16. The table is
    empty where the user does not want people told apart.

``alignment``, how the second of two photos lies over the first (``core.grouping.geometry.Alignment``): ``one`` and
    ``other`` are digests of path, time, size and ``fingerprint`` of a photo; all else is NULL where they do not.
``grouping``, the result for a whole shoot: ``digest`` is of all that it depends on, ``document`` zlib's JSON
    (``core.persistence.group_documents``), ``used_ns`` when it was last asked for.
``looks``, the same of what looks alike: ``document`` is a tree (``core.looks.tree.LookTree.write``).

**thumbnails.sqlite**, disposable, with the same rule.

``thumbnail``: an upright sRGB ``jpeg`` of ``bytes`` bytes, last used on ``used_day`` (days since 1970).
"""

import sqlite3

from core.persistence.database import Schema

_FIRST_DECISIONS = (
    """
    CREATE TABLE decision (
        photo_id TEXT PRIMARY KEY,
        path BLOB NOT NULL,
        name BLOB NOT NULL,
        size_bytes INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        flag TEXT CHECK (flag IN ('pick', 'reject', 'unflagged')),
        rating INTEGER CHECK (rating BETWEEN 0 AND 5),
        label TEXT CHECK (label IN ('red', 'yellow', 'green', 'blue', 'purple', 'none')),
        source TEXT NOT NULL CHECK (source IN ('user', 'suggested')),
        decided_at TEXT,
        written_ns INTEGER NOT NULL
    )
    """,
    "CREATE INDEX decision_by_path ON decision (path)",
    "CREATE INDEX decision_by_file ON decision (name, size_bytes)",
    """
    CREATE TABLE session (
        id INTEGER PRIMARY KEY,
        sources BLOB NOT NULL UNIQUE,
        opened_ns INTEGER NOT NULL
    )
    """,
    # AUTOINCREMENT: the number of a deleted change is never given to another, in any window.
    """
    CREATE TABLE change (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        before TEXT NOT NULL,
        after TEXT NOT NULL
    )
    """,
    "CREATE INDEX change_by_session ON change (session_id, id)",
    "CREATE TABLE recent (folder BLOB PRIMARY KEY, opened_ns INTEGER NOT NULL)",
)

_CLOCKS = """
    CREATE TABLE clock (
        folder BLOB NOT NULL,
        camera TEXT NOT NULL,
        shift_us INTEGER,
        written_ns INTEGER NOT NULL,
        PRIMARY KEY (folder, camera)
    )
"""

_AUDITS = """
    CREATE TABLE audit (
        sources BLOB PRIMARY KEY,
        sample TEXT NOT NULL,
        answers TEXT NOT NULL,
        drawn_at TEXT NOT NULL,
        written_ns INTEGER NOT NULL,
        seal INTEGER
    )
"""

_FIRST_MEASURES = (
    """
    CREATE TABLE facts (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        version INTEGER NOT NULL,
        document TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE analysis (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        document TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        vector BLOB NOT NULL
    )
    """,
)

# Version 1 kept one vector beside the measures, so that another embedder meant measuring all anew.
_EMBEDDINGS_APART = (
    "DROP TABLE analysis",
    """
    CREATE TABLE analysis (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        document TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE embedding (
        path BLOB NOT NULL,
        model_sha256 TEXT NOT NULL,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        version INTEGER NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (path, model_sha256)
    )
    """,
)

_SIGNATURES = """
    CREATE TABLE signature (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        model_sha256 TEXT NOT NULL,
        faces BLOB NOT NULL
    )
"""

_GROUPINGS = (
    """
    CREATE TABLE alignment (
        one INTEGER NOT NULL,
        other INTEGER NOT NULL,
        overlap REAL,
        within REAL,
        shift_right REAL,
        shift_down REAL,
        zoom REAL,
        corners INTEGER,
        PRIMARY KEY (one, other)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE grouping (digest BLOB PRIMARY KEY, used_ns INTEGER NOT NULL, document BLOB NOT NULL)",
)

_LOOKS = "CREATE TABLE looks (digest BLOB PRIMARY KEY, used_ns INTEGER NOT NULL, document BLOB NOT NULL)"

_PIECES = """
    CREATE TABLE piece (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        made_by TEXT NOT NULL,
        things TEXT NOT NULL,
        vectors BLOB NOT NULL
    )
"""

_FIRST_THUMBNAILS = (
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

_FIRST_EXPORTS = (
    # AUTOINCREMENT: the number of an export that was undone is never given to another.
    """
    CREATE TABLE export (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        started_ns INTEGER NOT NULL,
        planned INTEGER NOT NULL,
        finished INTEGER NOT NULL DEFAULT 0 CHECK (finished IN (0, 1))
    )
    """,
    """
    CREATE TABLE touched (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        export_id INTEGER NOT NULL REFERENCES export (id) ON DELETE CASCADE,
        touch TEXT NOT NULL CHECK (touch IN ('folder', 'written', 'embedded', 'copied', 'moved', 'trashed')),
        path BLOB NOT NULL,
        source BLOB,
        rewrites TEXT NOT NULL,
        before_size INTEGER,
        before_digest BLOB,
        after_size INTEGER,
        after_digest BLOB
    )
    """,
    "CREATE INDEX touched_by_export ON touched (export_id, id)",
)

_FIRST_TASTE = (
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


def _first_decisions(connection: sqlite3.Connection) -> None:
    for statement in _FIRST_DECISIONS:
        connection.execute(statement)


def _users_groups(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE decision ADD COLUMN grouped TEXT")


def _clocks(connection: sqlite3.Connection) -> None:
    connection.execute(_CLOCKS)


def _seals_of_decisions(connection: sqlite3.Connection) -> None:
    for table in ("decision", "change", "clock"):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN seal INTEGER")


def _contents(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE decision ADD COLUMN content TEXT")
    connection.execute("CREATE INDEX decision_by_content ON decision (content) WHERE content IS NOT NULL")


def _accepted_and_audits(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE decision ADD COLUMN accepted TEXT CHECK (accepted IN ('one', 'many'))")
    connection.execute(_AUDITS)


def _names_of_looks(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE decision ADD COLUMN look TEXT")


def _undoing_and_seals(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE export ADD COLUMN undoing INTEGER NOT NULL DEFAULT 0")
    for table in ("export", "touched"):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN seal INTEGER")


def _kept_times(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE touched ADD COLUMN kept_mtime_ns INTEGER")


def _first_measures(connection: sqlite3.Connection) -> None:
    for statement in _FIRST_MEASURES:
        connection.execute(statement)


def _embeddings_apart(connection: sqlite3.Connection) -> None:
    for statement in _EMBEDDINGS_APART:
        connection.execute(statement)


def _measures_with_layout(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE analysis ADD COLUMN layout BLOB NOT NULL DEFAULT x'000000000000'")


def _signatures(connection: sqlite3.Connection) -> None:
    connection.execute(_SIGNATURES)


def _groupings(connection: sqlite3.Connection) -> None:
    for statement in _GROUPINGS:
        connection.execute(statement)


def _looks(connection: sqlite3.Connection) -> None:
    connection.execute(_LOOKS)


def _pieces(connection: sqlite3.Connection) -> None:
    connection.execute(_PIECES)


def _first_thumbnails(connection: sqlite3.Connection) -> None:
    for statement in _FIRST_THUMBNAILS:
        connection.execute(statement)


def _first_exports(connection: sqlite3.Connection) -> None:
    for statement in _FIRST_EXPORTS:
        connection.execute(statement)


def _first_taste(connection: sqlite3.Connection) -> None:
    for statement in _FIRST_TASTE:
        connection.execute(statement)


# The application ids are the letters SLd, SLe, SLm, SLt and SLy ("your eye").
DECISIONS = Schema(
    0x00534C64,
    (
        _first_decisions,
        _users_groups,
        _clocks,
        _seals_of_decisions,
        _contents,
        _accepted_and_audits,
        _names_of_looks,
    ),
    synchronous="FULL",
    precious=True,
)
EXPORTS = Schema(
    0x00534C65, (_first_exports, _undoing_and_seals, _kept_times), synchronous="FULL", precious=True
)
MEASURES = Schema(
    0x00534C6D,
    (_first_measures, _embeddings_apart, _measures_with_layout, _signatures, _groupings, _looks, _pieces),
    synchronous="NORMAL",
    precious=False,
)
THUMBNAILS = Schema(0x00534C74, (_first_thumbnails,), synchronous="NORMAL", precious=False)
TASTE = Schema(0x00534C79, (_first_taste,), synchronous="NORMAL", precious=True)
