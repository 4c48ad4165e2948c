PRAGMA application_id = 5459060;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE thumbnail (
        path BLOB PRIMARY KEY,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        used_day INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        jpeg BLOB NOT NULL
    );
INSERT INTO "thumbnail" VALUES(X'2F676F6E652F77656464696E672F3030302E6A7067',1750000000000000000,1000,20000,4,X'6A706567');
CREATE INDEX thumbnail_by_use ON thumbnail (used_day, path, bytes);
COMMIT;
