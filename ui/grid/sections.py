"""The headed sections of the grid: one a scene."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from PySide6.QtCore import QDate, QLocale

from core.language import ntr, tr
from core.moments import time_in_figures
from core.types import Scene, SceneId


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that stand under one header.

    Attributes:
        title: times of the scene, "" where no frame has one.
        short: the title without its day, for a header over little room; the timeline tells the days.
        detail: how many frames, such as "23 frames" or "5 of 23 frames".
        first_row: of the model.
        count: rows, at least 1.
        starts_at: first capture time, None where no frame has one.
    """

    scene_id: SceneId
    title: str
    detail: str
    first_row: int
    count: int
    starts_at: datetime | None = None
    short: str = ""

    @property
    def words(self) -> str:
        """Title and detail in one line."""
        return " · ".join(part for part in (self.title, self.detail) if part)


class Dates(IntEnum):
    """How much of a date tells the scenes of a shoot apart."""

    NONE = 0
    DAYS = 1
    YEARS = 2


def dates_needed(scenes: Iterable[Scene]) -> Dates:
    """Return how much is needed: days where the shoot has several, and years too."""
    days = {time.date() for scene in scenes for time in (scene.starts_at, scene.ends_at) if time is not None}
    if len({day.year for day in days}) > 1:
        return Dates.YEARS
    return Dates.DAYS if len(days) > 1 else Dates.NONE


def scene_title(scene: Scene, dates: Dates) -> str:
    """Write from when to when, such as "14:32 – 14:41", with the day and the year where they are needed."""
    start, end = scene.starts_at, scene.ends_at
    if start is None or end is None:
        return ""
    first, last = time_in_figures(start), time_in_figures(end)
    if start.date() != end.date():
        return f"{_day(start.date(), dates)}, {first} – {_day(end.date(), dates)}, {last}"
    span = first if first == last else f"{first} – {last}"
    return span if dates is Dates.NONE else f"{_day(start.date(), dates)}, {span}"


def frame_count(shown: int, frames: int) -> str:
    """Say how many frames of a scene are shown."""
    if shown == frames:
        return ntr("{count} frame", "{count} frames", frames).format(count=frames)
    words = ntr("{shown} of {count} frame", "{shown} of {count} frames", frames)
    return words.format(shown=shown, count=frames)


def _day(day: date, dates: Dates) -> str:
    """Write a day such as "Sat 14 Jun", with its year where that is needed, in the user's language."""
    # Translators: a date as Qt writes it, weekday, day and month for short, then one with the year.
    return _in_words(day, tr("ddd d MMM yyyy") if dates is Dates.YEARS else tr("ddd d MMM"))


def short_day(day: date) -> str:
    """Write a day such as "14 Jun", in the user's language."""
    # Translators: a date as Qt writes it, day and month for short.
    return _in_words(day, tr("d MMM"))


def month_and_year(day: date) -> str:
    """Write a month such as "Jun 2014", in the user's language."""
    # Translators: a month as Qt writes it, for short, and its year.
    return _in_words(day, tr("MMM yyyy"))


def _in_words(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)
