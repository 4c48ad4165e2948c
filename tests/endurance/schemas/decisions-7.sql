PRAGMA application_id = 5459044;
PRAGMA user_version = 7;
BEGIN TRANSACTION;
CREATE TABLE audit (
        sources BLOB PRIMARY KEY,
        sample TEXT NOT NULL,
        answers TEXT NOT NULL,
        drawn_at TEXT NOT NULL,
        written_ns INTEGER NOT NULL,
        seal INTEGER
    );
INSERT INTO "audit" VALUES(X'2F676F6E652F77656464696E67','{"seed":7,"rejects":["id1","id9"],"drawn":["id1"]}','{"id1":true}','2025-06-14T10:00:00.123456+00:00',1750000000000000000,2800806108);
CREATE TABLE change (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        before TEXT NOT NULL,
        after TEXT NOT NULL
    , seal INTEGER);
INSERT INTO "change" VALUES(11,4,'Pick 11',0,'[["id0",null,null,null,"user",null,null,null,null]]','[["id0","pick",3,null,"user","2025-06-14T10:00:00+00:00",null,null,null]]',928042266);
INSERT INTO "change" VALUES(12,4,'Pick 12',1,'[["id0",null,null,null,"user",null,null,null,null]]','[["id0","pick",3,null,"user","2025-06-14T10:00:00+00:00",null,null,null]]',193529948);
CREATE TABLE clock (
        folder BLOB NOT NULL,
        camera TEXT NOT NULL,
        shift_us INTEGER,
        written_ns INTEGER NOT NULL, seal INTEGER,
        PRIMARY KEY (folder, camera)
    );
INSERT INTO "clock" VALUES(X'2F676F6E652F77656464696E67','Canon EOS R5',3600000000,1,2760768044);
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
    , grouped TEXT, seal INTEGER, content TEXT, accepted TEXT CHECK (accepted IN ('one', 'many')), look TEXT);
INSERT INTO "decision" VALUES('id0',X'2F676F6E652F77656464696E672F3030302E6A7067',X'3030302E6A7067',1000,1750000000000000000,'pick',3,NULL,'user','2025-06-14T10:00:00.123456+00:00',1750000000000000000,'g1',693352772,NULL,NULL,NULL);
INSERT INTO "decision" VALUES('id1',X'2F676F6E652F77656464696E672F3030312E6A7067',X'3030312E6A7067',1000,1750000000000000000,'reject',NULL,NULL,'user','2025-06-14T10:00:00.123456+00:00',1750000000000000001,'g1',1880023875,NULL,'many',NULL);
INSERT INTO "decision" VALUES('id2',X'2F676F6E652F77656464696E672F3030322E6A7067',X'3030322E6A7067',1000,1750000000000000000,'unflagged',0,NULL,'user','2025-06-14T10:00:00.123456+00:00',1750000000000000002,NULL,509509197,NULL,NULL,NULL);
INSERT INTO "decision" VALUES('id3',X'2F676F6E652F77656464696E672F3030332E6A7067',X'3030332E6A7067',1000,1750000000000000000,NULL,5,'red','user','2025-06-14T10:00:00.123456+00:00',1750000000000000003,NULL,3975071523,NULL,NULL,'Ring');
INSERT INTO "decision" VALUES('id4',X'2F676F6E652F77656464696E672F3030342E6A7067',X'3030342E6A7067',1000,1750000000000000000,NULL,NULL,'none','user','2025-06-14T10:00:00.123456+00:00',1750000000000000004,NULL,1180474677,NULL,NULL,NULL);
INSERT INTO "decision" VALUES('id5',X'2F676F6E652F77656464696E672F3030352E6A7067',X'3030352E6A7067',1000,1750000000000000000,'pick',NULL,'purple','user','2025-06-14T10:00:00.123456+00:00',1750000000000000005,NULL,828190061,NULL,NULL,NULL);
CREATE TABLE recent (folder BLOB PRIMARY KEY, opened_ns INTEGER NOT NULL);
INSERT INTO "recent" VALUES(X'2F676F6E652F77656464696E67',1750000000000000000);
CREATE TABLE session (
        id INTEGER PRIMARY KEY,
        sources BLOB NOT NULL UNIQUE,
        opened_ns INTEGER NOT NULL
    );
INSERT INTO "session" VALUES(4,X'2F676F6E652F77656464696E67',1750000000000000000);
CREATE INDEX decision_by_path ON decision (path);
CREATE INDEX decision_by_file ON decision (name, size_bytes);
CREATE INDEX change_by_session ON change (session_id, id);
CREATE INDEX decision_by_content ON decision (content) WHERE content IS NOT NULL;
CREATE TRIGGER audit_sealed_on_insert AFTER INSERT ON audit BEGIN UPDATE audit SET seal = seal('audit', NEW.answers, NEW.drawn_at, NEW.sample, NEW.sources, NEW.written_ns) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER audit_sealed_on_update AFTER UPDATE ON audit BEGIN UPDATE audit SET seal = seal('audit', NEW.answers, NEW.drawn_at, NEW.sample, NEW.sources, NEW.written_ns) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER change_sealed_on_insert AFTER INSERT ON change BEGIN UPDATE change SET seal = seal('change', NEW.after, NEW.before, NEW.id, NEW.session_id, NEW.title, NEW.undone) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER change_sealed_on_update AFTER UPDATE ON change BEGIN UPDATE change SET seal = seal('change', NEW.after, NEW.before, NEW.id, NEW.session_id, NEW.title, NEW.undone) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER clock_sealed_on_insert AFTER INSERT ON clock BEGIN UPDATE clock SET seal = seal('clock', NEW.camera, NEW.folder, NEW.shift_us, NEW.written_ns) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER clock_sealed_on_update AFTER UPDATE ON clock BEGIN UPDATE clock SET seal = seal('clock', NEW.camera, NEW.folder, NEW.shift_us, NEW.written_ns) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER decision_sealed_on_insert AFTER INSERT ON decision BEGIN UPDATE decision SET seal = seal('decision', NEW.accepted, NEW.content, NEW.decided_at, NEW.flag, NEW.grouped, NEW.label, NEW.look, NEW.mtime_ns, NEW.name, NEW.path, NEW.photo_id, NEW.rating, NEW.size_bytes, NEW.source, NEW.written_ns) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER decision_sealed_on_update AFTER UPDATE ON decision BEGIN UPDATE decision SET seal = seal('decision', NEW.accepted, NEW.content, NEW.decided_at, NEW.flag, NEW.grouped, NEW.label, NEW.look, NEW.mtime_ns, NEW.name, NEW.path, NEW.photo_id, NEW.rating, NEW.size_bytes, NEW.source, NEW.written_ns) WHERE rowid = NEW.rowid; END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('change',12);
COMMIT;
