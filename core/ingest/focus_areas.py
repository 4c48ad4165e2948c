"""Where the camera focused: the focus areas in seven makers' notes, and Exif's own SubjectArea.

Tags, units and directions are as ExifTool's documentation names them. A camera that was focused by hand tells of no
area, and one that says so of nearly the whole frame says nothing either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from typing import Literal, NamedTuple

from core.ingest.focus_sensors import NIKON_5, PENTAX_11, nikon_layout
from core.ingest.maker_notes import Maker, MakerNote
from core.types import NO_AIM, Aim, Box

_CANON_OLD, _CANON_NEW = 0x0012, (0x0026, 0x003C)  # AFInfo; AFInfo2 and AFInfo3, which are alike
_CANON_BY_HAND = 0  # of AFAreaMode
_NIKON_OLD, _NIKON = 0x0088, 0x00B7  # AFInfo, AFInfo2
_SONY_PLACE, _SONY_SIZE = 0x2027, 0x2037  # FocusLocation, FocusFrameSize
_FUJI_PIXEL = 0x1023  # FocusPixel
_OLYMPUS_SETTINGS, _OLYMPUS_AREAS, _OLYMPUS_POINT = 0x2020, 0x0304, 0x0305  # AFAreas, AFPointSelected
_PANASONIC_PLACE, _PANASONIC_SIZE = 0x004D, 0x00DE  # AFPointPosition, AFAreaSize
_PENTAX_POINTS, _PENTAX_CONTRAST = 0x000F, 0x0231  # AFPointsInFocus, ContrastDetectAFArea
_PENTAX_FRAME = (720, 480)

_LEAST = 0.001  # of a side, in that of the frame: nothing smaller is an area
_POINT = 0.04  # side of an area of which only the middle is told, in the frame's width
_MOST_AREAS = 40  # of more, one area around all says as much
_WHOLE = (
    0.2  # of the frame: no area that large was aimed with; phones write it where they chose by themselves
)
_LONGEST = 2.5  # width by height of a frame


class _Frame(NamedTuple):
    width: float
    height: float

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.width / self.height


# By the record's version: where the frame's size lies, and which kinds of focusing it is told of; none for all.
_NIKON_FRAMES: Mapping[bytes, tuple[int, frozenset[int]]] = {
    b"0100": (0x10, frozenset({1})),
    b"0101": (0x46, frozenset({1})),
    b"0300": (0x2A, frozenset({2})),
    b"0301": (0x2A, frozenset({1, 2})),
    b"0400": (0x3E, frozenset()),
    b"0401": (0x3E, frozenset()),
    b"0402": (0x3E, frozenset()),
}


def aim(note: MakerNote | None, model: str, subject: Sequence[int], size: tuple[int, int]) -> Aim:
    """Return where the camera focused; ``NO_AIM`` where it does not tell.

    Args:
        note: its maker's; None where there is none that is known.
        model: the camera's.
        subject: Exif's SubjectArea: the middle, with a diameter or a width and a height; none where it is not there.
        size: width and height of the picture as Exif has them, in pixels; 0 where it has not.

    Raises:
        OSError: the file cannot be read any further.
    """
    found = _MAKERS[note.maker](note, model, _Frame(*size)) if note is not None else NO_AIM
    if not found.areas and 2 <= len(subject) <= 4:
        width, height = (*subject[2:], *subject[2:])[:2] or (0, 0)
        found = _of_middles([(subject[0], subject[1], width, height)], _Frame(*size))
    return found if _is_aimed(found) else NO_AIM


def _is_aimed(found: Aim) -> bool:
    return bool(found.areas) and sum(box.area for box in found.areas) < _WHOLE


def _canon(note: MakerNote, model: str, _size: _Frame) -> Aim:
    for tag in _CANON_NEW:
        if len(values := note.numbers(tag)) > 8 and values[1] != _CANON_BY_HAND:
            return _canon_areas(values[2:], 4, model)
    return _canon_areas(note.numbers(_CANON_OLD), 1, model)


def _canon_areas(values: Sequence[int], lists: int, model: str) -> Aim:
    """Read the areas: their number, sizes of pictures, then widths, heights, places across and down, and bits.

    Args:
        values: from the number of areas on.
        lists: 4 where each area has a size of its own, 1 where two numbers are all areas' size.
        model: places down count upwards in EOS cameras, downwards in others.
    """
    if len(values) < 8 or not (count := values[0]) or not all(values[2:6]):
        return NO_AIM
    frame, picture = _Frame(*values[4:6]), _Frame(*values[2:4])
    aspect = frame.aspect if frame.aspect < _LONGEST else picture.aspect  # compacts count in odd units
    widths: Sequence[int]
    heights: Sequence[int]
    if lists == 1:
        widths, heights, at = [values[6]] * count, [values[7]] * count, 8
    else:
        widths, heights, at = values[6 : 6 + count], values[6 + count : 6 + 2 * count], 6 + 2 * count
    across, down = map(_signed, (values[at : at + count], values[at + count : at + 2 * count]))
    up = -1 if "EOS" in model.upper() else 1
    words = -(-count // 16)
    at += 2 * count
    for is_found, bits in ((True, values[at : at + words]), (False, values[at + words : at + 2 * words])):
        chosen = _bits(bits, 16, count)
        if not is_found and (lists == 1 or 1 < sum(chosen) >= values[1]):  # all of them: none was chosen
            break
        areas = [
            (frame.width / 2 + x, frame.height / 2 + up * y, width, height)
            for x, y, width, height in compress(zip(across, down, widths, heights, strict=False), chosen)
            if width and height
        ]
        if areas:
            return _of_middles(areas, frame, in_focus=is_found, aspect=aspect)
    return NO_AIM


def _nikon(note: MakerNote, model: str, _size: _Frame) -> Aim:
    info = note.data(_NIKON)
    at, told_of = _NIKON_FRAMES.get(info[:4], (0, frozenset()))
    code: Literal["little", "big"] = "little" if note.order == "<" else "big"
    frame = [int.from_bytes(info[place : place + 2], code) for place in range(at, at + 12, 2)] if at else []
    if len(info) >= at + 12 and frame and all(frame[:4]) and (not told_of or info[4] in told_of):
        return _of_middles([tuple(frame[2:6])], _Frame(*frame[:2]), in_focus=info[at + 12 : at + 13] != b"\0")
    if len(info) > 9 and (layout := nikon_layout(info[6], model)):
        return _of_points(_bits(info[8:28], 8, len(layout)), layout, 1.5)
    old = note.data(_NIKON_OLD)
    if len(old) == 4:
        return _of_points(_bits([int.from_bytes(old[2:4], code)], 16, 5), NIKON_5, 1.5)
    return NO_AIM


def _sony(note: MakerNote, _model: str, _size: _Frame) -> Aim:
    place = note.numbers(_SONY_PLACE)
    if len(place) != 4 or not all(place):
        return NO_AIM
    size = note.data(_SONY_SIZE)
    numbers = [int.from_bytes(size[at : at + 2], "little") for at in (0, 2, 4)]
    width, height = numbers[:2] if numbers[2] else (0, 0)
    return _of_middles([(*place[2:], width, height)], _Frame(*place[:2]), in_focus=True)


def _fujifilm(note: MakerNote, _model: str, size: _Frame) -> Aim:
    place = note.numbers(_FUJI_PIXEL)
    return _of_middles([(*place, 0, 0)], size) if len(place) == 2 and all(place) else NO_AIM


def _olympus(note: MakerNote, _model: str, _size: _Frame) -> Aim:
    settings = note.below(_OLYMPUS_SETTINGS)
    corners = [value.to_bytes(4, "big") for value in settings.numbers(_OLYMPUS_AREAS) if 0 < value < 2**32]
    boxes = [Box(x / 255, y / 255, (to_x - x) / 255, (to_y - y) / 255) for x, y, to_x, to_y in corners]
    if not boxes:
        point = [above / below for above, below in settings.fractions(_OLYMPUS_POINT)[1:] if below]
        if len(point) == 4 and any(point):
            x, y, to_x, to_y = point
            boxes = [_least(Box(x, y, to_x - x, to_y - y))]
    return _aim(boxes, 0.0, in_focus=False)


def _panasonic(note: MakerNote, _model: str, _size: _Frame) -> Aim:
    place, size = _shares(note.fractions(_PANASONIC_PLACE)), _shares(note.fractions(_PANASONIC_SIZE))
    if len(place) != 2 or not any(place):
        return NO_AIM
    width, height = size if len(size) == 2 else (0.0, 0.0)
    return _of_middles([(*place, width, height)], _Frame(1, 1), aspect=0.0)


def _shares(fractions: Iterable[tuple[int, int]]) -> list[float]:
    """Return what lies between 0 and 1; Panasonic writes large numbers for none."""
    return [above / below for above, below in fractions if below and 0 <= above <= below]


def _pentax(note: MakerNote, _model: str, _size: _Frame) -> Aim:
    points = note.numbers(_PENTAX_POINTS)
    found = NO_AIM
    if len(points) == 1 and points[0] != 0xFFFF:
        found = _of_points(_bits(points, 16, len(PENTAX_11)), PENTAX_11, 1.5)
    area = note.numbers(_PENTAX_CONTRAST)
    if not found.areas and len(area) == 4 and all(area[2:]):
        x, y, width, height = area
        middle = (x + width / 2, y + height / 2, width, height)
        found = _of_middles([middle], _Frame(*_PENTAX_FRAME), in_focus=True)
    return found


_MAKERS: Mapping[Maker, Callable[[MakerNote, str, _Frame], Aim]] = {
    Maker.CANON: _canon,
    Maker.FUJIFILM: _fujifilm,
    Maker.NIKON: _nikon,
    Maker.OLYMPUS: _olympus,
    Maker.PANASONIC: _panasonic,
    Maker.PENTAX: _pentax,
    Maker.SONY: _sony,
}


def _of_points(chosen: Sequence[bool], layout: Sequence[tuple[float, float]], aspect: float) -> Aim:
    boxes = [_around(0.5 + x, 0.5 + y, 0.0, 0.0) for x, y in compress(layout, chosen)]
    return _aim(boxes, aspect, in_focus=True)


def _of_middles(
    areas: Iterable[Sequence[float]], frame: _Frame, *, in_focus: bool = False, aspect: float | None = None
) -> Aim:
    """Return areas that are told by middle, width and height in the units of a frame."""
    if not all(frame):
        return NO_AIM
    boxes = [
        _around(x / frame.width, y / frame.height, width / frame.width, height / frame.height)
        for x, y, width, height in areas
        if 0 <= x <= frame.width and 0 <= y <= frame.height
    ]
    return _aim(boxes, frame.aspect if aspect is None else aspect, in_focus=in_focus)


def _aim(boxes: Sequence[Box], aspect: float, *, in_focus: bool) -> Aim:
    inside = [box for box in map(Box.within_picture, boxes) if min(box.width, box.height) >= _LEAST]
    if len(inside) > _MOST_AREAS:
        left, top = min(box.x for box in inside), min(box.y for box in inside)
        right = max(box.x + box.width for box in inside)
        bottom = max(box.y + box.height for box in inside)
        inside = [Box(left, top, right - left, bottom - top)]
    if not inside:
        return NO_AIM
    return Aim(tuple(inside), in_focus, aspect).rounded()


def _around(x: float, y: float, width: float, height: float) -> Box:
    return _least(Box(x - width / 2, y - height / 2, width, height))


def _least(box: Box) -> Box:
    """Return an area that can be seen where only a point was told."""
    width, height = box.width or _POINT, box.height or _POINT * 1.5
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return Box(x - width / 2, y - height / 2, width, height)


def _bits(words: Iterable[int], size: int, count: int) -> list[bool]:
    """Return the bits of some words, the lowest of the first one first."""
    bits = [bool(word >> bit & 1) for word in words for bit in range(size)]
    return bits[:count]


def _signed(values: Iterable[int]) -> list[int]:
    return [value - 2**16 if value >= 2**15 else value for value in values]
