PRAGMA application_id = 5459053;
PRAGMA user_version = 7;
BEGIN TRANSACTION;
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
    ;
CREATE TABLE analysis (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        document TEXT NOT NULL
    , layout BLOB NOT NULL DEFAULT x'000000000000');
CREATE TABLE embedding (
        path BLOB NOT NULL,
        model_sha256 TEXT NOT NULL,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        version INTEGER NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (path, model_sha256)
    );
CREATE TABLE facts (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        version INTEGER NOT NULL,
        document TEXT NOT NULL
    );
INSERT INTO "facts" VALUES(X'2F676F6E652F77656464696E672F3030302E6A7067',1750000000000000000,1000,1,'{}');
CREATE TABLE grouping (digest BLOB PRIMARY KEY, used_ns INTEGER NOT NULL, document BLOB NOT NULL);
CREATE TABLE looks (digest BLOB PRIMARY KEY, used_ns INTEGER NOT NULL, document BLOB NOT NULL);
CREATE TABLE piece (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        made_by TEXT NOT NULL,
        things TEXT NOT NULL,
        vectors BLOB NOT NULL
    );
INSERT INTO "piece" VALUES(X'2F676F6E652F77656464696E672F3030302E6A7067',1750000000000000000,1000,'models','[]',X'');
CREATE TABLE signature (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        model_sha256 TEXT NOT NULL,
        faces BLOB NOT NULL
    );
COMMIT;
