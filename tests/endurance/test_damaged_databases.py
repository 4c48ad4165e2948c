"""Databases damaged at random, in any way a disk knows: noticed always, rescued as far as they can be, and kept."""

import random
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.bootstrap import open_services
from app.paths import places
from core.errors import NewerSchemaError, StoreError
from core.ingest.scanner import ScannedFile, photo_id
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.made_by import MadeBy
from core.persistence.rescue import Remains, look_at, rescue
from core.persistence.session_store import SessionStore
from core.persistence.set_aside import set_aside
from core.persistence.troubles import DamagedError
from core.types import Decision, Flag, Photo, PhotoId
from fixtures.frames import analysis, face
from fixtures.sessions import DECISIONS_OF_OLD, SCHEMAS, lay_out
from fixtures.victims import value

COUNT = 240
_PAGE = 4096


def photo(number: int) -> Photo:
    path = Path(f"/shoot {number // 50}/IMG_{number:04}.CR2")
    return Photo(photo_id(path), path, size_bytes=1000 + number, mtime_ns=10**18 + number)


PHOTOS = [photo(number) for number in range(COUNT)]


def files_of(photos: list[Photo]) -> list[ScannedFile]:
    return [ScannedFile(one.path, one.size_bytes, one.mtime_ns) for one in photos]


def decide(store: SessionStore, photos: list[Photo], chance: random.Random) -> dict[PhotoId, str]:
    """Decides on photos, a few at a time; returns what was decided."""
    decided: dict[PhotoId, str] = {}
    for at in range(0, len(photos), 12):
        some = photos[at : at + 12]
        after = [Decision(one.id, chance.choice(list(Flag)), chance.randint(0, 5)) for one in some]
        store.record([some[0].path.parent], "Decide", some, [Decision(one.id) for one in some], after)
        decided |= {decision.photo_id: value(decision) for decision in after}
    return decided


