"""Decisions as XMP, the way Lightroom Classic writes them.

Pick: ``xmpDM:pick="1" xmpDM:good="true"``; reject: -1 and false; unflagged: pick 0 and no ``good``. A label
is its text in the user's label set beside ``photoshop:LabelColor``. Stars are independent of both.

Fields of digiKam and Photo Mechanic are never added, but brought up to date where a file has them, or their
stale values would win in those programs. ``photoshop:Urgency`` is left alone: it is not a colour everywhere.
"""

from dataclasses import dataclass

from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.xmp_namespaces import (
    DIGIKAM_COLOR,
    DIGIKAM_PICK,
    GOOD,
    LABEL,
    LABEL_COLOR,
    PICK,
    PM_CLASS,
    PM_PREFS,
    PM_TAGGED,
    RATING,
    SIDECAR_FOR_EXTENSION,
    Name,
)
from core.sidecar.xmp_packet import Packet, PacketError, parse
from core.sidecar.xmp_reader import facts_of, is_rejected_rating
from core.sidecar.xmp_splice import set_properties
from core.types import Decision, Flag, Label

TOOLKIT = "Shortlist"

_EMPTY = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="{TOOLKIT}">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpDM="http://ns.adobe.com/xmp/1.0/DynamicMedia/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"/>
 </rdf:RDF>
</x:xmpmeta>
""".encode()

_DIGIKAM_PICKS = {Flag.UNFLAGGED: "0", Flag.REJECT: "1", Flag.PICK: "3"}
_DIGIKAM_COLORS = {
    Label.NONE: "0",
    Label.RED: "1",
    Label.YELLOW: "3",
    Label.GREEN: "4",
    Label.BLUE: "5",
    Label.PURPLE: "6",  # digiKam's magenta
}


@dataclass(frozen=True, slots=True)
class XmpEdit:
    """What to write; None leaves that property exactly as it is.

    Attributes:
        rating: 0 to 5 stars.

    Raises:
        ValueError: the rating is out of range.
    """

    flag: Flag | None = None
    rating: int | None = None
    label: Label | None = None

    def __post_init__(self) -> None:
        if self.rating is not None and not 0 <= self.rating <= 5:
            raise ValueError(f"a rating is 0 to 5 stars, not {self.rating}")

    @classmethod
    def of(cls, decision: Decision) -> "XmpEdit":
        """The edit that writes a decision."""
        return cls(decision.flag, decision.rating, decision.label)


def edit_packet(data: bytes, edit: XmpEdit, labels: LabelSet = ENGLISH) -> bytes:
    """Writes decisions into a sidecar's bytes, leaving every other byte as it is.

    Args:
        data: a whole sidecar.
        edit: what to write.
        labels: the texts of the labels.

    Returns:
        The edited bytes; ``data`` itself where it said so already.

    Raises:
        PacketError: the packet cannot be edited without loss.
    """
    packet = parse(data)
    return set_properties(data, packet, _changes(packet, edit, labels))


def new_packet(edit: XmpEdit, labels: LabelSet = ENGLISH, extension: str = "") -> bytes:
    """A sidecar for a photo that has none.

    Args:
        edit: what to write.
        labels: the texts of the labels.
        extension: "CR2" where the sidecar is named like the RAW without it: Adobe's programs then know whose
            it is when a JPEG of that name lies beside. "" else.

    Raises:
        PacketError: a label text cannot be written in XML.
    """
    owner = {SIDECAR_FOR_EXTENSION: extension} if extension else {}
    return edit_packet(set_properties(_EMPTY, parse(_EMPTY), owner), edit, labels)


def is_ours(data: bytes) -> bool:
    """Whether Shortlist made this sidecar, and no other program has signed it since.

    Raises:
        PacketError: the packet cannot be understood.
    """
    return parse(data).toolkit == TOOLKIT


def _changes(packet: Packet, edit: XmpEdit, labels: LabelSet) -> dict[Name, str | None]:
    changes: dict[Name, str | None] = {}
    if edit.rating is not None:
        changes[RATING] = str(edit.rating)
    elif edit.flag in (Flag.PICK, Flag.UNFLAGGED) and is_rejected_rating(packet):
        changes[RATING] = "0"  # no stars are lost, but Bridge and darktable would go on rejecting it
    if edit.flag is not None:
        changes[PICK] = {Flag.PICK: "1", Flag.REJECT: "-1", Flag.UNFLAGGED: "0"}[edit.flag]
        changes[GOOD] = {Flag.PICK: "true", Flag.REJECT: "false", Flag.UNFLAGGED: None}[edit.flag]
    if edit.label is not None:
        text = labels.text(edit.label)
        if edit.label is not Label.NONE and not text.strip():
            raise PacketError(f"The label set “{labels.name}” has no text for {edit.label.value}.")
        changes[LABEL] = text or None
        changes[LABEL_COLOR] = edit.label.value if text else None
    return changes | _for_other_programs(packet, edit, labels)


def _for_other_programs(packet: Packet, edit: XmpEdit, labels: LabelSet) -> dict[Name, str | None]:
    """New values for those fields of digiKam and Photo Mechanic that the file has.

    The numbers of Photo Mechanic's colour classes mean whatever its user made of them. So a class is cleared
    when the label changes, never guessed.
    """
    changes: dict[Name, str | None] = {}
    if edit.flag is not None:
        changes[DIGIKAM_PICK] = _DIGIKAM_PICKS[edit.flag]
        changes[PM_TAGGED] = str(edit.flag is Flag.PICK)
    if edit.label is not None:
        changes[DIGIKAM_COLOR] = _DIGIKAM_COLORS[edit.label]
    new_label = edit.label is not None and (facts_of(packet, labels).label or Label.NONE) is not edit.label
    if new_label:
        changes[PM_CLASS] = "0"
    prefs = packet.value(PM_PREFS)
    new_prefs = _photo_mechanic_prefs(prefs, edit, new_label)
    if new_prefs != prefs:
        changes[PM_PREFS] = new_prefs
    return {name: value for name, value in changes.items() if packet.value(name) is not None}


def _photo_mechanic_prefs(prefs: str | None, edit: XmpEdit, new_label: bool) -> str | None:
    """``Tagged:Class:Rating:Frame``, such as "1:3:0:008771"; as it is where it looks otherwise."""
    parts = (prefs or "").split(":")
    if len(parts) != 4:
        return prefs
    if edit.flag is not None:
        parts[0] = str(int(edit.flag is Flag.PICK))
    if new_label:
        parts[1] = "0"
    if edit.rating is not None:
        parts[2] = str(edit.rating)
    return ":".join(parts)
