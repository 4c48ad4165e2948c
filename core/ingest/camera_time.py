"""A camera's way of writing a moment: date, sub-second and offset in three separate strings."""

import re
from datetime import datetime, timedelta

_DATE = re.compile(r"\s*(\d{4})[:\-./](\d{1,2})[:\-./](\d{1,2})[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?")
_OFFSET = re.compile(r"\s*([+\-−])(\d{1,2}):?(\d{2})\s*$")

_FIRST_YEAR, _LAST_YEAR = 1826, 2098  # from the oldest photograph, dated on its scan, to clocks at their end
# Where clocks of computers and cameras begin.
_NEVER_SET = frozenset({(1904, 1, 1), (1970, 1, 1), (1980, 1, 1)})
_WIDEST_OFFSET = 14 * 60  # minutes, Line Islands


def parse_time(date: str, sub_second: str = "") -> datetime | None:
    """Reads an Exif date, None where it is blank, impossible or that of a clock never set.

    Args:
        date: "YYYY:MM:DD HH:MM:SS" (CIPA DC-008 4.6.5), other separators and missing seconds forgiven.
        sub_second: decimal fraction of a second in any number of digits: "5" is half a second.
    """
    match = _DATE.match(date)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR or (year, month, day) in _NEVER_SET:
        return None
    try:
        whole = datetime(year, month, day, hour, minute, min(second, 59))  # a leap second has no place
    except ValueError:
        return None
    return whole + timedelta(microseconds=parse_sub_second(sub_second))


def parse_sub_second(text: str) -> int:
    """Microseconds, 0 to 999,999, of a decimal fraction without its point; 0 where it is no number."""
    digits = text.strip(" \0")
    if not digits.isascii() or not digits.isdigit():
        return 0
    return int(digits[:6].ljust(6, "0"))


def parse_offset(text: str) -> int | None:
    """Minutes east of UTC of "+09:00", None where it is blank or impossible."""
    match = _OFFSET.match(text)
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    total = int(hours) * 60 + int(minutes)
    if total > _WIDEST_OFFSET or int(minutes) > 59:
        return None
    return total if sign == "+" else -total
