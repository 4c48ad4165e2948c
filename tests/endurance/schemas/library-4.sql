PRAGMA application_id = 5459052;
PRAGMA user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE embedder (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL,
        version INTEGER NOT NULL,
        fitted INTEGER NOT NULL DEFAULT 0,
        basis BLOB,
        UNIQUE (sha256, version)
    );
INSERT INTO "embedder" VALUES(1,'weights',1,0,NULL);
CREATE TABLE frame (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL UNIQUE,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        turn INTEGER NOT NULL,
        shoot BLOB NOT NULL,
        volume BLOB NOT NULL,
        facts_version INTEGER NOT NULL,
        facts TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        compression REAL NOT NULL,
        phash INTEGER NOT NULL,
        faces INTEGER NOT NULL,
        things TEXT,
        embedder INTEGER NOT NULL REFERENCES embedder (id)
    , photo_id TEXT, words TEXT);
CREATE TABLE head (
        frame INTEGER PRIMARY KEY REFERENCES frame (id) ON DELETE CASCADE,
        embedder INTEGER NOT NULL,
        head BLOB NOT NULL
    );
CREATE TABLE look (
        frame INTEGER PRIMARY KEY REFERENCES frame (id) ON DELETE CASCADE,
        embedder INTEGER NOT NULL,
        vector BLOB NOT NULL
    );
CREATE TABLE state (changes INTEGER NOT NULL, whole INTEGER NOT NULL DEFAULT 0);
INSERT INTO "state" VALUES(0,0);
CREATE INDEX frame_words ON frame (words, things, photo_id);
DELETE FROM "sqlite_sequence";
COMMIT;
