"""The why-line: what the active photo is, and why it is suggested or not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from core.language import languages, set_language, spoken_language
from core.pipeline.events import PhotosAnalyzed
from core.types import Face, Fact, Reason
from fixtures.frames import analysis, face
from fixtures.one_burst import BURST, PHOTOS, shoot_of
from fixtures.patience import PATIENCE
from ui.imaging.arguments import Arguments
from ui.marks.photo_words import place_in_group
from ui.theme import DARK
from ui.widgets.why_line import WhyLine

# The offscreen screen has no window manager for least sizes and stacking, and says so.
pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[WhyLine]:
    arguments = Arguments()
    line = WhyLine(arguments)
    qtbot.addWidget(line)
    yield line
    assert arguments.shutdown(PATIENCE)


def test_the_why_line_names_the_photo_its_place_and_the_reason(line: WhyLine) -> None:
    line.show_photo(PHOTOS[1], shoot_of(BURST))
    first, second = line.text().splitlines()
    assert first.startswith("b.jpg")
    assert "2 of 3 in burst (3 frames in 2.0 s)" in first
    assert second == "Suggested from 3: eyes open, sharpest of 3 · ahead by 0.12"
    assert "sharpness 90 %" in line.accessibleDescription()


@pytest.mark.parametrize(
    ("faces", "anybody"),
    [((), False), ((replace(face(), confidence=0.7),), False), ((face(),), True)],
    ids=["nobody", "a cat", "somebody"],
)
def test_of_people_the_why_line_says_that_something_cannot_be_told_only_where_there_are_any(
    line: WhyLine, faces: tuple[Face, ...], anybody: bool
) -> None:
    shoot = shoot_of(BURST)
    shoot.apply(PhotosAnalyzed(1, (analysis("a", faces=faces),)))
    for photo in PHOTOS[:2]:  # alike for all frames of the burst: no column comes and goes
        line.show_photo(photo, shoot)
        assert ("smile: can't compare" in line.accessibleDescription()) is anybody


def test_the_why_line_keeps_its_height_whatever_it_says(line: WhyLine) -> None:
    empty = line.sizeHint().height()
    line.show_photo(PHOTOS[1], shoot_of(replace(BURST, reasons=(Reason(Fact.BEST_SMILE),) * 80)))
    assert line.sizeHint().height() == empty
    line.resize(300, empty)
    assert not line.grab().isNull()
    line.clear()
    assert line.text() == ""


@pytest.mark.parametrize("language", languages())
def test_the_whole_reason_is_read_at_1280_pixels_and_of_the_place_at_least_its_number(
    line: WhyLine, language: str
) -> None:
    before = spoken_language()
    set_language(language)
    try:
        reasons = (Reason(Fact.EYES_OPEN, 5, 7), Reason(Fact.NOBODY_CUT))
        line.show_photo(PHOTOS[1], shoot_of(replace(BURST, reasons=reasons)))
        name, facts, reason = line.words(1280)
        assert (name, reason) == ("b.jpg", line.text().splitlines()[1])
        place = place_in_group(PHOTOS[1].id, BURST, grounds=False)
        assert facts.rpartition("   ·   ")[2].startswith(place)
        assert "…" in line.words(200)[2]
    finally:
        set_language(before)


def test_bars_show_the_terms_and_a_tick_where_the_suggestion_stands(line: WhyLine) -> None:
    line.resize(1200, line.sizeHint().height())

    def colours(index: int) -> set[str]:
        line.show_photo(PHOTOS[index], shoot_of(BURST))
        image = line.grab().toImage()
        bars = (image.pixelColor(x, y) for x in range(700, 1190) for y in range(20, 32))
        return {colour.name() for colour in bars}

    assert DARK.suggestion.name() in colours(0)  # the tick
    assert DARK.suggestion.name() not in colours(2)  # not measured: no bars
