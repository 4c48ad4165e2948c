"""The pages we write, in a real browser, on a phone and on a desk: looked at, marked, sent back, and read again."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.__main__ import main
from app.exit_codes import EXIT_OK
from benchmarks.browser import DESK, PHONE, Browser
from core.export.documents import PlannedDocument
from core.export.gallery import PAGE as LOOKS_PAGE
from core.export.proofs import PICTURES, ProofChoices, plan_proofs
from core.review.choice.chosen import ClientsChoice
from core.review.choice.names import PhotoNames
from core.review.choice.read import read_choice, text_of
from core.types import Photo, PhotoId
from fixtures.browser import browser
from fixtures.patience import PATIENCE
from fixtures.photo_files import picture

NAMES = (
    *("DSC_0410.jpg", "<img src=x onerror=window.hacked=1>.jpg", "\"'><svg onload=window.hacked=1>.jpg"),
    *("<!--<script>window.hacked=1.jpg", "a — b.jpg", "new\nline.jpg", "Grün 日本.jpg", "#100%25?.jpg"),
)
MANY = 160
OPEN = 'document.querySelector(".viewer").open'
SHOWN = f'{OPEN} && document.querySelector(".stage img").naturalWidth'


@pytest.fixture(scope="module")
def shoot(tmp_path_factory: pytest.TempPathFactory) -> list[Photo]:
    """Photos of hostile names, and many more so that the page is long."""
    folder = tmp_path_factory.mktemp("shoot")
    landscape, portrait = picture("teal", (300, 200)), picture("maroon", (200, 300))
    names = [*NAMES, *(f"IMG_{number:04}.jpg" for number in range(MANY - len(NAMES)))]
    for number, name in enumerate(names):
        (folder / name).write_bytes(portrait if number % 3 == 2 else landscape)
    return [Photo(PhotoId(f"{number:03}"), folder / name) for number, name in enumerate(names)]


@pytest.fixture(scope="module")
def page(shoot: list[Photo], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, title = tmp_path_factory.mktemp("out"), "<b>Anna</b> & Ben"
    for one in plan_proofs(folder, title, shoot, ProofChoices(1024), lambda one: one.path.read_bytes()):
        assert isinstance(one, PlannedDocument)
        one.path.parent.mkdir(parents=True, exist_ok=True)
        one.path.write_bytes(one.render())  # as an export does, which waits for the disk at each
    return one.path


@pytest.fixture(scope="module", params=[PHONE, DESK], ids=["phone", "desk"])
def window(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser"), request.param) as window:
        yield window


@pytest.fixture
def seen(window: Browser, page: Path) -> Iterator[Browser]:
    """The page as somebody sees it for the first time."""
    window.open(page)
    window.run("localStorage.clear()")
    window.open(page)
    yield window
    assert not window.run("return window.hacked"), "a name was run"
    assert window.troubles() == []


def of_text(window: Browser, shoot: list[Photo]) -> ClientsChoice:
    text = window.run('return document.querySelector(".answer .text").value')
    return read_choice(text, PhotoNames.of(shoot))


def saved_by(window: Browser) -> Path:
    """Waits for what the browser saves: it tells nobody when it is done."""
    end = time.monotonic() + PATIENCE
    while not (found := list(window.folder.glob("*.json"))):
        assert time.monotonic() < end, "nothing was saved"
        threading.Event().wait(0.05)
    return found[0]


def test_a_client_marks_writes_and_sends_and_it_comes_back_as_it_was(
    seen: Browser, shoot: list[Photo]
) -> None:
    for number in (1, 2, 4, 5):
        seen.click(f"figure:nth-of-type({number + 1}) .heart")
    seen.click("figure:nth-of-type(3) a")
    seen.until(SHOWN)
    assert seen.run('return document.querySelector(".viewer .name").textContent') == NAMES[2]
    seen.type(".viewer .word", 'like "DSC_0410" — <b>please</b>')
    seen.click(".viewer .heart")  # no favourite after all, but a word
    seen.click(".viewer .close")
    seen.until(f"!{OPEN}")
    seen.click("#send")
    seen.type(".answer .who", "Anna <3")
    seen.type(".answer .note", "Thank you!")
    said = of_text(seen, shoot)
    seen.click(".answer .save")
    saved = saved_by(seen)
    choice = read_choice(text_of(saved), PhotoNames.of(shoot))
    for one in (choice, said):
        assert [each.photo_id for each in one.favourites] == ["001", "004", "005"]
        assert {each.photo_id: each.word for each in one.photos if each.word} == {
            PhotoId("002"): 'like "DSC_0410" — <b>please</b>'
        }
        assert (one.who, one.note) == ("Anna <3", "Thank you!")
        assert one.not_understood == ()


def test_what_was_marked_is_there_again_after_the_page_was_closed(seen: Browser, page: Path) -> None:
    seen.click("figure:nth-of-type(1) .heart")
    seen.open(page)
    assert seen.run('return document.querySelector("#favourites b").textContent') == "1"
    seen.click("#favourites")
    shown = 'return [...document.querySelectorAll("figure")].filter(one => one.offsetParent).length'
    assert seen.run(shown) == 1
    seen.click("figure:nth-of-type(1) .heart")
    assert "No photo is marked yet" in seen.run('return document.querySelector("main").innerText')


def test_keys_and_the_way_back_lead_from_photo_to_photo(seen: Browser) -> None:
    seen.click("figure:nth-of-type(2) a")
    seen.until(SHOWN)
    seen.press("\ue014")  # right
    seen.until('document.querySelector(".viewer .place").textContent.startsWith("3 ")')
    seen.press("f")
    assert seen.run('return document.querySelector("#favourites b").textContent') == "1"
    seen.run("history.back()")
    seen.until(f"!{OPEN}")
    seen.run("location.hash = 7")
    seen.until(SHOWN)
    assert seen.run('return document.querySelector(".viewer .name").textContent') == NAMES[6]
    seen.press("\ue00c")  # Esc
    seen.until(f"!{OPEN}")


def test_only_what_is_seen_is_loaded_and_all_of_it_is_within_the_screen(seen: Browser, page: Path) -> None:
    here = '[...document.querySelectorAll("main img")].filter(one => one.complete && one.naturalWidth).length'
    loaded = seen.until(here)
    assert 0 < loaded < MANY / 2, "pictures wait until they are near"
    assert len(list((page.parent / PICTURES).iterdir())) == 2 * MANY
    assert seen.run("return document.documentElement.scrollWidth <= innerWidth"), "nothing is cut at the side"
    hit = (
        "const at = document.querySelector('figure .heart').getBoundingClientRect();"
        "return at.width >= 44 && at.height >= 44"
    )
    assert seen.run(hit), "a finger hits the heart"
    assert "<b>Anna</b> & Ben" in seen.run("return document.body.innerText")


@pytest.mark.usefixtures("measured_here")
def test_the_gallery_of_looks_opens_and_shows_its_pictures(
    window: Browser, shoot_folder: Path, tmp_path: Path
) -> None:
    gallery = tmp_path / "gallery"
    assert main(["looks", str(shoot_folder), "--export", "gallery", str(gallery)]) == EXIT_OK
    window.open(gallery / LOOKS_PAGE)
    assert "F.jpg" in window.run("return document.body.textContent")
    window.click("summary")
    window.until('document.querySelector("details[open] .frames img").naturalWidth')
    assert window.run("return document.documentElement.scrollWidth <= innerWidth")
    assert window.troubles() == []


def test_the_file_that_is_saved_is_plain_data(seen: Browser) -> None:
    document = json.loads(seen.run("return asFile().text()"))
    assert document["shortlist"] == "choice"
    assert document["photos"] == []
