"""Faces with names as regions of the picture: ``mwg-rs:Regions`` (Metadata Working Group, Guidelines 2.0, 5.9).

Regions lie in the picture as stored, before its orientation turns it. A region of ours bears a note of ours among its
extensions; by that it is known again, changed and taken away. Those of other programs are only ever read: what they
say of a face stays, and nothing is put over it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.sidecar.splices import Splice, apply
from core.sidecar.xmp_elements import REFUSED, Prefixes, home_of, insertion
from core.sidecar.xmp_namespaces import (
    AREA,
    DIMENSIONS,
    IS_REGION,
    MICROSOFT_REGION,
    MICROSOFT_REGION_LIST,
    MICROSOFT_REGIONS,
    RDF,
    REGIONS,
    Name,
)
from core.sidecar.xmp_packet import Description, Packet, PacketError, Property, escape, parse
from core.sidecar.xmp_tree import Element, tree_of
from core.types import Box, FaceRegion, FaceRegions

_SAME_FACE = 0.5  # of the smaller box: programs draw larger or smaller boxes around one face
_SAME_SHAPE = 0.02  # relative: regions of a picture of another shape lie elsewhere in this one
_FACE = "Face"


@dataclass(frozen=True, slots=True)
class _Region:
    """A region that is there; ``element`` is its item of the list."""

    element: Element
    name: str
    is_face: bool
    box: Box | None
    is_ours: bool


def named_faces(packet: Packet) -> tuple[FaceRegion, ...]:
    """Read the named faces of a packet, each once; what cannot be understood is left out.

    Returns:
        In fractions of the picture as stored.
    """
    found: list[FaceRegion] = []
    for regions in (_metadata_working_groups(packet), _microsofts(packet)):
        for region in regions:
            is_known = any(one.name == region.name and _overlap(one.box, region.box) for one in found)
            if not is_known:
                found.append(region)
    return tuple(found)


def write_regions(data: bytes, wanted: FaceRegions) -> bytes:
    """Have a packet say which face is whose, leaving every other byte as it is.

    A face that another program calls by a name is left to it, and so is a name that it has for another face. Regions
    of ours that are not wanted any more are taken away.

    Args:
        data: a whole sidecar, or the packet embedded in a photo.
        wanted: all named faces.

    Returns:
        The edited bytes; ``data`` itself where nothing had to change.

    Raises:
        PacketError: the packet cannot be edited without loss.
    """
    packet = parse(data)
    found = packet.find(REGIONS)
    if not found:
        if not wanted.faces:
            return data
        home = home_of(packet, REGIONS.namespace)
        splices = [insertion(data, home, [_new(home, wanted)])]
        missing: Sequence[FaceRegion] = wanted.faces
        kept: list[_Region] = []
    else:
        if len(found) > 1:
            raise PacketError(REFUSED)
        tree = tree_of(packet, found[0])
        if not _has_shape(tree, wanted):
            return data
        home = next(one for one in packet.descriptions if found[0] in one.properties)
        listed = _list_of(tree)
        regions = [_region(item) for item in listed.items()]
        missing, outdated = _compared(regions, wanted.faces)
        if not missing and not outdated:
            return data
        kept = [region for region in regions if region not in outdated]
        if not kept and not missing:  # all of it was ours
            result = apply(data, [Splice(*found[0].whole, b"")])
            if parse(result).find(REGIONS) or _others(packet) != _others(parse(result)):
                raise PacketError(REFUSED)
            return result
        splices = _changes(data, home, listed, missing, outdated)
    result = apply(data, sorted(splices))
    _check(packet, result, [_said(region) for region in kept] + [(one.name, True) for one in missing])
    return result


def called_otherwise(packet: Packet, wanted: FaceRegions) -> tuple[tuple[str, str], ...]:
    """Return the names that are not written since another program calls these faces by other names: ours and theirs."""
    found = (_items(packet, one, Name(REGIONS.namespace, "RegionList")) for one in packet.find(REGIONS))
    theirs = [region for items in found for region in map(_region, items) if not region.is_ours]
    return tuple(
        (face.name, region.name)
        for face in wanted.faces
        for region in theirs
        if region.name not in ("", face.name) and _lies_on(region, face)
    )


def _compared(
    regions: Sequence[_Region], wanted: Sequence[FaceRegion]
) -> tuple[list[FaceRegion], list[_Region]]:
    """Return what is wanted and not there, and what of ours is there and not wanted."""
    missing, outdated = list(wanted), []
    for region in regions:
        same = next((one for one in missing if one.name == region.name and _lies_on(region, one)), None)
        if same is not None:
            missing.remove(same)
        elif region.is_ours:
            outdated.append(region)
    theirs = [region for region in regions if region.is_face and region.name and not region.is_ours]
    return [
        one
        for one in missing
        if not any(_lies_on(region, one) or region.name == one.name for region in theirs)
    ], outdated


def _lies_on(region: _Region, face: FaceRegion) -> bool:
    return region.is_face and region.box is not None and _overlap(region.box, face.box)


def _overlap(one: Box, other: Box) -> bool:
    shared = one.shared_area(other)
    return shared > 0 and shared >= _SAME_FACE * min(one.area, other.area)


def _region(item: Element) -> _Region:
    kind = item.value(Name(REGIONS.namespace, "Type"))
    extensions = item.parts().get(Name(REGIONS.namespace, "Extensions"))
    is_ours = isinstance(extensions, Element) and bool(extensions.value(IS_REGION))
    name = item.value(Name(REGIONS.namespace, "Name"))
    return _Region(item, name, kind in ("", _FACE), _box(item), is_ours)


def _box(item: Element) -> Box | None:
    """Return the rectangle of an area in fractions, whose middle is written; None for any other."""
    area = item.parts().get(Name(REGIONS.namespace, "Area"))
    if not isinstance(area, Element) or area.value(Name(AREA, "unit")) not in ("", "normalized"):
        return None
    sides = [_number(area.value(Name(AREA, side))) for side in ("x", "y", "w", "h")]
    return _whole_box(sides, from_middle=True)


def _whole_box(sides: Sequence[float | None], *, from_middle: bool) -> Box | None:
    """Return a box of four numbers, as far as it lies in the picture; None where they are no such numbers."""
    if len(sides) != 4 or any(side is None for side in sides):
        return None
    x, y, width, height = (side or 0.0 for side in sides)
    if not 0 < width <= 1 or not 0 < height <= 1 or not 0 <= x <= 1 or not 0 <= y <= 1:
        return None
    left, top = (x - width / 2, y - height / 2) if from_middle else (x, y)
    return Box(left, top, width, height).within_picture()


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _has_shape(tree: Element, wanted: FaceRegions) -> bool:
    """Tell whether what is there was said of a picture of this shape, as far as it says of which."""
    size = tree.parts().get(Name(REGIONS.namespace, "AppliedToDimensions"))
    if not isinstance(size, Element):
        return True
    width, height = (_number(size.value(Name(DIMENSIONS, side))) for side in ("w", "h"))
    if not width or not height or not wanted.width or not wanted.height:
        return True
    return abs(width / height / (wanted.width / wanted.height) - 1) <= _SAME_SHAPE


def _list_of(tree: Element) -> Element:
    part = tree.parts().get(Name(REGIONS.namespace, "RegionList"))
    listed = part.list_within() if isinstance(part, Element) else None
    if listed is None:
        raise PacketError(REFUSED)
    return listed


def _changes(
    data: bytes,
    home: Description,
    listed: Element,
    missing: Sequence[FaceRegion],
    outdated: Sequence[_Region],
) -> list[Splice]:
    """Take items out with the space before them, and put others at the end, set as those that are there."""
    items = list(listed.items())
    gone = [region.element for region in outdated]
    splices = [Splice(_before(data, item.whole[0]), item.whole[1], b"") for item in gone]
    if not missing:
        return splices
    new = [_item(home, face) for face in missing]
    if not listed.is_collapsed:
        end = items[-1].whole[1] if items else listed.inner[0]
        space = data[_before(data, items[0].whole[0]) : items[0].whole[0]] if items else b""
        return [*splices, Splice(end, end, b"".join(space + item for item in new))]
    start, end = listed.whole
    slash = data.rindex(b"/", start, end)
    tag = data[start + 1 : end].split(b"/")[0].split()[0]
    return [*splices, Splice(slash, end, b">%s</%s>" % (b"".join(new), tag))]


def _before(data: bytes, at: int) -> int:
    """Return where the white space before a place begins."""
    while data[at - 1 : at].isspace():
        at -= 1
    return at


def _new(home: Description, wanted: FaceRegions) -> bytes:
    """Write the whole property."""
    prefixes = Prefixes(home)
    tags = [
        prefixes.tag(name)
        for name in (
            REGIONS,
            Name(RDF, "parseType"),
            Name(REGIONS.namespace, "AppliedToDimensions"),
            Name(REGIONS.namespace, "RegionList"),
            Name(RDF, "Bag"),
            *(Name(DIMENSIONS, side) for side in ("w", "h", "unit")),
        )
    ]
    regions, kind, size, listed, bag, width, height, unit = tags
    items = b"".join(_item(home, face, prefixes) for face in wanted.faces)
    return (
        b'<%(regions)s%(declared)s %(kind)s="Resource"><%(size)s %(width)s="%(w)d" %(height)s="%(h)d" '
        b'%(unit)s="pixel"/><%(listed)s><%(bag)s>%(items)s</%(bag)s></%(listed)s></%(regions)s>'
    ) % {
        b"regions": regions,
        b"declared": prefixes.declarations,
        b"kind": kind,
        b"size": size,
        b"width": width,
        b"height": height,
        b"unit": unit,
        b"listed": listed,
        b"bag": bag,
        b"items": items,
        b"w": wanted.width,
        b"h": wanted.height,
    }


def _item(home: Description, face: FaceRegion, around: Prefixes | None = None) -> bytes:
    """Write one region; what its element declares itself is what nothing around it does."""
    prefixes = around or Prefixes(home)
    rs = REGIONS.namespace
    li, description, name, kind, area, extensions, ours = (
        prefixes.tag(one)
        for one in (
            Name(RDF, "li"),
            Name(RDF, "Description"),
            Name(rs, "Name"),
            Name(rs, "Type"),
            Name(rs, "Area"),
            Name(rs, "Extensions"),
            IS_REGION,
        )
    )
    box = face.box
    sides = (box.x + box.width / 2, box.y + box.height / 2, box.width, box.height)
    area_of = b"".join(
        b' %s="%.6f"' % (prefixes.tag(Name(AREA, side)), value)
        for side, value in zip(("x", "y", "w", "h"), sides, strict=True)
    )
    unit = b' %s="normalized"' % prefixes.tag(Name(AREA, "unit"))
    declared = b"" if around is not None else prefixes.declarations
    return b'<%s%s><%s %s="%s" %s="Face"><%s%s%s/><%s %s="True"/></%s></%s>' % (
        li,
        declared,
        description,
        name,
        escape(face.name),
        kind,
        area,
        area_of,
        unit,
        extensions,
        ours,
        description,
        li,
    )


def _check(before: Packet, result: bytes, meant: Sequence[tuple[str, bool]]) -> None:
    """Make sure that the result says what was meant, and of everything else the same as before."""
    after = parse(result)
    found = after.find(REGIONS)
    if len(found) != 1:
        raise PacketError(REFUSED)
    now = [_said(_region(item)) for item in _list_of(tree_of(after, found[0])).items()]
    if now != list(meant) or _others(before) != _others(after):
        raise PacketError(REFUSED)


def _said(region: _Region) -> tuple[str, bool]:
    return region.name, region.is_ours


def _others(packet: Packet) -> list[tuple[Name, bytes]]:
    return sorted(
        (found.name, packet.data[slice(*found.inner)]) for found in packet.properties if found.name != REGIONS
    )


def _metadata_working_groups(packet: Packet) -> Iterator[FaceRegion]:
    for found in packet.find(REGIONS):
        for region in map(_region, _items(packet, found, Name(REGIONS.namespace, "RegionList"))):
            if region.is_face and region.name and region.box is not None:
                yield FaceRegion(region.name, region.box)


def _microsofts(packet: Packet) -> Iterator[FaceRegion]:
    """Yield what Windows and others write beside: a rectangle as four numbers, from its corner."""
    for found in packet.find(MICROSOFT_REGIONS):
        for item in _items(packet, found, MICROSOFT_REGION_LIST):
            name = item.value(Name(MICROSOFT_REGION, "PersonDisplayName"))
            sides = [_number(text) for text in item.value(Name(MICROSOFT_REGION, "Rectangle")).split(",")]
            box = _whole_box(sides, from_middle=False)
            if name and box is not None:
                yield FaceRegion(name, box)


def _items(packet: Packet, found: Property, name: Name) -> list[Element]:
    """Return the items of a list within a property; none where it is not so."""
    if found.value is not None:
        return []
    try:
        part = tree_of(packet, found).parts().get(name)
    except PacketError:
        return []
    listed = part.list_within() if isinstance(part, Element) else None
    return [] if listed is None else list(listed.items())
