"""What the help of each command says of its exit codes is what the command does."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

import app.cli.verify
import app.window
from app.__main__ import main
from app.cli import doctor, headless
from app.cli.table import COMMANDS, IN_LIBRARY, WINDOW, Subcommand
from app.exit_codes import (
    EXIT_BROKEN,
    EXIT_CANCELLED,
    EXIT_FAULT,
    EXIT_NOTHING,
    EXIT_OK,
    EXIT_SOME_FAILED,
    EXIT_UNREAD,
    EXIT_USAGE,
    exit_codes,
)
from app.paths import places
from core.known.people import KnownFace
from core.persistence.people_store import PeopleStore
from core.types import Box, PhotoId
from fixtures.measured_once import MeasuredOnce
from fixtures.photo_files import picture

pytestmark = pytest.mark.usefixtures("measured_here")

NAME = "DSC_0412.jpg"
OF_ALL = {EXIT_OK, EXIT_USAGE, EXIT_FAULT, EXIT_CANCELLED, EXIT_UNREAD}
EVERY = (*COMMANDS, WINDOW, IN_LIBRARY)
WORDS = {command.word for command in COMMANDS}
SPOKEN = {WINDOW.word: [], IN_LIBRARY.word: ["find"]}
ACTIONS = {
    "people": ["list", "key", "unkey", "forget"],
    "taste": [
        "show",
        "export",
        "import",
        "forget",
        "on",
        "off",
        "leave-out",
        "take-in",
        "profiles",
        "profile",
    ],
    "models": ["list", "install", "use", "remove"],
    IN_LIBRARY.word: ["similar", "duplicates", "words"],
}


@dataclass(frozen=True)
class Desk:
    """Where the commands find their files."""

    folder: Path

    def shoot(self, *, damaged: bool = False, dangling: bool = False) -> str:
        shoot = self.folder / "shoot"
        shoot.mkdir(exist_ok=True)
        (shoot / NAME).write_bytes(picture("teal"))
        if damaged:
            (shoot / "DSC_0413.jpg").write_bytes(picture("teal")[:300])
        if dangling:
            (shoot / "DSC_0414.jpg").symlink_to(self.folder / "nowhere.jpg")
        return str(shoot)

    def known(self, *, twice: bool = False) -> str:
        """A shoot that was measured."""
        shoot = self.shoot()
        if twice:
            (Path(shoot) / "copy.jpg").write_bytes(picture("teal"))
        assert main(["cull", shoot]) == EXIT_OK
        return shoot

    def copies(self, *, spoilt: bool = False) -> str:
        out = self.folder / "copies"
        assert main(["ingest", self.shoot(), "--to", str(out)]) == EXIT_OK
        if spoilt:
            (copy,) = out.rglob(NAME)
            copy.write_bytes(b"spoilt")
        return str(out)

    def missing(self) -> str:
        return str(self.folder / "missing")

    def new(self, name: str) -> str:
        return str(self.folder / name)

    def file(self, text: str) -> str:
        file = self.folder / "file.txt"
        file.write_text(text, "utf-8")
        return str(file)

    def somebody(self) -> str:
        face = KnownFace(PhotoId("one"), Box(0.1, 0.1, 0.2, 0.2), b"\0" * 16)
        PeopleStore(places().people).name([face], "Anna", "model")
        return "Anna"

    def library_off(self) -> None:
        kept = app.window.kept_choices(places())
        kept.setValue("library", False)
        kept.sync()

    def library_broken(self) -> None:
        (places().library / "no database").mkdir(parents=True)


TO_FILE = ["--as", "json", "--out"]
Case = Callable[[Desk], list[str]]


def after(do: Callable[[Desk], object], said: Case) -> Case:
    """A case in which something happened before."""

    def both(desk: Desk) -> list[str]:
        said_then = said(desk)
        do(desk)
        return said_then

    return both


CASES: list[tuple[str, int, Case]] = [
    ("cull", EXIT_OK, lambda desk: ["cull", desk.shoot()]),
    ("cull", EXIT_SOME_FAILED, lambda desk: ["cull", desk.shoot(damaged=True)]),
    ("cull", EXIT_NOTHING, lambda desk: ["cull", desk.missing()]),
    ("cull", EXIT_USAGE, lambda desk: ["cull", desk.shoot(), "--best", "0"]),
    ("cull", EXIT_USAGE, lambda desk: ["cull", desk.shoot(), "--profile", "nonsense"]),
    ("cull", EXIT_USAGE, lambda desk: ["cull", desk.shoot(), "--embedder", "nonsense"]),
    ("export", EXIT_OK, lambda desk: ["export", desk.shoot()]),
    ("export", EXIT_SOME_FAILED, lambda desk: ["export", desk.shoot(damaged=True), *TO_FILE, desk.file("x")]),
    ("export", EXIT_NOTHING, lambda desk: ["export", desk.missing()]),
    ("export", EXIT_NOTHING, lambda desk: ["export", "--undo"]),
    ("export", EXIT_USAGE, lambda desk: ["export"]),
    ("proofs", EXIT_OK, lambda desk: ["proofs", desk.shoot(), "--out", desk.new("out"), "--photos", "all"]),
    (
        "proofs",
        EXIT_SOME_FAILED,
        lambda desk: ["proofs", desk.shoot(damaged=True), "--out", desk.new("out"), "--photos", "all"],
    ),
    ("proofs", EXIT_NOTHING, lambda desk: ["proofs", desk.missing(), "--out", desk.new("out")]),
    ("choice", EXIT_OK, lambda desk: ["choice", desk.shoot(), desk.file(NAME)]),
    ("choice", EXIT_SOME_FAILED, lambda desk: ["choice", desk.shoot(), desk.file(f"{NAME}, DSC_9999.jpg")]),
    ("choice", EXIT_NOTHING, lambda desk: ["choice", desk.shoot(), desk.file("none of them")]),
    ("choice", EXIT_USAGE, lambda desk: ["choice", desk.shoot(), desk.missing()]),
    ("ingest", EXIT_OK, lambda desk: ["ingest", desk.shoot(), "--to", desk.new("out")]),
    ("ingest", EXIT_SOME_FAILED, lambda desk: ["ingest", desk.shoot(dangling=True), "--to", desk.new("out")]),
    ("ingest", EXIT_USAGE, lambda desk: ["ingest", desk.shoot(), "--to", desk.shoot()]),
    ("ingest", EXIT_NOTHING, lambda desk: ["ingest", desk.missing(), "--to", desk.new("out")]),
    ("verify", EXIT_OK, lambda desk: ["verify", desk.copies()]),
    ("verify", EXIT_SOME_FAILED, lambda desk: ["verify", desk.copies(spoilt=True)]),
    ("verify", EXIT_NOTHING, lambda desk: ["verify", desk.missing()]),
    ("find", EXIT_OK, lambda desk: ["find", desk.shoot(), "dsc"]),
    ("find", EXIT_SOME_FAILED, lambda desk: ["find", desk.shoot(damaged=True), "dsc"]),
    ("find", EXIT_NOTHING, lambda desk: ["find", desk.shoot(), "helicopter"]),
    ("find", EXIT_USAGE, lambda desk: ["find", desk.shoot(), "-"]),
    ("find", EXIT_USAGE, lambda desk: ["find", desk.shoot(), "after:never"]),
    ("looks", EXIT_OK, lambda desk: ["looks", desk.shoot()]),
    ("looks", EXIT_SOME_FAILED, lambda desk: ["looks", desk.shoot(damaged=True)]),
    ("looks", EXIT_NOTHING, lambda desk: ["looks", desk.missing()]),
    ("looks", EXIT_NOTHING, after(Desk.library_off, lambda _: ["looks", "--all-shoots"])),
    ("looks", EXIT_BROKEN, after(Desk.library_broken, lambda _: ["looks", "--all-shoots"])),
    ("looks", EXIT_USAGE, lambda desk: ["looks", desk.shoot(), "--all-shoots"]),
    ("people", EXIT_OK, lambda _: ["people", "list"]),
    ("people", EXIT_OK, lambda desk: ["people", "key", desk.somebody()]),
    ("people", EXIT_NOTHING, lambda _: ["people", "key", "Nobody"]),
    ("people", EXIT_NOTHING, lambda _: ["people", "forget", "Nobody"]),
    ("taste", EXIT_OK, lambda _: ["taste", "show"]),
    ("taste", EXIT_NOTHING, lambda desk: ["taste", "leave-out", desk.missing()]),
    ("taste", EXIT_USAGE, lambda desk: ["taste", "import", desk.file("no taste")]),
    ("taste", EXIT_USAGE, lambda desk: ["taste", "export", desk.file("is there")]),
    ("models", EXIT_OK, lambda _: ["models", "list"]),
    ("models", EXIT_USAGE, lambda _: ["models", "use", "nonsense"]),
    ("models", EXIT_USAGE, lambda _: ["models", "remove", "efficientnet-lite0"]),
    (
        "models",
        EXIT_USAGE,
        lambda desk: ["models", "install", "dinov2-small", "--from", desk.file("no model")],
    ),
    ("models", EXIT_BROKEN, lambda _: ["models", "use", "dinov2-small"]),
    ("doctor", EXIT_OK, lambda _: ["doctor"]),
    ("repair", EXIT_OK, lambda _: ["repair"]),
    (
        "repair",
        EXIT_BROKEN,
        after(lambda _: places().decisions.write_bytes(b"spoilt" * 99), lambda _: ["repair"]),
    ),
    ("demo", EXIT_OK, lambda _: ["demo", "--delete"]),
    ("demo", EXIT_USAGE, lambda desk: ["demo", "--to", desk.shoot()]),
    ("window", EXIT_OK, lambda _: []),
    ("library", EXIT_OK, lambda desk: ["find", "words", desk.known() and "dsc"]),
    ("library", EXIT_OK, lambda desk: ["find", "duplicates", desk.known(twice=True)]),
    ("library", EXIT_OK, lambda desk: ["find", "similar", f"{desk.known(twice=True)}/{NAME}"]),
    (
        "library",
        EXIT_SOME_FAILED,
        lambda desk: ["find", "similar", f"{desk.shoot(damaged=True)}/DSC_0413.jpg"],
    ),
    ("library", EXIT_NOTHING, lambda _: ["find", "words", "helicopter"]),
    ("library", EXIT_NOTHING, lambda _: ["find", "duplicates"]),
    ("library", EXIT_NOTHING, lambda desk: ["find", "similar", desk.missing()]),
    ("library", EXIT_USAGE, lambda _: ["find", "words"]),
    ("library", EXIT_USAGE, lambda desk: ["find", "similar", desk.shoot()]),
    ("library", EXIT_USAGE, lambda desk: ["find", "similar", f"{desk.shoot()}/{NAME}", "--count", "0"]),
    *(
        ("library", code, after(do, lambda desk, said=said: ["find", *said(desk)]))  # type: ignore[misc]
        for code, do in ((EXIT_NOTHING, Desk.library_off), (EXIT_BROKEN, Desk.library_broken))
        for said in (
            lambda _: ["words", "dsc"],
            lambda _: ["duplicates"],
            lambda desk: ["similar", f"{desk.shoot()}/{NAME}"],
        )
    ),
]

LEAST: dict[str, Case] = {
    **{word: lambda _, word=word: [word, "shoot"] for word in ("cull", "export", "looks")},  # type: ignore[misc]
    "proofs": lambda _: ["proofs", "shoot", "--out", "out"],
    "choice": lambda desk: ["choice", "shoot", desk.file(NAME)],
    "ingest": lambda _: ["ingest", "card", "--to", "out"],
    "verify": lambda desk: ["verify", desk.copies()],
    "find": lambda _: ["find", "shoot", "dsc"],
    "people": lambda _: ["people", "list"],
    "taste": lambda _: ["taste", "show"],
    "models": lambda _: ["models", "list"],
    "doctor": lambda _: ["doctor"],
    "repair": lambda _: ["repair"],
    "demo": lambda _: ["demo", "--delete"],
    "window": lambda _: [],
    "library": lambda _: ["find", "words", "dsc"],
}
"""The least that can be said to each command."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Desk]:
    """An empty desk; what would wait for somebody at a screen goes on by itself, and what takes long is left out."""
    monkeypatch.setattr(doctor, "local_workers", lambda *_: MeasuredOnce())
    monkeypatch.setattr(doctor, "_qt", lambda: (True, ""))
    monkeypatch.setattr(QMessageBox, "critical", lambda *_: None)
    monkeypatch.setattr(app.window, "start_qt", lambda: qapp)
    # They would stay with the one application of all tests.
    for part in ("Dress", "GuiThreadCollector", "HeardSignals"):
        monkeypatch.setattr(app.window, part, MagicMock())
    monkeypatch.setattr(app.window, "_show_one", lambda *_: (EXIT_OK, None))
    before = signal.getsignal(signal.SIGINT)
    yield Desk(tmp_path)
    signal.signal(signal.SIGINT, before)


