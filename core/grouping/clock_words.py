"""Clocks in words: by how much one is ahead of another, what speaks for it, and how the user writes it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from core.grouping.clocks import ClockOffset
from core.language import tr
from core.types import Photo

_TYPED = re.compile(r"([+\-−]?)\s*(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)$")
_SERIAL_END = 4  # digits that tell bodies of one model apart


def camera_names(photos: Iterable[Photo]) -> dict[str, str]:
    """By ``Photo.camera`` what people call it; bodies of one model are told apart by the end of their number."""
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
    """A sentence: "The clock of Z6 is 1 h 3 min 12 s ahead of that of D850 (14 of 16 pairs agree)", with a full stop.

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
    """What speaks for an offset, such as "14 of 16 pairs agree"."""
    agreement = offset.agreement
    return tr("{agreeing} of {pairs} pairs of alike photos agree").format(
        agreeing=agreement.agreeing, pairs=agreement.pairs
    )


def span(seconds: int) -> str:
    """Whole seconds in words, such as "1 h 3 min 12 s" or "2 d 4 h"."""
    parts = []
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts) or "0 s"


def typed(seconds: float) -> str:
    """As it stands in a field to be changed: "+1:03:12" or "−0:00:02.5"."""
    tenths = round(abs(seconds) * 10)
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    rest = f"{tenths // 10:02d}" + (f".{tenths % 10}" if tenths % 10 else "")
    return f"{'−' if seconds < 0 else '+'}{hours}:{minutes:02d}:{rest}"


def read_typed(text: str) -> float | None:
    """Seconds from "+1:03:12", "3:12" or "-12.5"; None for anything else."""
    match = _TYPED.match(text.strip())
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    total = 3600 * int(hours or 0) + 60 * int(minutes or 0) + float(seconds.replace(",", "."))
    return -total if sign in ("-", "−") else total
