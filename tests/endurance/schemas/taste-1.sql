PRAGMA application_id = 5459065;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE choice (name TEXT PRIMARY KEY, value TEXT NOT NULL, seal INTEGER);
INSERT INTO "choice" VALUES('learning','off',751699111);
CREATE TABLE left_out (frame INTEGER PRIMARY KEY);
INSERT INTO "left_out" VALUES(9);
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
    );
INSERT INTO "lesson" VALUES(5,X'2F676F6E652F77656464696E67','event',X'07000000000000000800000000000000',X'0100','sharpness seen whole eyes smile exposure',X'0000803F0000803F0000803F0000803F0000803F0000803F0000003F0000803F0000803F0000803F0000803F0000803F','hand',1749895200.0,1750000000.0,36834079);
CREATE TABLE lesson_frame (
        frame INTEGER PRIMARY KEY,
        lesson_id INTEGER NOT NULL REFERENCES lesson (id) ON DELETE CASCADE
    );
INSERT INTO "lesson_frame" VALUES(7,5);
INSERT INTO "lesson_frame" VALUES(8,5);
CREATE TABLE shoot (
        folder BLOB PRIMARY KEY,
        profile TEXT NOT NULL DEFAULT '',
        left_out INTEGER NOT NULL DEFAULT 0 CHECK (left_out IN (0, 1)),
        written_ns INTEGER NOT NULL,
        seal INTEGER
    );
INSERT INTO "shoot" VALUES(X'2F676F6E652F77656464696E67','event',0,1750000000000000000,321310301);
CREATE INDEX lesson_by_folder ON lesson (folder);
CREATE INDEX frame_by_lesson ON lesson_frame (lesson_id);
CREATE TRIGGER choice_sealed_on_insert AFTER INSERT ON choice BEGIN UPDATE choice SET seal = seal('choice', NEW.name, NEW.value) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER choice_sealed_on_update AFTER UPDATE ON choice BEGIN UPDATE choice SET seal = seal('choice', NEW.name, NEW.value) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER lesson_sealed_on_insert AFTER INSERT ON lesson BEGIN UPDATE lesson SET seal = seal('lesson', NEW.decided, NEW.folder, NEW.frames, NEW.id, NEW.liked, NEW.moment, NEW.names, NEW.profile, NEW.terms, NEW.way) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER lesson_sealed_on_update AFTER UPDATE ON lesson BEGIN UPDATE lesson SET seal = seal('lesson', NEW.decided, NEW.folder, NEW.frames, NEW.id, NEW.liked, NEW.moment, NEW.names, NEW.profile, NEW.terms, NEW.way) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER shoot_sealed_on_insert AFTER INSERT ON shoot BEGIN UPDATE shoot SET seal = seal('shoot', NEW.folder, NEW.left_out, NEW.profile, NEW.written_ns) WHERE rowid = NEW.rowid; END;
CREATE TRIGGER shoot_sealed_on_update AFTER UPDATE ON shoot BEGIN UPDATE shoot SET seal = seal('shoot', NEW.folder, NEW.left_out, NEW.profile, NEW.written_ns) WHERE rowid = NEW.rowid; END;
COMMIT;
