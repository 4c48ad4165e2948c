"""Fields of digiKam, Photo Mechanic, darktable, ACDSee and Windows: read, and kept true where a file has them.

Left alone, their stale values would win in those programs. ``photoshop:Urgency`` is neither read nor written:
Capture One and Photo Mechanic take it for different colours.
"""

from collections.abc import Set

from core.sidecar.percent import percent_of_stars
from core.sidecar.xmp_namespaces import (
    ACDSEE_RATING,
    DARKTABLE_COLORS,
    DIGIKAM_COLOR,
    DIGIKAM_PICK,
    MICROSOFT_RATINGS,
    PM_CLASS,
    PM_PREFS,
    PM_TAGGED,
    Name,
)
from core.sidecar.xmp_packet import Packet
from core.types import Flag, Label

_DIGIKAM_PICKS = {Flag.UNFLAGGED: "0", Flag.REJECT: "1", Flag.PICK: "3"}
_DIGIKAM_COLORS = {
    Label.NONE: "0",
    Label.RED: "1",
    Label.YELLOW: "3",
    Label.GREEN: "4",
    Label.BLUE: "5",
    Label.PURPLE: "6",  # digiKam's magenta
}
_DARKTABLE_COLORS = {
    Label.RED: "0",
    Label.YELLOW: "1",
    Label.GREEN: "2",
    Label.BLUE: "3",
    Label.PURPLE: "4",
}


def flag_of(packet: Packet) -> Flag | None:
    """Return the flag by digiKam's pick label, else by Photo Mechanic's tag; None where neither says anything.

    digiKam's "pending" is no flag, and an untagged photo of Photo Mechanic's no decision.
    """
    digikam = {text: flag for flag, text in _DIGIKAM_PICKS.items()}
    if (flag := digikam.get(packet.value(DIGIKAM_PICK) or "")) is not None:
        return flag
    return Flag.PICK if (packet.value(PM_TAGGED) or "").lower() == "true" else None


def label_of(packet: Packet) -> Label | None:
    """Return the label by digiKam's colour, else by the first of darktable's; None for colours Lightroom lacks."""
    digikam = {text: label for label, text in _DIGIKAM_COLORS.items()}
    darktable = {text: label for label, text in _DARKTABLE_COLORS.items()}
    colors = (*(darktable.get(text.strip()) for text in packet.items(DARKTABLE_COLORS)), None)
    return digikam.get(packet.value(DIGIKAM_COLOR) or "") or colors[0]


def flag_changes(packet: Packet, flag: Flag, adds: Set[Name]) -> dict[Name, str | None]:
    """Return what to write where the flag is decided.

    Args:
        packet: as it is.
        flag: the decision.
        adds: fields to write even where the file lacks them.
    """
    changes: dict[Name, str | None] = {DIGIKAM_PICK: _DIGIKAM_PICKS[flag], PM_TAGGED: str(flag is Flag.PICK)}
    return {name: value for name, value in changes.items() if name in adds or packet.find(name)}


def rating_changes(packet: Packet, stars: int | None) -> dict[Name, str | None]:
    """Return what to write where the stars are decided: ACDSee's and Windows's own, where they are.

    Args:
        packet: as it is.
        stars: None for no change.
    """
    if stars is None:
        return {}
    percents = dict.fromkeys(MICROSOFT_RATINGS, str(percent_of_stars(stars)))
    return {
        name: value for name, value in {ACDSEE_RATING: str(stars), **percents}.items() if packet.find(name)
    }


def label_changes(packet: Packet, label: Label, former: Label, adds: Set[Name]) -> dict[Name, str | None]:
    """Return what to write where the label is decided.

    The numbers of Photo Mechanic's colour classes mean whatever its user made of them. So a class is cleared
    when the label changes, never guessed. darktable (4.2) looks at its own list only where there is no
    ``xmp:Label``, so a list that says anything else is removed: it would bring back a label that was taken off.

    Args:
        packet: as it is.
        label: the decision.
        former: what the packet says.
        adds: fields to write even where the file lacks them.
    """
    changes: dict[Name, str | None] = {}
    if DIGIKAM_COLOR in adds or packet.find(DIGIKAM_COLOR):
        changes[DIGIKAM_COLOR] = _DIGIKAM_COLORS[label]
    if label is not former and packet.find(PM_CLASS):
        changes[PM_CLASS] = "0"
    colors = [text.strip() for text in packet.items(DARKTABLE_COLORS)]
    if colors and colors != [_DARKTABLE_COLORS.get(label)]:
        changes[DARKTABLE_COLORS] = None
    return changes


def prefs_changes(
    packet: Packet, flag: Flag | None, rating: int | None, new_label: bool
) -> dict[Name, str | None]:
    """Return Photo Mechanic's ``Tagged:Class:Rating:Frame``, such as "1:3:0:008771".

    No change if it looks otherwise.

    Args:
        packet: as it is.
        flag: None for no change.
        rating: None for no change.
        new_label: whether the label changes.
    """
    prefs = packet.value(PM_PREFS) or ""
    parts = prefs.split(":")
    if len(parts) != 4:
        return {}
    if flag is not None:
        parts[0] = str(int(flag is Flag.PICK))
    if new_label:
        parts[1] = "0"
    if rating is not None:
        parts[2] = str(rating)
    changed = ":".join(parts)
    return {PM_PREFS: changed} if changed != prefs else {}
