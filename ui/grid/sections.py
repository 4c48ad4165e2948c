"""The headed sections of the grid: one a scene."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from core.language import ntr, tr
from core.types import Scene, SceneId


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that stand under one header.

    Attributes:
        title: times of the scene, "" where no frame has one.
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

    @property
    def words(self) -> str:
        """Title and detail in one line."""
        return " · ".join(part for part in (self.title, self.detail) if part)


def scene_title(scene: Scene, with_date: bool) -> str:
    """From when to when, such as "14:32 – 14:41", with the day where the shoot has several."""
    start, end = scene.starts_at, scene.ends_at
    if start is None or end is None:
        return ""
    first, last = _minute(start), _minute(end)
    if start.date() != end.date():
        return f"{day_words(start.date())}, {first} – {day_words(end.date())}, {last}"
    span = first if first == last else f"{first} – {last}"
    return f"{day_words(start.date())}, {span}" if with_date else span


def frame_count(shown: int, frames: int) -> str:
    """How many frames of a scene are shown."""
    if shown == frames:
        return ntr("{count} frame", "{count} frames", frames).format(count=frames)
    words = ntr("{shown} of {count} frame", "{shown} of {count} frames", frames)
    return words.format(shown=shown, count=frames)


def day_words(day: date) -> str:
    """Such as "Sat 14 Jun", in the user's language."""
    # Translators: a date as Qt writes it, weekday, day and month for short.
    return _in_words(day, tr("ddd d MMM"))


def short_day(day: date) -> str:
    """Such as "14 Jun", in the user's language."""
    # Translators: a date as Qt writes it, day and month for short.
    return _in_words(day, tr("d MMM"))


def _in_words(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def _minute(moment: datetime) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"  # strftime goes through PySide's import hook each time
