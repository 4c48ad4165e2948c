"""Decisions as XMP, the way Lightroom Classic writes them, and with what other programs need besides.

Pick: ``xmpDM:pick="1" xmpDM:good="true"``; reject: -1 and false; unflagged: pick 0 and no ``good``. A label
is its text in the user's label set beside ``photoshop:LabelColor``. Stars are independent of both.

Programs without flags know a reject as ``xmp:Rating="-1"``, which leaves no room for stars: these are kept in
our own namespace, and come back with the photo. Fields of other programs: ``core.sidecar.other_programs``.
"""

from dataclasses import dataclass

from core.language import say
from core.sidecar import other_programs
from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.profiles import LIGHTROOM, Profile, Rejects
from core.sidecar.xmp_fill import FilledMetadata, fill_packet
from core.sidecar.xmp_keywords import add_keywords
from core.sidecar.xmp_namespaces import (
    GOOD,
    LABEL,
    LABEL_COLOR,
    PICK,
    RATING,
    REASONS,
    SCORE,
    SIDECAR_FOR_EXTENSION,
    STARS,
    SUGGESTED,
    Name,
)
from core.sidecar.xmp_packet import Packet, PacketError, parse
from core.sidecar.xmp_properties import set_properties
from core.sidecar.xmp_reader import REJECTED_RATING, facts_of, is_rejected_rating
from core.sidecar.xmp_regions import write_regions
from core.types import Decision, FaceRegions, Flag, Label

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


@dataclass(frozen=True, slots=True)
class XmpAdvice:
    """What the program thought of a frame of a burst, for those who want it in their files.

    Attributes:
        suggested: it is the suggested frame.
        score: its place within the burst, 0 to 1; None where it was not measured.
        reasons: short sentences.
    """

    suggested: bool
    score: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class XmpEdit:
    """What to write; None leaves that property exactly as it is.

    Attributes:
        rating: 0 to 5 stars.
        advice: written into our own namespace.
        keywords: added to those that are there.
        metadata: what a template of the user's says of the photo.
        regions: whose face is where; those of other programs stay.

    Raises:
        ValueError: the rating is out of range.
    """

    flag: Flag | None = None
    rating: int | None = None
    label: Label | None = None
    advice: XmpAdvice | None = None
    keywords: tuple[str, ...] = ()
    metadata: FilledMetadata | None = None
    regions: FaceRegions | None = None

    def __post_init__(self) -> None:
        if self.rating is not None and not 0 <= self.rating <= 5:
            raise ValueError(f"a rating is 0 to 5 stars, not {self.rating}")

    @classmethod
    def of(
        cls,
        decision: Decision,
        advice: XmpAdvice | None = None,
        keywords: tuple[str, ...] = (),
        metadata: FilledMetadata | None = None,
        regions: FaceRegions | None = None,
    ) -> "XmpEdit":
        """Return the edit that writes a decision."""
        return cls(decision.flag, decision.rating, decision.label, advice, keywords, metadata, regions)


def edit_packet(
    data: bytes, edit: XmpEdit, labels: LabelSet = ENGLISH, profile: Profile = LIGHTROOM
) -> bytes:
    """Write decisions into a packet's bytes, leaving every other byte as it is.

    Args:
        data: a whole sidecar, or the packet embedded in a photo.
        edit: what to write.
        labels: the user's texts of the labels.
        profile: the program that is to read it.

    Returns:
        The edited bytes; ``data`` itself where it said so already.

    Raises:
        PacketError: the packet cannot be edited without loss.
    """
    packet = parse(data)
    result = set_properties(data, packet, _changes(packet, edit, labels, profile))
    if edit.keywords:
        result = add_keywords(result, edit.keywords)
    if edit.regions is not None:
        result = write_regions(result, edit.regions)
    return fill_packet(result, edit.metadata) if edit.metadata is not None else result


def new_packet(
    edit: XmpEdit, labels: LabelSet = ENGLISH, extension: str = "", profile: Profile = LIGHTROOM
) -> bytes:
    """Make a packet for a photo that has none.

    Args:
        edit: what to write.
        labels: the user's texts of the labels.
        extension: "CR2" where the sidecar is named like the RAW without it: Adobe's programs then know whose
            it is when a JPEG of that name lies beside it. "" otherwise.
        profile: the program that is to read it.

    Raises:
        PacketError: a label text cannot be written in XML.
    """
    owner = {SIDECAR_FOR_EXTENSION: extension} if extension else {}
    return edit_packet(set_properties(_EMPTY, parse(_EMPTY), owner), edit, labels, profile)


def is_ours(data: bytes) -> bool:
    """Tell whether Shortlist made this packet, and no other program has signed it since.

    Raises:
        PacketError: the packet cannot be understood.
    """
    return parse(data).toolkit == TOOLKIT


def _changes(packet: Packet, edit: XmpEdit, labels: LabelSet, profile: Profile) -> dict[Name, str | None]:
    former = facts_of(packet, labels).label or Label.NONE
    new_label = edit.label is not None and edit.label is not former
    changes = _rating_changes(packet, edit, labels, profile)
    if edit.flag is not None:
        changes[PICK] = {Flag.PICK: "1", Flag.REJECT: "-1", Flag.UNFLAGGED: "0"}[edit.flag]
        changes[GOOD] = {Flag.PICK: "true", Flag.REJECT: "false", Flag.UNFLAGGED: None}[edit.flag]
        changes |= other_programs.flag_changes(packet, edit.flag, profile.adds)
    if edit.label is not None:
        text = profile.labels(labels).text(edit.label)
        if edit.label is not Label.NONE and not text.strip():
            raise PacketError(
                say(
                    "The label set “{labels}” has no text for {label}.",
                    labels=labels.name,
                    label=edit.label.value,
                )
            )
        changes[LABEL] = text or None
        changes[LABEL_COLOR] = edit.label.value if text else None
        changes |= other_programs.label_changes(packet, edit.label, former, profile.adds)
    changes |= other_programs.rating_changes(packet, edit.rating)
    changes |= other_programs.prefs_changes(packet, edit.flag, edit.rating, new_label)
    return changes | _advice_changes(edit.advice)


def _rating_changes(
    packet: Packet, edit: XmpEdit, labels: LabelSet, profile: Profile
) -> dict[Name, str | None]:
    """Return the change of ``xmp:Rating``, which is stars for some programs and the reject for others."""
    if edit.flag is None and edit.rating is None:
        return {}
    was_rejected = is_rejected_rating(packet)
    if edit.flag is Flag.REJECT:
        is_rejected = profile.rejects is Rejects.RATING or (was_rejected and edit.rating is None)
    else:
        is_rejected = was_rejected and edit.flag is None  # stars alone do not take a reject back
    stars = facts_of(packet, labels).rating if edit.rating is None else edit.rating
    if is_rejected:
        return {RATING: str(REJECTED_RATING), STARS: None if stars is None else str(stars)}
    changes: dict[Name, str | None] = {STARS: None}
    if edit.rating is not None or was_rejected:
        changes[RATING] = str(stars or 0)
    return changes


def _advice_changes(advice: XmpAdvice | None) -> dict[Name, str | None]:
    if advice is None:
        return {}
    return {
        SUGGESTED: str(advice.suggested),
        SCORE: None if advice.score is None else f"{advice.score:.3f}",
        REASONS: "; ".join(advice.reasons) or None,
    }
