PRAGMA application_id = 5459053;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE analysis (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        document TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        vector BLOB NOT NULL
    );
CREATE TABLE facts (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        version INTEGER NOT NULL,
        document TEXT NOT NULL
    );
INSERT INTO "facts" VALUES(X'2F676F6E652F77656464696E672F3030302E6A7067',1750000000000000000,1000,1,'{}');
COMMIT;
