"""What ``measures.sqlite`` holds, disposable: what was read of photos and measured in them.

A row holds while ``mtime_ns`` and ``size_bytes`` are those of the file. Behind the ``path`` of a photo that its
sidecar turns stand a zero byte and the orientation, but in ``facts``. Paths, times and versions are as
``core.persistence.schema`` says. This is version 7 of the file.

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
``piece``, a photo piece by piece, by the models and code of ``made_by``: ``things`` is JSON of what was detected and of
    the boxes of all pieces, ``vectors`` their embeddings in 8 bits each behind a little-endian float32 of scale each.
"""

from core.persistence.schema import Schema, statements

_FIRST = (
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

_LAYOUT = "ALTER TABLE analysis ADD COLUMN layout BLOB NOT NULL DEFAULT x'000000000000'"

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

# The application id is the letters SLm.
MEASURES = Schema(
    0x00534C6D,
    (
        statements(*_FIRST),
        statements(*_EMBEDDINGS_APART),
        statements(_LAYOUT),
        statements(_SIGNATURES),
        statements(*_GROUPINGS),
        statements(_LOOKS),
        statements(_PIECES),
    ),
    synchronous="NORMAL",
    precious=False,
)
