"""The placeholders there are: one table, which templates, menus, the user guide and the tests go by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from core.language import mark
from core.naming.facts import PhotoFacts


class Shape(Enum):
    """What the words behind a placeholder's colon mean."""

    TEXT = auto()  # upper, lower, or the most characters
    NUMBER = auto()  # the least digits
    DATE = auto()  # the parts of a date, such as %Y-%m-%d


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder.

    Attributes:
        word: as written between braces.
        shape: of what stands for it.
        meaning: for menus.
        value: looks it up; "" or None where it is not known.
        usual: what stands behind the colon where nothing is written.
    """

    word: str
    shape: Shape
    meaning: str
    value: Callable[[PhotoFacts], str | int | datetime | None]
    usual: str = ""

    @property
    def written(self) -> str:
        """The placeholder as it stands in a template, with what usually goes behind the colon."""
        return "{" + self.word + (f":{self.usual}" if self.usual else "") + "}"


PLACEHOLDERS = (
    Placeholder("date", Shape.DATE, mark("Day it was taken"), lambda known: known.taken, "%Y-%m-%d"),
    Placeholder("time", Shape.DATE, mark("Time it was taken"), lambda known: known.taken, "%H%M%S"),
    Placeholder("shoot", Shape.TEXT, mark("Name of the shoot"), lambda known: known.shoot),
    Placeholder("counter", Shape.NUMBER, mark("Counter"), lambda known: known.counter, "04"),
    Placeholder("name", Shape.TEXT, mark("Original name"), lambda known: known.name),
    Placeholder("number", Shape.NUMBER, mark("Number in the original name"), lambda known: known.number),
    Placeholder("folder", Shape.TEXT, mark("Original folder"), lambda known: known.folder),
    Placeholder("camera", Shape.TEXT, mark("Camera"), lambda known: known.camera),
    Placeholder("serial", Shape.TEXT, mark("Serial number of the camera"), lambda known: known.serial),
    Placeholder("lens", Shape.TEXT, mark("Lens"), lambda known: known.lens),
    Placeholder("iso", Shape.NUMBER, mark("ISO sensitivity"), lambda known: known.iso),
    Placeholder(
        "mm",
        Shape.NUMBER,
        mark("Focal length in millimetres"),
        lambda known: None if known.focal_length is None else round(known.focal_length),
    ),
    Placeholder("scene", Shape.NUMBER, mark("Number of the scene"), lambda known: known.scene),
    Placeholder("burst", Shape.NUMBER, mark("Number of the burst"), lambda known: known.burst),
    Placeholder("frame", Shape.NUMBER, mark("Number within the burst"), lambda known: known.frame),
    Placeholder("rating", Shape.NUMBER, mark("Stars, 0 to 5"), lambda known: known.rating),
    Placeholder("flag", Shape.TEXT, mark("Flag: pick, reject, unflagged"), lambda known: known.flag.value),
    Placeholder("label", Shape.TEXT, mark("Colour label"), lambda known: _label(known)),
    Placeholder("look", Shape.TEXT, mark("Name of its look"), lambda known: known.look),
    Placeholder(
        "person",
        Shape.TEXT,
        mark("Name of the person seen most often"),
        lambda known: next(iter(known.people), ""),
    ),
    Placeholder("people", Shape.TEXT, mark("Names of all people"), lambda known: "; ".join(known.people)),
)

BY_WORD = {placeholder.word: placeholder for placeholder in PLACEHOLDERS}


def _label(known: PhotoFacts) -> str:
    return "" if known.label.value == "none" else known.label.value