class Damage:
    """What can become of a file."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def do(self, path: Path) -> str:
        """Damages it in one of the ways; returns which."""
        way = self._chance.choice(
            [self.bits, self.page, self.swapped, self.zeros, self.shifted, self.cut, self.old]
        )
        content = bytearray(path.read_bytes())
        path.write_bytes(way(content))
        return way.__name__

    def bits(self, content: bytearray) -> bytes:
        """A few bits flip, anywhere."""
        for _ in range(self._chance.randint(1, 5)):
            content[self._chance.randrange(len(content))] ^= 1 << self._chance.randrange(8)
        return bytes(content)

    def page(self, content: bytearray) -> bytes:
        """A page is noise."""
        at = self._page(content)
        content[at : at + _PAGE] = self._chance.randbytes(_PAGE)
        return bytes(content)

    def swapped(self, content: bytearray) -> bytes:
        """Two pages change places."""
        one, other = self._page(content), self._page(content)
        content[one : one + _PAGE], content[other : other + _PAGE] = (
            content[other : other + _PAGE],
            content[one : one + _PAGE],
        )
        return bytes(content)

    def zeros(self, content: bytearray) -> bytes:
        """A stretch was never written."""
        at = self._chance.randrange(len(content))
        length = min(self._chance.randint(1, 8 * _PAGE), len(content) - at)
        content[at : at + length] = bytes(length)
        return bytes(content)

    def shifted(self, content: bytearray) -> bytes:
        """Some bytes are missing in the middle."""
        at = self._chance.randrange(len(content))
        del content[at : at + self._chance.randint(1, 600)]
        return bytes(content)

    def cut(self, content: bytearray) -> bytes:
        """It ends too early."""
        return bytes(content[: self._chance.randrange(len(content))])

    def old(self, content: bytearray) -> bytes:
        """A page as another page of it is: written to the wrong place."""
        one, other = self._page(content), self._page(content)
        content[one : one + _PAGE] = content[other : other + _PAGE]
        return bytes(content)

    def _page(self, content: bytearray) -> int:
        return _PAGE * self._chance.randrange(len(content) // _PAGE)


def test_no_damage_shows_a_decision_nobody_made(
    chance: random.Random, tmp_path: Path, is_long: bool, counts: Any
) -> None:
    """Either it harmed nothing, or it is noticed, and what is rescued is as it was decided."""
    sound = tmp_path / "sound"
    sound.mkdir()
    with closing(SessionStore.open(sound / "decisions.sqlite")) as store:
        backed_up = decide(store, PHOTOS[: COUNT // 2], chance)
    with closing(SessionStore.open(sound / "decisions.sqlite")) as store:
        decided = backed_up | decide(store, PHOTOS[COUNT // 2 :], chance)
        shutil.copy(sound / "decisions.sqlite.last-close", tmp_path / "backup")
    shutil.copy(tmp_path / "backup", sound / "decisions.sqlite.last-close")
    for turn in range(2000 if is_long else 40):
        remains: Remains | None = None
        home = tmp_path / str(turn)
        shutil.copytree(sound, home)
        path = home / "decisions.sqlite"
        way = Damage(chance).do(path)
        damaged = path.read_bytes()
        try:
            SessionStore.open(path).close()
        except DamagedError:
            remains = look_at(path)
            assert path.read_bytes() == damaged, way
            aside = rescue(remains)
            assert aside == path.with_name("decisions.sqlite.damaged")
            assert aside.read_bytes() == damaged, way
            assert set_aside(path) == (aside,)
        except NewerSchemaError:
            counts.add(tried=COUNT, refused=COUNT)  # a bit of the number of the version: nothing is touched
            assert path.read_bytes() == damaged
            shutil.rmtree(home)
            continue
        with closing(SessionStore.open(path)) as store:
            now = {one: value(decision) for one, decision in store.load_decisions(PHOTOS).items()}
        wrong = {one: (decided[one], it) for one, it in now.items() if decided[one] != it}
        assert wrong == {}, (way, wrong)
        assert backed_up.keys() <= now.keys(), way
        if remains is None:
            assert now == decided, way
        counts.add(tried=COUNT, survived=len(now), refused=COUNT - len(now))
        shutil.rmtree(home)


def test_any_damage_to_the_journal_of_exports_or_a_cache_stops_nothing(
    chance: random.Random, home: Path, is_long: bool, counts: Any
) -> None:
    for _ in range(200 if is_long else 8):
        with open_services(places()) as services:
            decided = decide(services.decisions, PHOTOS[:24], chance)
            services.measures.facts.put(PHOTOS)
            services.exports.begin("XMP", 1)
        for name in ("exports", "measures", "thumbnails"):
            Damage(chance).do(home / f"{name}.sqlite")
        with open_services(places()) as services:
            services.exports.begin("XMP", 1)
            services.measures.facts.photos(files_of(PHOTOS))
            with suppress(StoreError):  # told once
                services.measures.facts.put(PHOTOS)
            services.measures.facts.put(PHOTOS)
            found = services.decisions.load_decisions(PHOTOS)
        assert {one: value(decision) for one, decision in found.items()} == decided
        counts.add(tried=len(decided), survived=len(found))


def test_forgotten_faces_are_nowhere(chance: random.Random, home: Path, is_long: bool, counts: Any) -> None:
    """Whatever happened before: a kill with a full log, damage, copies that older versions made."""
    made_by = MadeBy("measures", "embedder", identity_sha256="people")
    for _ in range(60 if is_long else 4):
        signatures = [chance.randbytes(256) for _ in range(30)]
        path = home / "measures.sqlite"
        for at in range(0, 30, 10):
            with closing(AnalysisCache.open(path)) as cache:
                for number in range(at, at + 10):
                    face_of = replace(face(), signature=signatures[number])
                    measured = replace(
                        analysis(PHOTOS[number % 12].id, np.ones(8, np.float32)), faces=(face_of,)
                    )
                    with suppress(StoreError):  # damaged: made anew with the next
                        cache.put_analyses([(PHOTOS[number % 12], measured)], made_by)
                for suffix in ("", "-wal"):
                    shutil.copy(f"{path}{suffix}", home / f"killed{suffix}")
            chosen = chance.choice(["closed", "killed", "damaged", "set aside by an older version"])
            if chosen == "killed":
                for suffix in ("", "-wal"):
                    shutil.copy(home / f"killed{suffix}", f"{path}{suffix}")
            elif chosen == "damaged":
                Damage(chance).do(path)
            elif chosen != "closed":
                shutil.copy(path, home / f"measures.sqlite.damaged{chance.choice(['', '-2', '-wal'])}")
            for suffix in ("", "-wal"):
                (home / f"killed{suffix}").unlink()
        with closing(AnalysisCache.open(path)) as cache:
            cache.forget_people()
            held = {file.name: file.read_bytes() for file in home.iterdir() if not file.name.endswith("-shm")}
            found = [name for name, content in held.items() for one in signatures if one[:64] in content]
            assert found == [], "while it is open"
        held = {file.name: file.read_bytes() for file in home.iterdir()}
        assert [name for name, content in held.items() for one in signatures if one[:64] in content] == []
        counts.add(tried=len(signatures), survived=len(signatures))


@pytest.mark.parametrize("version", range(1, SCHEMAS["decisions"].version + 1))
def test_damaged_decisions_of_every_version_are_rescued(
    chance: random.Random, tmp_path: Path, version: int, counts: Any
) -> None:
    """Those of before there were seals by their tables alone, from both ends up to the damage."""
    path, others = tmp_path / "decisions.sqlite", 1500
    lay_out(path, tmp_path / "renamed", version, others)
    with closing(sqlite3.connect(path)) as database:
        if not database.execute("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'").fetchone():
            pytest.skip("this SQLite does not tell which page is whose")
        pages = [
            number
            for number, kind in database.execute(
                "SELECT pageno, pagetype FROM dbstat WHERE name = 'decision'"
            )
            if kind == "leaf"
        ]
    content = bytearray(path.read_bytes())
    at = _PAGE * (chance.choice(pages) - 1)
    content[at : at + _PAGE] = chance.randbytes(_PAGE)
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        SessionStore.open(path)
    remains = look_at(path)
    assert rescue(remains) == path.with_name("decisions.sqlite.damaged")
    with closing(SessionStore.open(path)) as store, store._database.reading() as connection:
        rows = connection.execute("SELECT count(*) FROM decision WHERE flag = 'pick' OR path LIKE '/gone%'")
        (count,) = rows.fetchone()
    assert count > others - 100, "all but those of one page"
    counts.add(
        tried=others + len(DECISIONS_OF_OLD), survived=count, refused=others + len(DECISIONS_OF_OLD) - count
    )
