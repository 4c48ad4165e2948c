"""The headed sections of the grid: one a scene."""

from dataclasses import dataclass
from datetime import date, datetime

from core.types import Scene, SceneId


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that stand under one header.

    Attributes:
        title: times of the scene, "" where no frame has one.
        detail: how many frames, such as "23 frames" or "5 of 23 frames".
        first_row: of the model.
        count: rows, at least 1.
    """

    scene_id: SceneId
    title: str
    detail: str
    first_row: int
    count: int

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
        return f"{_day(start.date())}, {first} – {_day(end.date())}, {last}"
    span = first if first == last else f"{first} – {last}"
    return f"{_day(start.date())}, {span}" if with_date else span


def frame_count(shown: int, frames: int) -> str:
    """How many frames of a scene are shown."""
    noun = "frame" if frames == 1 else "frames"
    return f"{frames} {noun}" if shown == frames else f"{shown} of {frames} {noun}"


def _minute(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
