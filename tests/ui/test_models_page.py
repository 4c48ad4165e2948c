"""The page of models: what is there can be used, what is not can be had, and nothing goes online by itself."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QProgressBar, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.controllers import models_controller
from app.controllers.models_controller import CATALOGUE_WORDS, ModelsController
from app.embedder_choice import chosen_embedder
from app.job import Job
from app.paths import Places, places
from core.errors import ModelError
from core.language import say
from fixtures.describers import known_as_clip, put_on_shelf
from fixtures.patience import PATIENCE
from fixtures.windows import there
from models.catalogue import DEFAULT_EMBEDDER, DescriberEntry, catalogue, describers, find_embedder
from models.describer import is_installed
from models.installed import EmbedderShelf
from ui.dialogs.models_page import ModelFacts, ModelsPage

HERE = ModelFacts("here", "Here", "Quick.", "MIT", 4_000_000, installed=True, in_use=True)
SPARE = replace(HERE, name="spare", title="Spare", in_use=False, host="example.org")
FAR = replace(SPARE, name="far", title="Far", size_bytes=88_000_000, installed=False)
OTHER = replace(FAR, name="other", title="Other", host="", how_else="Part of a package.")


class Session(QObject):
    """Only remembers which model it was told to work with."""

    def __init__(self) -> None:
        super().__init__()
        self.embedders: list[str] = []

    @property
    def rules(self) -> "Session":
        """The rules that a run goes by: it stands for them, too."""
        return self

    def set_embedder(self, name: str) -> None:
        self.embedders.append(name)


@pytest.fixture
def page(qtbot: QtBot) -> ModelsPage:
    page = ModelsPage()
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("SHORTLIST_HOME", str(tmp_path))
    return places()


@pytest.fixture
def session(qapp: QObject) -> Session:
    return Session()


@pytest.fixture
def controller(page: ModelsPage, where: Places, session: Session) -> Iterator[ModelsController]:
    controller = ModelsController(session, where)  # type: ignore[arg-type]
    controller.serve(page)
    yield controller
    controller.stop()


def choice(page: ModelsPage, title: str) -> QRadioButton:
    return next(each for each in page.findChildren(QRadioButton) if each.text() == title and each.isVisible())


def button(page: ModelsPage, name: str) -> QPushButton:
    found = (each for each in page.findChildren(QPushButton) if name in (each.accessibleName(), each.text()))
    return next(each for each in found if each.isVisible())


def downloaded(where: Places, name: str) -> Path:
    """Puts a file where a downloaded model would lie."""
    download = find_embedder(name).download
    assert download is not None
    where.models.mkdir(exist_ok=True)
    path = where.models / download.file
    path.write_bytes(b"model")
    return path


def test_only_what_is_installed_can_be_chosen(page: ModelsPage, qtbot: QtBot) -> None:
    page.show_models([HERE, SPARE, FAR, OTHER])
    enabled = {each.text(): each.isEnabled() for each in page.findChildren(QRadioButton)}
    assert enabled == {"Here": True, "Spare": True, "Far": False, "Other": False}
    assert choice(page, "Here").isChecked()
    with qtbot.waitSignal(page.use_requested) as told:
        choice(page, "Spare").click()
    assert told.args == ["spare"]


def test_a_model_is_downloaded_or_removed_only_by_a_click(page: ModelsPage, qtbot: QtBot) -> None:
    page.show_models([HERE, SPARE, FAR, OTHER])
    assert {each.accessibleName() for each in page.findChildren(QPushButton)} >= {
        "Download Far",
        "Remove Spare",
    }
    assert "88 MB from example.org" in button(page, "Download Far").toolTip()
    with qtbot.waitSignal(page.download_requested) as told:
        button(page, "Download Far").click()
    assert told.args == ["far"]
    with qtbot.waitSignal(page.remove_requested) as told:
        button(page, "Remove Spare").click()
    assert told.args == ["spare"]


def test_a_download_can_be_watched_and_stopped(page: ModelsPage, qtbot: QtBot) -> None:
    page.show_models([HERE, FAR])
    page.show_progress(44_000_000, 88_000_000)
    bar = page.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert (bar.value(), bar.maximum(), page.words()) == (500, 1000, "44 of 88 MB")
    assert not choice(page, "Here").isEnabled()
    with qtbot.waitSignal(page.stop_requested):
        button(page, "Stop").click()
    page.show_words("Stopped.")
    assert bar.isHidden()
    assert choice(page, "Here").isEnabled()


@pytest.mark.usefixtures("controller")
def test_another_model_is_put_to_use_and_remembered(
    page: ModelsPage, where: Places, session: Session
) -> None:
    downloaded(where, "dinov2-small")
    ModelsController(session, where).serve(page)  # type: ignore[arg-type]
    choice(page, "DINOv2 ViT-S/14").click()
    assert session.embedders[-1] == "dinov2-small"
    assert chosen_embedder(where) == "dinov2-small"
    assert choice(page, "DINOv2 ViT-S/14").isChecked()


def test_removing_the_one_in_use_goes_back_to_the_one_that_ships(
    page: ModelsPage, where: Places, session: Session
) -> None:
    path = downloaded(where, "dinov2-small")
    ModelsController(session, where).serve(page)  # type: ignore[arg-type]
    choice(page, "DINOv2 ViT-S/14").click()
    button(page, "Remove DINOv2 ViT-S/14").click()
    assert not path.exists()
    assert session.embedders[-1] == DEFAULT_EMBEDDER
    assert chosen_embedder(where) == DEFAULT_EMBEDDER
    assert page.words() == "DINOv2 ViT-S/14 is removed."


@pytest.mark.usefixtures("controller")
def test_a_download_says_how_it_ended(
    page: ModelsPage, where: Places, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_name: str, _shelf: object, report: Callable[[int, int], None]) -> None:
        report(1_000_000, 2_000_000)
        raise ModelError(say("The disk is full."))

    monkeypatch.setattr(models_controller, "install", fails)
    button(page, "Download DINOv2 ViT-S/14").click()
    qtbot.waitUntil(lambda: page.words() == "The disk is full.")
    monkeypatch.setattr(models_controller, "install", lambda name, _shelf, _report: downloaded(where, name))
    button(page, "Download DINOv2 ViT-S/14").click()
    qtbot.waitUntil(lambda: page.words() == "DINOv2 ViT-S/14 is installed.")
    assert choice(page, "DINOv2 ViT-S/14").isEnabled()


@pytest.mark.usefixtures("controller")
def test_a_wrong_file_is_refused(page: ModelsPage, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "another.onnx"
    file.write_bytes(b"something else")
    page.file_chosen.emit("dinov2-small", file)
    qtbot.waitUntil(lambda: "is not the dinov2-small.onnx that is wanted" in page.words())
    assert not choice(page, "DINOv2 ViT-S/14").isEnabled()


def test_translators_see_all_that_the_catalogue_says() -> None:
    said = {entry.about for entry in catalogue()} | {entry.about for entry in describers()}
    said |= {entry.licence for entry in catalogue() if re.search(r"\s", entry.licence)}
    assert said == set(CATALOGUE_WORDS)


def test_a_model_that_comes_after_the_settings_were_closed_is_there_all_the_same(
    controller: ModelsController, where: Places, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = ModelsPage()
    controller.serve(gone)
    may_end = threading.Event()

    def comes_late(name: str, _shelf: object, _report: object) -> None:
        assert may_end.wait(PATIENCE)
        downloaded(where, name)

    monkeypatch.setattr(models_controller, "install", comes_late)
    gone.download_requested.emit("dinov2-small")
    delete(gone)
    may_end.set()
    qtbot.waitUntil(lambda: EmbedderShelf(where.models).is_installed(find_embedder("dinov2-small")))
    qtbot.waitUntil(lambda: not controller._job.is_running)


def test_closing_the_program_ends_a_download(
    controller: ModelsController, page: ModelsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never_ends(_name: str, _shelf: object, report: Callable[[int, int], None]) -> None:
        while True:
            report(1, 2)
            time.sleep(0.01)

    monkeypatch.setattr(models_controller, "install", never_ends)
    page.download_requested.emit("dinov2-small")
    job = there(controller.findChild(Job))
    controller.stop()
    assert job.isFinished()
    qtbot.waitUntil(lambda: not controller._job.is_running)


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> DescriberEntry:
    return known_as_clip(monkeypatch)


def test_a_model_that_is_no_choice_is_brought_from_a_folder_and_used_at_once(
    described: DescriberEntry,
    page: ModelsPage,
    controller: ModelsController,
    where: Places,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = described
    assert entry.title not in [each.text() for each in page.findChildren(QRadioButton)]
    stick = where.models / "stick"
    put_on_shelf(entry, stick)
    monkeypatch.setattr("ui.dialogs.models_page.QFileDialog.getExistingDirectory", lambda *_: str(stick))
    button(page, "From a folder…").click()
    qtbot.waitUntil(lambda: page.words() == f"{entry.title} is installed.")
    assert is_installed(entry, EmbedderShelf(where.models))
    button(page, f"Remove {entry.title}").click()
    assert page.words() == f"{entry.title} is removed."
    assert not is_installed(entry, EmbedderShelf(where.models))
