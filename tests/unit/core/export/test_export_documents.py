"""Contact sheet, lists of files, and which photos an export takes."""

import base64
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.export.contact_sheet import to_contact_sheet
from core.export.file_lists import to_names, to_paths
from core.export.kinds import Choice, Selection
from core.types import Decision, Flag, Label, Photo, PhotoId


def photo(name: str, *companions: str, day: int = 14) -> Photo:
    taken_at = datetime(2025, 6, day, 10, 30, 5) if day else None
    return Photo(PhotoId(name), Path("shoot", name), tuple(Path("shoot", c) for c in companions), taken_at)


BEST, OTHER, ODD = photo("a.jpg", "a.cr2"), photo("b.jpg", day=15), photo("<c> & 'd'.jpg", day=0)
PHOTOS = (BEST, OTHER, ODD)
DECISIONS = {
    BEST.id: Decision(BEST.id, Flag.PICK, 4, Label.GREEN),
    OTHER.id: Decision(OTHER.id, Flag.REJECT),
}


class Page(HTMLParser):
    """What a reader of the page meets."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._quiet = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self._quiet = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._quiet = False

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.text += data


def test_a_contact_sheet_shows_picture_name_stars_and_label_by_day() -> None:
    page = Page(to_contact_sheet("Team day", PHOTOS, DECISIONS, lambda one: f"JPEG {one.id}".encode()))
    pictures = [attributes for tag, attributes in page.tags if tag == "img"]
    assert [one["alt"] for one in pictures] == ["a.jpg", "b.jpg", "<c> & 'd'.jpg"]
    assert base64.b64decode((pictures[0]["src"] or "").split(",")[1]) == b"JPEG a.jpg"
    assert "Team day" in page.text
    for word in ("3 photos", "2025-06-14", "2025-06-15", "No date", "★★★★", "+CR2", "rejected", "10:30:05"):
        assert word in page.text
    assert ("span", {"class": "label", "style": "background:#62ac5c", "title": "Green"}) in page.tags


def test_a_contact_sheet_loads_nothing_from_anywhere() -> None:
    page = to_contact_sheet("A", PHOTOS, DECISIONS, lambda one: b"jpeg").decode()
    assert not re.findall(r"https?:|//|url\(|@import|<script|<link", page)
    assert all(source.startswith("data:image/jpeg;base64,") for source in re.findall(r'src="([^"]*)', page))


def test_a_photo_without_a_picture_keeps_its_place() -> None:
    page = Page(to_contact_sheet("A", PHOTOS, {}, lambda one: None))
    assert page.text.count("no picture") == 3
    assert "b.jpg" in page.text


def test_lists_of_files_have_raws_too_and_names_once() -> None:
    assert to_paths((BEST, OTHER)).decode().splitlines() == [
        str(Path("shoot/a.jpg")),
        str(Path("shoot/a.cr2")),
        str(Path("shoot/b.jpg")),
    ]
    assert to_names((BEST, OTHER, photo("b.png"))) == b"a, b\n"


def test_names_that_are_no_text_are_listed_as_they_are() -> None:
    assert to_paths((photo("odd\udcff.jpg"), photo("two\nlines.jpg"))) == b"shoot/odd\xff.jpg\n"


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        (Selection(Choice.PICKS), ["a.jpg"]),
        (Selection(Choice.REJECTS), ["b.jpg"]),
        (Selection(Choice.DECIDED), ["a.jpg", "b.jpg"]),
        (Selection(Choice.ALL), ["a.jpg", "b.jpg", "<c> & 'd'.jpg"]),
        (Selection(Choice.ALL, least_stars=4), ["a.jpg"]),
        (Selection(Choice.PICKS, least_stars=5), []),
        (Selection(Choice.ALL, label=Label.GREEN), ["a.jpg"]),
        (Selection(Choice.ALL, label=Label.NONE), ["b.jpg", "<c> & 'd'.jpg"]),
    ],
)
def test_all_conditions_have_to_hold(selection: Selection, taken: list[str]) -> None:
    assert [one.path.name for one in selection.of(PHOTOS, DECISIONS)] == taken
