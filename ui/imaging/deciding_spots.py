"""Where to look in two frames for what decided between them: the same thing in both, at one scale."""

from dataclasses import dataclass

from core.grouping.registration import Registration
from core.ranking.arguments import PersonsPart, TermsPart
from core.subject.spots import AROUND, Spot
from core.types import Analysis, Box

_WHOLE = Box(0.5 - 0.5 / AROUND, 0.5 - 0.5 / AROUND, 1 / AROUND, 1 / AROUND)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """How the two frames are looked at.

    Attributes:
        analysis, other: measures of the first frame and of the other.
        registration: from places of the first to places of the other; None as long as that is not known.
        side: pixels a cut-out has along its side.
        single_pixels: show single pixels; otherwise all that decided, smaller where there is no room for it.
    """

    analysis: Analysis
    other: Analysis
    registration: Registration | None
    side: int
    single_pixels: bool

    def spots(self, part: TermsPart | PersonsPart) -> tuple[Spot, Spot]:
        """Return what to cut out of the first frame and of the other."""
        box, other = part.box, part.other_box
        if box is None and other is None:
            box = other = _WHOLE
        elif box is not None and other == box:  # one place of both frames
            box = self._within(box)
            other = self._there(box)
        elif other is None:  # who is in one frame only is looked for in the other
            assert box is not None  # else the other one is there
            other = self._there(box)
        elif box is None:
            box = self._there(other, back=True)
        eyes, other_eyes = _eyes(self.analysis, box), _eyes(self.other, other)
        if self.single_pixels:
            return _pixels(self.analysis, _middle(box, eyes), self.side), _pixels(
                self.other, _middle(other, other_eyes), self.side
            )
        both = bool(eyes) and bool(other_eyes)  # turned upright in both or in neither, to lie over each other
        room = self.side / AROUND  # what is small is shown with what is around it
        longest = max(longest_side(self.analysis, box), longest_side(self.other, other), room)
        return (
            Spot(_grown(self.analysis, box, longest), eyes if both else ()),
            Spot(_grown(self.other, other, longest), other_eyes if both else ()),
        )

    def _within(self, box: Box) -> Box:
        """Return a place of the first frame, moved so far that nothing beyond its edge is cut out."""
        longest = AROUND * longest_side(self.analysis, box)
        half = (self.side if self.single_pixels else max(longest, self.side)) / 2
        x, y = box.x + box.width / 2, box.y + box.height / 2
        across, down = half / max(1, self.analysis.width), half / max(1, self.analysis.height)
        x, y = _clipped(x, across), _clipped(y, down)
        return Box(x - box.width / 2, y - box.height / 2, box.width, box.height)

    def _there(self, box: Box, *, back: bool = False) -> Box:
        """Return where a place of one frame is in the other; the same place where the other does not show it."""
        if self.registration is None:
            return box
        way = self.registration.inverse() if back else self.registration
        x, y = way.place(box.x + box.width / 2, box.y + box.height / 2)
        if not (0 <= x <= 1 and 0 <= y <= 1):
            return box
        return Box(x - box.width / 2, y - box.height / 2, box.width, box.height)


def _clipped(middle: float, half: float) -> float:
    return min(max(middle, half), 1 - half) if half < 0.5 else 0.5


def _eyes(analysis: Analysis, box: Box) -> tuple[tuple[float, float], ...]:
    """Return the eyes of the face in a box; none where it is no face's."""
    return next((face.landmarks[:2] for face in analysis.faces if face.box == box), ())


def _middle(box: Box, eyes: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    if len(eyes) == 2:
        return (eyes[0][0] + eyes[1][0]) / 2, (eyes[0][1] + eyes[1][1]) / 2
    return box.x + box.width / 2, box.y + box.height / 2


def _pixels(analysis: Analysis, middle: tuple[float, float], side: int) -> Spot:
    """Return a spot of so many pixels of the photo along its side."""
    width, height = side / AROUND / max(1, analysis.width), side / AROUND / max(1, analysis.height)
    return Spot(Box(middle[0] - width / 2, middle[1] - height / 2, width, height))


def longest_side(analysis: Analysis, box: Box) -> float:
    """Return the longer side of a box in pixels of the photo."""
    return max(box.width * analysis.width, box.height * analysis.height)


def _grown(analysis: Analysis, box: Box, longest: float) -> Box:
    """Return a square box of so many pixels with the same middle."""
    width, height = longest / max(1, analysis.width), longest / max(1, analysis.height)
    return Box(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2, width, height)
