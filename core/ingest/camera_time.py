"""How moments are written in photo files: one table of forms for Exif, XMP, IPTC and the text in PNG files."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_FIRST_YEAR, _LAST_YEAR = 1826, 2098  # from the oldest photograph, dated on its scan, to clocks at their end
# Where clocks of computers, cameras and programs begin.
_NEVER_SET = frozenset({(1, 1, 1), (1904, 1, 1), (1970, 1, 1), (1980, 1, 1)})
_WIDEST_OFFSET = 14 * 60  # minutes; Line Islands

_MONTH_NAMES = "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_AFTERNOON = frozenset({"pm", "下午", "午後", "오후"})
_ERAS = {"m": 1867, "明治": 1867, "t": 1911, "大正": 1911, "s": 1925, "昭和": 1925}
_ERAS |= {"h": 1988, "平成": 1988, "r": 2018, "令和": 2018}

# Years of other calendars that have our months: (first, last, what to add).
_OTHER_YEARS = (
    (1, 19, 2018),  # of the era Reiwa, which began in 2019
    (20, 31, 1988),  # of the era Heisei; phones are younger than its year 19
    (90, 187, 1911),  # of the Republic of China
    (2400, 2641, -543),  # of the Buddhist era
)
_PERSIAN_YEARS = range(1370, 1478)  # their years begin in March, and have months of their own
_BEFORE_PERSIAN = date(2001, 3, 20).toordinal() - 365 * 1379 - (8 * 1380 + 21) // 33

_SEPARATOR = r"\s?[:\-./]\s?"
_CLOCK = (
    r"(?P<half>[ap]\.?m\.?|[上下]午|午[前後]|오[전후])?\s*"
    r"(?P<hour>\d{1,2})(?:\s?[:.]\s?(?P<minute>\d{1,2})(?:\s?[:.]\s?(?P<second>\d{1,2})(?:[.,:](?P<fraction>\d+))?)?"
    r"|(?P<minute_2>\d\d)(?P<second_2>\d\d)(?:[.,](?P<fraction_2>\d+))?)"
    r"\s*(?P<half_2>[ap]\.?m\b\.?)?"
)
_ZONE = r"\s*(?P<zone>z\b|utc\b|gmt\b|[+\-−]\s?\d\d:?\d\d|[+\-−]\d{1,2}\b)?"
_FORMS = tuple(
    re.compile(rf"\s*{form}", re.IGNORECASE)
    for form in (
        # 2012:03:04 05:06:07 (Exif, CIPA DC-008 4.6.5), 2012-03-04T05:06:07.89+01:00 (XMP, ISO 8601), 2012/3/4 5:06
        rf"(?P<year>\d{{3,4}}){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})[ T_]*{_CLOCK}{_ZONE}",
        # 20120304 050607+0100 (IPTC), 20120304T050607
        rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)[ T_]*{_CLOCK}{_ZONE}",
        # 2012年3月4日 5:06:07, 令和6年3月4日 5:06, R06.03.04 05:06:07
        rf"(?P<era>令和|平成|昭和|大正|明治|[rhstm])?\.?(?P<year>\d{{1,4}}|元)[年./:\-]\s?"
        rf"(?P<month>\d{{1,2}})[月./:\-]\s?(?P<day>\d{{1,2}})日?[ T_]*{_CLOCK}{_ZONE}",
        # Sun, 04 Mar 2012 05:06:07 +0100 (RFC 1123, which PNG asks for)
        rf"(?:[a-z]{{3,9}},?\s+)?(?P<day>\d{{1,2}})[ \-](?P<name>[a-z]{{3}})[a-z]*[ \-](?P<year>\d{{4}})\s+"
        rf"{_CLOCK}{_ZONE}",
        # Mar 4, 2012 5:06:07 AM (Java and Android, by country)
        rf"(?:[a-z]{{3,9}},?\s+)?(?P<name>[a-z]{{3}})[a-z]*\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}}),?\s+(?:at )?"
        rf"{_CLOCK}{_ZONE}",
        # Sun Mar  4 05:06:07 2012 (C's asctime)
        rf"(?:[a-z]{{3}}\s+)?(?P<name>[a-z]{{3}})\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s+(?P<year>\d{{4}}){_ZONE}",
        # 04.03.2012 05:06:07, and 3/14/2012 or 14/3/2012 where it can be told which is the month
        rf"(?P<first>\d{{1,2}})(?P<by>[./\-])(?P<then>\d{{1,2}})[./\-](?P<year>\d{{4}})[ T_,]+{_CLOCK}{_ZONE}",
    )
)
_OFFSET = re.compile(r"\s*(?:(z|utc|gmt)|([+\-−])\s?(\d{1,2})(?::?(\d{2}))?)\s*$", re.IGNORECASE)
_LONGEST = 100  # characters; anything longer is no date


@dataclass(frozen=True, slots=True)
class CameraTime:
    """A moment as a file tells it.

    Attributes:
        wall: what the clock showed, without time zone, with sub-seconds.
        offset: minutes by which that clock was ahead of UTC; None where the file does not say.
    """

    wall: datetime
    offset: int | None = None


def parse_time(text: str, sub_second: str = "", offset: str = "") -> CameraTime | None:
    """Read a moment in any of the forms cameras and programs write.

    An hour of 24 is that of phones that count from 1: midnight at the beginning of the day.
    Years of Japanese eras, of the Republic of China, of the Buddhist and the Persian calendar become ours.

    Args:
        text: date and time of day, seconds and all that is smaller may be missing.
        sub_second: decimal fraction of a second in any number of digits, where it is kept apart: "5" is half a second.
        offset: ahead of UTC, where it is kept apart: "+09:00".

    Returns:
        None where the text is blank, impossible, without a time of day, or that of a clock never set.
    """
    for form in _FORMS if len(text) <= _LONGEST else ():
        match = form.match(text)
        if match is None:
            continue
        said = match.groupdict()
        day = _day(said)
        clock = None if day is None else _clock(said, day)
        if clock is not None:
            fraction = said["fraction"] or said["fraction_2"] or sub_second
            wall = clock + timedelta(microseconds=parse_sub_second(fraction))
            return CameraTime(wall, parse_offset(said["zone"] or offset))
    return None


def parse_sub_second(text: str) -> int:
    """Return the microseconds, 0 to 999,999, of a decimal fraction without its point; 0 where it is no number."""
    digits = text.strip(" \0")
    if not digits.isascii() or not digits.isdigit():
        return 0
    return int(digits[:6].ljust(6, "0"))


def parse_offset(text: str) -> int | None:
    """Return the minutes east of UTC of "+09:00", "+0900", "+9" or "Z", None where it is blank or impossible."""
    match = _OFFSET.match(text)
    if match is None:
        return None
    zero, sign, hours, minutes = match.groups()
    if zero:
        return 0
    total = int(hours) * 60 + int(minutes or 0)
    if total > _WIDEST_OFFSET or int(minutes or 0) > 59:
        return None
    return total if sign == "+" else -total


def _day(said: dict[str, str | None]) -> date | None:
    """Return the day in our calendar."""
    year = 1 if said["year"] == "元" else int(said["year"] or 0)
    if (first := said.get("first")) is not None:
        month, day = int(said["then"] or 0), int(first)
        if said["by"] != ".":
            if max(month, day) <= 12:  # which of the two depends on the country
                return None
            month, day = min(month, day), max(month, day)
    else:
        day = int(said["day"] or 0)
        name = said.get("name")
        month = _MONTHS.get(name.lower(), 0) if name else int(said.get("month") or 0)
    if (era := said.get("era")) is not None:
        year += _ERAS[era.lower()]
    if (year, month, day) in _NEVER_SET:
        return None
    try:
        found = (
            _from_persian(year, month, day) if year in _PERSIAN_YEARS else date(_our_year(year), month, day)
        )
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _our_year(year: int) -> int:
    return year + next((shift for first, last, shift in _OTHER_YEARS if first <= year <= last), 0)


def _from_persian(year: int, month: int, day: int) -> date:
    """Return the day of the solar calendar of Iran, by its cycle of 33 years, which holds from 1178 to 1633.

    Raises:
        ValueError: there is no such day.
    """
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        raise ValueError("no day of the Persian calendar")
    before = 31 * (month - 1) - max(0, month - 7)
    return date.fromordinal(_BEFORE_PERSIAN + 365 * (year - 1) + (8 * year + 21) // 33 + before + day)


def _clock(said: dict[str, str | None], day: date) -> datetime | None:
    hour, second = int(said["hour"] or 0), int(said["second"] or said["second_2"] or 0)
    half = (said["half"] or said["half_2"] or "").replace(".", "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    minute = int(said["minute"] or said["minute_2"] or 0)
    if hour > 24 or second > 60:
        return None
    try:
        # No place for a leap second.
        return datetime(day.year, day.month, day.day, hour % 24, minute, min(second, 59))
    except ValueError:
        return None