def ended(said: list[str]) -> int:
    """The exit code, whether the command or the reader of the command line gives it."""
    try:
        return main(said)
    except SystemExit as end:
        return int(str(end.code))


def listed(said: list[str], capsys: pytest.CaptureFixture[str]) -> set[int]:
    """The exit codes that a help lists."""
    capsys.readouterr()
    assert ended([*said, "--help"]) == EXIT_OK
    told = capsys.readouterr().out.split("exit codes:\n")
    return {int(code) for code in re.findall(r"^  (\d+) +\S", told[1], re.MULTILINE)}


def spoken(command: Subcommand) -> list[str]:
    return SPOKEN.get(command.word, [command.word])


@pytest.mark.parametrize("command", EVERY, ids=lambda each: each.word)
def test_the_help_of_every_command_lists_its_exit_codes_and_there_is_a_way_to_each(
    command: Subcommand, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = {code for word, code, _ in CASES if word == command.word} | OF_ALL
    if EXIT_BROKEN in command.codes:
        tried.add(EXIT_BROKEN)  # with a home that is none, below
    actions = ACTIONS.get(command.word, [])
    for said in ([*spoken(command), action] for action in actions) if actions else [spoken(command)]:
        assert listed(said, capsys) == tried


def test_the_page_on_the_command_line_lists_them_all() -> None:
    page = Path("docs", "command-line.md").read_text("utf-8")
    assert exit_codes((EXIT_SOME_FAILED, EXIT_NOTHING, EXIT_BROKEN)).partition("\n")[2] in page


@pytest.mark.parametrize(("word", "code", "case"), CASES, ids=[f"{word}-{code}" for word, code, _ in CASES])
def test_a_command_ends_in_the_exit_code_its_help_says(word: str, code: int, case: Case, desk: Desk) -> None:
    assert ended(case(desk)) == code


@pytest.mark.parametrize("command", EVERY, ids=lambda each: each.word)
def test_what_nobody_can_say_is_wrong_usage(command: Subcommand, desk: Desk) -> None:
    assert ended([*spoken(command), "--nonsense"]) == EXIT_USAGE


@pytest.mark.parametrize("command", EVERY, ids=lambda each: each.word)
def test_a_home_that_cannot_be_used_ends_every_command_that_needs_one(
    command: Subcommand, desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = LEAST[command.word](desk)
    monkeypatch.setenv("SHORTLIST_HOME", desk.file("no folder"))
    assert ended(said) == (EXIT_BROKEN if EXIT_BROKEN in command.codes else EXIT_OK)


@pytest.mark.parametrize("command", EVERY, ids=lambda each: each.word)
def test_ctrl_c_ends_every_command_as_cancelled(
    command: Subcommand, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = LEAST[command.word](desk)

    def pressed(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(headless, "set_up_logging", pressed)
    read_again = app.cli.verify.__dict__["verify"]

    def pressed_while_reading(*said: object) -> object:
        pressed()
        return read_again(*said)

    monkeypatch.setattr("app.cli.verify.verify", pressed_while_reading)
    for module in ("doctor", "repair", "demo", "models"):
        monkeypatch.setattr(f"app.cli.{module}.places", pressed)
    monkeypatch.setattr(app.window, "start_qt", pressed)
    assert ended(said) == EXIT_CANCELLED


@pytest.mark.parametrize("command", EVERY, ids=lambda each: each.word)
def test_what_nobody_expected_is_not_told_as_files_that_failed(
    command: Subcommand, desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = LEAST[command.word](desk)
    monkeypatch.setattr(Subcommand, "run", lambda *_: 1 // 0)
    assert ended(said) == EXIT_FAULT
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize(
    "said", [["people", "list"], ["models", "list"], ["taste", "show"], ["find", "words", "dsc"]]
)
def test_nobody_reading_on_is_no_fault(said: list[str], desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.somebody()
    if said[0] == "find":
        desk.known()
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        monkeypatch.setattr("sys.stdout", closed)
        assert ended(said) == EXIT_UNREAD
        monkeypatch.undo()
