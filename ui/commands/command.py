"""What a command is: an id, words, keys, and the screens it works on."""

from dataclasses import dataclass
from enum import Flag, StrEnum

from core.language import mark


class Where(Flag):
    """The screens a command works on. Two commands may share a key only where their screens differ."""

    WELCOME = 1
    GRID = 2
    LOUPE = 4
    COMPARE = 8
    SURVEY = 16
    FACES = 32
    AUDIT = 64
    LARGE = LOUPE | COMPARE | SURVEY
    BIG = LARGE | FACES
    PHOTOS = GRID | BIG
    EVERYWHERE = WELCOME | PHOTOS | AUDIT


SCREENS = {
    Where.GRID: mark("grid"),
    Where.LOUPE: mark("loupe"),
    Where.COMPARE: mark("compare"),
    Where.SURVEY: mark("survey"),
    Where.FACES: mark("faces of the group"),
}
"""What the screens with photos are called in a list of them, in the order in which one comes to them."""


class Group(StrEnum):
    """The headings under which the sheet of keys lists the commands, in its order."""

    DECIDE = mark("Decide")
    LABELS = mark("Colour labels")
    GROUPS = mark("Bursts and groups")
    VIEW = mark("View")
    ORDER = mark("Order")
    LOOK = mark("Look closely")
    CONTEST = mark("Compare and survey")
    MOVE = mark("Moving")
    FILTER = mark("Show only")
    FILE = mark("Shoot")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do.

    Attributes:
        keys: in Qt's portable spelling, "Ctrl+Shift+Z"; the first one is shown in menus.
        help: one sentence for the tooltip, the sheet of keys and the guide.
        by_view: the views hear these keys themselves, so no action is installed for them.
        repeats: whether holding the key down repeats the command. Decisions never do.
        apart: a line stands above it in its menu, as something else begins there.
        family: what the sheet of keys calls the command and its neighbours of the same family, in one line.
    """

    id: str
    title: str
    group: Group
    keys: tuple[str, ...]
    where: Where
    help: str
    by_view: bool = False
    repeats: bool = False
    apart: bool = False
    family: str = ""
