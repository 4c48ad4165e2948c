"""A copy from a card that is killed, runs out of room or loses its card or its backup, at random moments."""

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.offload import parts
from core.offload.carry_out import offload
from core.offload.outcome import OffloadResult
from core.offload.progress import OffloadProgress
from core.offload.verify import verify
from fixtures.cards import copies_in, copy_cards, plan_of_cards, wanted_of, write_card
from fixtures.disks import Drive, fill, small_disk
from fixtures.exports import contents
from fixtures.scaffold import Scaffold

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="mounts and kills as Linux does")

SIZE = 150_000


@pytest.fixture(autouse=True)
def points_within_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if files were large, so that they are gone on with where they ended."""
    monkeypatch.setattr(parts, "_CHUNK", 2**13)
    monkeypatch.setattr(parts, "_EVERY", 2**15)


def assert_all_is_right(card: Path, before: dict[str, bytes | None], *targets: Path) -> None:
    """All bytes are there, once, and proven; nothing is half-named; the card is as it was."""
    assert contents(card) == before
    for target in targets:
        assert sorted(copies_in(target).values()) == wanted_of(card)
        assert not list(target.rglob(".*")), "nothing half-named is left"
        assert verify(target).sound == len(wanted_of(card))


def assert_only_whole_files(card: Path, *targets: Path) -> int:
    """What has a name has all its bytes; returns how many files those are."""
    whole = set(wanted_of(card))
    found = [content for target in targets for name, content in copies_in(target).items() if name[0] != "."]
    assert all(content in whole for content in found)
    return len(found)


def test_killed_and_asked_again(
    scaffold: Scaffold, chance: random.Random, tmp_path: Path, home: Path, is_long: bool, counts: Any
) -> None:
    card = write_card(tmp_path / "card", frames=30, size=SIZE)
    targets = tmp_path / "out", tmp_path / "backup"
    before = contents(card)
    kills = 120 if is_long else 2
    for _ in range(kills):
        scaffold.kill("offloading", tmp_path, home, chance, (0.1, 0.5))
        survived = assert_only_whole_files(card, *(target for target in targets if target.exists()))
        counts.add(kills=1)
        if chance.random() < 0.5:
            continue  # killed again before it is through
        assert copy_cards([card], targets).missing == 0
        assert_all_is_right(card, before, *targets)
        counts.add(gone_on=1, tried=2 * len(wanted_of(card)), whole_when_killed=survived)
        for target in targets:
            for path in target.iterdir():
                path.unlink()
    assert copy_cards([card], targets).missing == 0
    assert_all_is_right(card, before, *targets)


def interrupted(
    card: Path, targets: list[Path], chance: random.Random, happens: Callable[[], object]
) -> OffloadResult:
    """Copies, and something happens at a random moment."""
    plan = plan_of_cards([card], targets)
    at = chance.random()

    def watch(progress: OffloadProgress) -> None:
        nonlocal at
        if progress.share >= at:
            at = 2.0
            happens()

    return offload(plan, targets[0].parent / "offload.lock", watch)


def test_the_card_or_the_backup_is_pulled(
    chance: random.Random, tmp_path: Path, is_long: bool, counts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.offload.progress._EVERY", 0.0)
    content = write_card(tmp_path / "content", frames=12, size=SIZE)
    before = contents(content)
    (tmp_path / "disk").mkdir()
    drives = {
        "card": Drive(tmp_path / "card", content),
        "backup": Drive(tmp_path / "backup", tmp_path / "disk"),
    }
    card, targets = tmp_path / "card", [tmp_path / "out", tmp_path / "backup"]
    try:
        for _ in range(50 if is_long else 2):
            for drive in drives.values():
                drive.plug_in()
            pulled = chance.choice(list(drives))
            result = interrupted(card, targets, chance, drives[pulled].pull_out)
            if pulled == "backup":
                assert not list((tmp_path / "backup").iterdir()), "nothing goes where the disk was"
                assert sorted(copies_in(targets[0]).values()) == wanted_of(card)
            elif result.missing:
                assert result.gone == {card}
            drives[pulled].plug_in()
            assert_only_whole_files(card, *targets)
            assert copy_cards([card], targets).missing == 0
            assert_all_is_right(card, before, *targets)
            counts.add(pulled=1, tried=len(result.plan.files), missing_then=result.missing)
            for target in targets:
                for path in target.iterdir():
                    path.unlink()
            for drive in drives.values():
                drive.pull_out()
    finally:
        for drive in drives.values():
            drive.pull_out()


def test_the_backup_fills_up(
    chance: random.Random, tmp_path: Path, is_long: bool, counts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.offload.progress._EVERY", 0.0)
    card = write_card(tmp_path / "card", frames=12, size=SIZE)
    before = contents(card)
    for _ in range(30 if is_long else 1):
        with small_disk(tmp_path / "backup", 2**23) as backup:
            targets = [tmp_path / "out", backup]
            result = interrupted(card, targets, chance, lambda: fill(backup))
            assert {refused.reason for refused in result.refused} <= {"The disk is full."}
            assert sorted(copies_in(targets[0]).values()) == wanted_of(card)
            (backup / "ballast").unlink()
            assert not list(backup.rglob(".*"))
            assert copy_cards([card], targets).missing == 0
            assert_all_is_right(card, before, *targets)
            counts.add(filled=1, tried=len(result.plan.files), missing_then=result.missing)
            for path in targets[0].iterdir():
                path.unlink()
