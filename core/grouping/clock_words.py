"""Clocks in words: by how much one is ahead of another, what speaks for it, and how the user writes it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from core.grouping.clocks import ClockOffset
from core.language import tr
from core.typed_words import TypedKind, meanings
from core.types import Photo

_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)")
_COUNTED = re.compile(r"(\d+)\s*([^\W\d_]+)\.?\s*")
# As people write them in the languages of the program, and as short as the program writes them itself.
_SPANS = {
    **meanings(TypedKind.SPAN),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "year"),
}
_DATE = re.compile(
    r"(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"|(?P<day_first>\d{1,2})\.(?P<then_month>\d{1,2})\.(?P<then_year>\d{4}))"
    r"[\sT,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
)
_SIGNS = {"+": 1, "-": -1, "−": -1}
_DAY = 86_400
_LAST_YEAR = 9999
_LONGEST = 200 * 366 * _DAY  # seconds; no two clocks of cameras are further apart
_SERIAL_END = 4  # digits that tell bodies of one model apart


def camera_names(photos: Iterable[Photo]) -> dict[str, str]:
    """Return by ``Photo.camera`` what people call it; bodies of one model are told apart by the end of their number."""
    models: dict[str, str] = {}
    for photo in photos:
        if photo.camera and photo.camera not in models:
            models[photo.camera] = photo.camera_name or photo.camera
    bodies: dict[str, list[str]] = defaultdict(list)
    for camera, model in models.items():
        bodies[model].append(camera)
    return {
        camera: model if len(bodies[model]) == 1 else f"{model} …{camera[-_SERIAL_END:]}"
        for camera, model in models.items()
    }


def proposal(offset: ClockOffset, names: Mapping[str, str]) -> str:
    """Say in a sentence what is proposed of two clocks, with a full stop.

    Such as "The clock of Z6 is 1 h 3 min 12 s ahead of that of D850 (14 of 16 pairs agree)".

    Args:
        offset: what was found.
        names: of the cameras, see ``camera_names``.
    """
    camera, reference, ahead = names[offset.camera], names[offset.reference], round(offset.agreement.ahead)
    if ahead > 0:
        words = tr("The clock of {camera} is {time} ahead of that of {reference} ({evidence}).")
    elif ahead < 0:
        words = tr("The clock of {camera} is {time} behind that of {reference} ({evidence}).")
    else:
        words = tr("The clocks of {camera} and {reference} agree ({evidence}).")
    return words.format(camera=camera, reference=reference, time=span(abs(ahead)), evidence=evidence(offset))


def evidence(offset: ClockOffset) -> str:
    """Say what speaks for an offset, such as "14 of 16 pairs agree"."""
    agreement = offset.agreement
    return tr("{agreeing} of {pairs} pairs of alike photos agree").format(
        agreeing=agreement.agreeing, pairs=agreement.pairs
    )


def span(seconds: int) -> str:
    """Say whole seconds in words, such as "1 h 3 min 12 s" or "2 d 4 h"."""
    parts = []
    for size, unit in ((_DAY, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts) or "0 s"


def typed(seconds: float) -> str:
    """Write an offset as it stands in a field to be changed: "+1:03:12", "−0:00:02.5" or "+4018 d 0:03:00"."""
    tenths = round(abs(seconds) * 10)
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    rest = f"{tenths // 10:02d}" + (f".{tenths % 10}" if tenths % 10 else "")
    return f"{'−' if seconds < 0 else '+'}{f'{days} d ' if days else ''}{hours}:{minutes:02d}:{rest}"


def read_typed(text: str, written: datetime | None = None) -> float | None:
    """Read by how much a clock is ahead, as people write it.

    Args:
        text: hours, minutes and seconds such as "+1:03:12", "3:12" or "-12.5"; with days or years before them, such
            as "−4018 d 0:03:00" or "11 years"; or the date and time at which a photo was really taken, such as
            "2020-05-06 14:00".
        written: what the clock showed at that photo; without it there are no years and no dates.

    Returns:
        Seconds, negative where the clock is behind; None for anything else, or more than 200 years.
    """
    text = text.strip()
    if date := _DATE.fullmatch(text):
        ahead = _ahead_of_date(date, written)
    else:
        sign = text[:1] if text[:1] in _SIGNS else "+"
        ahead = _counted(text.removeprefix(sign).strip(), _SIGNS[sign], written)
    return ahead if ahead is not None and abs(ahead) <= _LONGEST else None


def _ahead_of_date(date: re.Match[str], written: datetime | None) -> float | None:
    """Return the seconds from when a photo was really taken to what the clock showed."""
    year, month, day = (
        int(date[one] or date[other])
        for one, other in (("year", "then_year"), ("month", "then_month"), ("day", "day_first"))
    )
    try:
        really = datetime(year, month, day, int(date["hour"]), int(date["minute"]), int(date["second"] or 0))
    except ValueError:  # no such day
        return None
    return (written.replace(tzinfo=None) - really).total_seconds() if written is not None else None


def _counted(text: str, sign: int, written: datetime | None) -> float | None:
    """Read years, days and a clock's time, all of which may be left out but not all at once."""
    years = days = 0
    rest = text
    while match := _COUNTED.match(rest):
        count, unit = int(match[1]), _SPANS.get(match[2].casefold())
        if unit is None:
            return None
        if unit == "year":
            years += count
        else:
            days += count
        rest = rest[match.end() :]
    clock = _CLOCK.fullmatch(rest)
    if clock is None and (rest or rest == text):
        return None
    hours, minutes, seconds = clock.groups() if clock is not None else (None, None, "0")
    total = _DAY * days + 3600 * int(hours or 0) + 60 * int(minutes or 0) + float(seconds.replace(",", "."))
    if years:
        if written is None or not 1 <= written.year - sign * years <= _LAST_YEAR:
            return None
        total += abs((written - _in_year(written, written.year - sign * years)).total_seconds())
    return sign * total


def _in_year(time: datetime, year: int) -> datetime:
    """Return the same day and time of another year; of 29 February the day before where that year has none."""
    try:
        return time.replace(year=year)
    except ValueError:
        return time.replace(year=year, day=28)
