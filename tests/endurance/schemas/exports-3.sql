PRAGMA application_id = 5459045;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE export (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        started_ns INTEGER NOT NULL,
        planned INTEGER NOT NULL,
        finished INTEGER NOT NULL DEFAULT 0 CHECK (finished IN (0, 1))
    , undoing INTEGER NOT NULL DEFAULT 0, seal INTEGER);
INSERT INTO "export" VALUES(3,'XMP metadata',1750000000000000000,2,1,0,93863383);
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
    , seal INTEGER, kept_mtime_ns INTEGER);
INSERT INTO "touched" VALUES(7,3,'written',X'2F676F6E652F77656464696E672F3030302E786D70',NULL,'[]',NULL,NULL,10,X'00000000000000000000000000000000',2392115510,NULL);
CREATE INDEX touched_by_export ON touched (export_id, id);
CREATE TRIGGER export_sealed_on_insert AFTER INSERT ON export BEGIN UPDATE export SET seal = seal('export', NEW.finished, NEW.id, NEW.planned, NEW.started_ns, NEW.title, NEW.undoing) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER export_sealed_on_update AFTER UPDATE ON export BEGIN UPDATE export SET seal = seal('export', NEW.finished, NEW.id, NEW.planned, NEW.started_ns, NEW.title, NEW.undoing) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER touched_sealed_on_insert AFTER INSERT ON touched BEGIN UPDATE touched SET seal = seal('touched', NEW.after_digest, NEW.after_size, NEW.before_digest, NEW.before_size, NEW.export_id, NEW.id, NEW.kept_mtime_ns, NEW.path, NEW.rewrites, NEW.source, NEW.touch) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER touched_sealed_on_update AFTER UPDATE ON touched BEGIN UPDATE touched SET seal = seal('touched', NEW.after_digest, NEW.after_size, NEW.before_digest, NEW.before_size, NEW.export_id, NEW.id, NEW.kept_mtime_ns, NEW.path, NEW.rewrites, NEW.source, NEW.touch) WHERE rowid = NEW.rowid; END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('export',3);
INSERT INTO "sqlite_sequence" VALUES('touched',7);
COMMIT;
