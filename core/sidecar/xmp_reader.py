"""What a packet says about a photo, in the words of the product."""

from dataclasses import dataclass, field

from core.ingest.capture_time import NO_TIMES, PacketTimes
from core.sidecar import other_programs
from core.sidecar.label_names import ENGLISH, LabelSet, label_of
from core.sidecar.legible import parse_to_read
from core.sidecar.percent import stars_of_percent
from core.sidecar.xmp_namespaces import (
    ACDSEE_RATING,
    GOOD,
    LABEL,
    LABEL_COLOR,
    MICROSOFT_RATINGS,
    PICK,
    RATING,
    STARS,
    Name,
)
from core.sidecar.xmp_packet import Packet
from core.sidecar.xmp_times import orientation_of, times_of
from core.sidecar.xmp_words import words_of
from core.types import Flag, Label, WrittenWords

REJECTED_RATING = -1
"""How Bridge and darktable write a reject, having no flags; it says nothing about stars."""


@dataclass(frozen=True, slots=True)
class XmpFacts:
    """What a sidecar says; None where it says nothing.

    Attributes:
        rating: 0 to 5 stars. Cameras write 0 of themselves: 0 in a file is nobody's decision.
        label: None also for a text that no label set knows.
        label_text: the label as written, "" for none.
        times: when the picture was taken.
        orientation: how it is to be turned, 1 to 8 as in Exif.
        camera_rating: 1 to 5 stars that a camera or Windows put there, which are nobody's decision; asked only where
            no program says anything else.
        words: what the picture shows, in words.
    """

    rating: int | None = None
    flag: Flag | None = None
    label: Label | None = None
    label_text: str = ""
    times: PacketTimes = NO_TIMES
    orientation: int | None = None
    camera_rating: int | None = None
    words: WrittenWords = field(default_factory=WrittenWords)


def read_packet(data: bytes, labels: LabelSet = ENGLISH) -> XmpFacts:
    """Read flag, stars and label of a whole sidecar.

    Args:
        data: the sidecar's bytes.
        labels: the user's label set, looked at before those of other languages.

    Raises:
        core.sidecar.xmp_packet.PacketError: the packet cannot be understood.
    """
    return facts_of(parse_to_read(data), labels)


def facts_of(packet: Packet, labels: LabelSet = ENGLISH) -> XmpFacts:
    """Read flag, stars and label of a packet that is parsed already."""
    rating = _rating(packet, STARS if is_rejected_rating(packet) else RATING)
    if rating is None and not is_rejected_rating(packet):
        rating = _rating(packet, ACDSEE_RATING)
    text = packet.value(LABEL) or ""
    return XmpFacts(
        rating=rating if rating is not None and 0 <= rating <= 5 else None,
        flag=_flag(packet),
        label=_label(packet, text, labels),
        label_text=text,
        times=times_of(packet),
        orientation=orientation_of(packet),
        camera_rating=None if rating else _windows_stars(packet),
        words=words_of(packet),
    )


def is_rejected_rating(packet: Packet) -> bool:
    """Tell whether the rating is not stars but another program's reject."""
    return _rating(packet, RATING) == REJECTED_RATING


def _windows_stars(packet: Packet) -> int | None:
    found = (stars_of_percent(_rating(packet, name)) for name in MICROSOFT_RATINGS)
    return next((stars for stars in found if stars is not None), None)


def _rating(packet: Packet, name: Name) -> int | None:
    """Read the rating as a whole number: some programs write 5.0, or 5,0 where that is the custom."""
    try:
        return round(float((packet.value(name) or "").replace(",", ".")))
    except (ValueError, OverflowError):
        return None


def _flag(packet: Packet) -> Flag | None:
    """Read the flag as Lightroom Classic 15 does, then those of other programs.

    ``good`` alone suffices and beats a stale ``pick``.
    """
    good = (packet.value(GOOD) or "").lower()
    if good in {"true", "false"}:
        return Flag.PICK if good == "true" else Flag.REJECT
    flags = {"1": Flag.PICK, "0": Flag.UNFLAGGED, "-1": Flag.REJECT}
    flag = flags.get(packet.value(PICK) or "")
    if flag is None and is_rejected_rating(packet):
        return Flag.REJECT
    return other_programs.flag_of(packet) if flag is None else flag


def _label(packet: Packet, text: str, labels: LabelSet) -> Label | None:
    """Return the label by its text, else by the colour newer Adobe programs write beside it, else by others'."""
    known = label_of(text, labels) if text else None
    if known is not None:
        return known
    color = (packet.value(LABEL_COLOR) or "").lower()
    return Label(color) if color in {label.value for label in Label} else other_programs.label_of(packet)
