"""Dates and times in figures, as the language writes them: the one place that formats them for people."""

from datetime import date, datetime

from core.language import tr


def day_in_figures(day: date) -> str:
    """Write a day: "2016-11-04" in English, which nobody takes for another day, "04.11.2016" in German."""
    # Translators: a date in figures, as your language writes it; keep the digits behind the colons.
    return tr("{year:04}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def moment_in_figures(moment: datetime, *, seconds: bool = False) -> str:
    """Write a day and the time of it, such as "2016-11-04 09:09" or, with seconds, "2016-11-04 09:09:41"."""
    return f"{day_in_figures(moment)} {time_in_figures(moment, seconds=seconds)}"


def time_in_figures(moment: datetime, *, seconds: bool = False) -> str:
    """Write a time of day, such as "09:09" or, with seconds, "09:09:41"."""
    rest = f":{moment.second:02}" if seconds else ""
    return f"{moment.hour:02}:{moment.minute:02}{rest}"
