"""The demo shoot: one click from the start, said to be one, with something to judge; made anew, thrown away."""

from functools import lru_cache
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.bootstrap import open_services
from app.demo import frames
from app.demo.keeping import DemoError, DemoShoot
from app.notices import notices
from app.paths import places
from app.window import Program
from core.types import ClusterKind, EyeState, Fact, Flag, FlawKind
from fixtures.openings import command
from fixtures.windows import analysed, flags, photo_id, press, running, wait_until_analysed

pytestmark = pytest.mark.usefixtures("measured_here")


@lru_cache(maxsize=1)
def the_portraits() -> list[frames.DemoFrame]:
    """The first two bursts of the day, a black frame and a blurred one: there need not be more to be measured here."""
    whole = list(frames._shots())
    return [
        shot
        for shot in whole
        if shot.minutes < 10 or shot.shake > 50 or max(extreme[1] for extreme in extrema(shot)) < 10
    ]


def extrema(shot: frames.DemoFrame) -> list[tuple[int, int]]:
    """The darkest and the brightest level of each colour."""
    return [channel.getextrema() for channel in shot.picture.split()]  # type: ignore[misc]


@pytest.fixture(autouse=True)
def only_the_portraits(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    few = the_portraits()
    monkeypatch.setattr(frames, "_shots", lambda: few)
    if "judge" not in request.node.name:
        monkeypatch.setattr(frames, "_SIDE", 480)  # pixels: measured in no time
    frames._grain.cache_clear()  # it may be of the other size


def button(program: Program, words: str) -> QPushButton:
    """The one button that is seen with these words."""
    (found,) = (
        each for each in program.window.findChildren(QPushButton) if each.text() == words and each.isVisible()
    )
    return found


def test_a_window_that_closes_while_it_is_made_opens_nothing_any_more(qtbot: QtBot) -> None:
    with running() as program:
        qtbot.mouseClick(button(program, "Try it on a demo shoot"), Qt.MouseButton.LeftButton)
        program.window.close()  # waits until it is made
        QCoreApplication.processEvents()
        assert not program.session.sources
        assert not program.session.is_running


def opened_by_a_click(qtbot: QtBot, program: Program) -> Path:
    qtbot.mouseClick(button(program, "Try it on a demo shoot"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(program.session.sources), timeout=60_000)
    wait_until_analysed(qtbot, program)
    return program.session.sources[0]


def test_it_is_one_click_from_the_start_and_shows_what_there_is_to_judge(qtbot: QtBot) -> None:
    with running() as program:
        assert program.window.demo.isHidden()
        folder = opened_by_a_click(qtbot, program)
        assert program.window.demo.isVisible(), "it is said to be a demo"
        assert "Demo shoot" in program.window.windowTitle()
        assert places().demo in folder.parents, "and lies in a folder of ours"
        shoot = program.session.shoot
        first, second = [each for each in shoot.clusters_in_order() if each.kind is ClusterKind.BURST]
        assert [len(first.photo_ids), len(second.photo_ids)] == [5, 3]
        eyes = {shoot.photos[one].path.name: shoot.analyses[one].faces[0].eyes for one in first.photo_ids}
        assert eyes["DSC_4712.jpg"] is EyeState.CLOSED, "somebody blinks"
        assert first.suggested_pick == photo_id(program, "DSC_4713.jpg")
        assert Fact.ALL_EYES_OPEN in {reason.fact for reason in first.reasons}
        flaws = {flaw.kind for found in shoot.likely_rejects().values() for flaw in found}
        assert {FlawKind.BLACK, FlawKind.BLURRED} <= flaws, "and frames that failed"


def test_what_was_decided_stays_until_it_is_made_anew(qtbot: QtBot) -> None:
    with running() as program:
        folder = opened_by_a_click(qtbot, program)
        program.window.space.go_to(photo_id(program, "DSC_4712.jpg"))
        press(program, "reject")
        press(program, "close_folder")
        assert program.window.demo.isHidden()
        assert opened_by_a_click(qtbot, program) == folder
        assert flags(program)["DSC_4712.jpg"] is Flag.REJECT
        qtbot.mouseClick(button(program, "Start over"), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: program.session.sources not in ((), (folder,)), timeout=60_000)
        wait_until_analysed(qtbot, program)
        assert set(flags(program).values()) == {None}, "nothing is decided on the new one"
        assert not folder.exists()


def test_it_is_deleted_by_a_click_and_leaves_nothing_on_the_start_page(qtbot: QtBot) -> None:
    with running() as program:
        opened_by_a_click(qtbot, program)
        qtbot.mouseClick(button(program, "Delete it"), Qt.MouseButton.LeftButton)
        assert not places().demo.exists()
        assert program.session.sources == ()
        assert program.window.welcome.isVisible()
        assert not program.window.welcome.findChildren(QPushButton, "recent"), "it was nobody's shoot"


def test_nothing_is_learned_from_it_and_no_search_of_all_shoots_finds_it(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        opened_by_a_click(qtbot, program)
        press(program, "accept_suggestion")
        assert Flag.PICK in flags(program).values()
        analysed(qtbot, program, shoot_folder)
    index = places().library.read_bytes()
    assert b"A.jpg" in index
    assert b"DSC_4712" not in index
    with open_services(places()) as services:
        assert services.taste.shoots() == {}


def test_made_anew_at_once_it_is_another_one_all_the_same(tmp_path: Path) -> None:
    demo = DemoShoot(tmp_path / "demo-shoot")

    def sizes() -> list[int]:
        return [photo.stat().st_size for photo in sorted(demo.make().iterdir())]

    assert not any(one == other for one, other in zip(sizes(), sizes(), strict=True)), (
        "known by name, size and time"
    )


def test_what_somebody_else_put_beside_it_is_never_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "demo-shoot"
    demo = DemoShoot(folder)
    demo.make()
    (folder / "mine").mkdir()
    (folder / "mine" / "photo.jpg").write_bytes(b"mine")
    demo.throw_away()
    assert demo.current() is None
    assert [each.name for each in folder.rglob("*")] == ["mine", "photo.jpg"]


def test_where_it_cannot_be_written_the_sentence_says_where(tmp_path: Path) -> None:
    (tmp_path / "demo-shoot").write_bytes(b"a file")
    with pytest.raises(DemoError, match="demo-shoot"):
        DemoShoot(tmp_path / "demo-shoot").make()


def test_its_photos_are_written_where_a_command_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("demo", "--to", tmp_path / "new") == 0
    assert str(tmp_path / "new") in capsys.readouterr().out
    assert len(list((tmp_path / "new").glob("*.jpg"))) == 10
    assert command("demo", "--to", tmp_path / "new") == 2, "a folder with something in it is left alone"
    assert "not empty" in capsys.readouterr().err


def test_whose_pictures_they_are_stands_among_the_licences() -> None:
    (notice,) = (each for each in notices() if each.name == "Pictures of the demo shoot")
    for name in ("astronaut", "cat", "cup", "rocket", "stars"):
        assert f"{name}.jpg" in notice.text()
