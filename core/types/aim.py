"""Where the camera focused."""

from dataclasses import dataclass, replace

from core.types.measures import Box

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Aim:
    """Where the camera focused, by its own word; see ``core.subject.aimed`` for the places in the shown picture.

    Attributes:
        areas: the focus areas, in fractions of the camera's frame as it lies in the file, before any turning; none
            where the camera did not focus by itself or does not tell.
        in_focus: the camera says that it found focus there; else it is only where it was to look for it.
        aspect: width by height of the camera's frame, where the picture may show a part of it; 0 where the areas
            are fractions of the picture itself.
    """

    areas: tuple[Box, ...] = ()
    in_focus: bool = False
    aspect: float = 0.0

    def turned(self, orientation: int) -> "Aim":
        """Return the same for a picture that was turned by so much already."""
        aspect = 1 / self.aspect if self.aspect and orientation >= 5 else self.aspect
        areas = tuple(turned_box(box, orientation) for box in self.areas)
        return replace(self, areas=areas, aspect=aspect).rounded()

    def rounded(self) -> "Aim":
        """Return the same with so many digits as mean something."""
        areas = [[round(side, _DIGITS) for side in (b.x, b.y, b.width, b.height)] for b in self.areas]
        return replace(self, areas=tuple(Box(*sides) for sides in areas), aspect=round(self.aspect, _DIGITS))


NO_AIM = Aim()
"""What a file says that tells nothing; one for all photos of a shoot."""


_BACK = {6: 8, 8: 6}  # every other orientation undoes itself


def stored_box(box: Box, orientation: int) -> Box:
    """Return where a box of the upright picture lies in the picture as it is stored."""
    return turned_box(box, _BACK.get(orientation, orientation))


def turned_box(box: Box, orientation: int) -> Box:
    """Turn a box in fractions of a picture as Exif's orientation turns the picture (CIPA DC-008, 4.6.4)."""
    x, y, width, height = box.x, box.y, box.width, box.height
    to_x, to_y = 1 - x - width, 1 - y - height  # from the right and from below
    match orientation:
        case 2:
            return Box(to_x, y, width, height)
        case 3:
            return Box(to_x, to_y, width, height)
        case 4:
            return Box(x, to_y, width, height)
        case 5:
            return Box(y, x, height, width)
        case 6:
            return Box(to_y, x, height, width)
        case 7:
            return Box(to_y, to_x, height, width)
        case 8:
            return Box(y, to_x, height, width)
    return box
