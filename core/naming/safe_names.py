r"""Names that every disk and system takes: Windows', a Mac's and Linux's, whichever the program runs on.

Windows refuses ``<>:"/\|?*``, control characters, names of old devices, and dots and spaces at the end
(https://learn.microsoft.com/windows/win32/fileio/naming-a-file); most disks take 255 bytes or UTF-16 units a name, and
many of Windows' programs 259 for a whole path.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.language import mark

LONGEST_NAME, MOST_BYTES = 100, 180
"""UTF-16 units and UTF-8 bytes of one name: with the longest suffixes and a number behind, it stays below 255."""
LONGEST_PATH = 160
"""UTF-16 units below the target folder, which so has about ninety left on Windows."""

_INSTEAD = "_"
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029]')
# Signs that only turn the direction of writing, or mark a byte order: names that look alike would differ.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_DEVICES = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_ENDS = " ."


class Amended(StrEnum):
    """What had to be changed of a name; the values are fit to be shown."""

    CHARACTERS = mark("Characters that some disks refuse were replaced.")
    RESERVED = mark("Windows keeps this name for itself, so a sign was added.")
    EMPTY = mark("Nothing was left of a part of the name.")
    SHORTENED = mark("It was too long and was shortened.")


@dataclass(frozen=True, slots=True)
class SafeName:
    """A name of one file or folder, and what was changed to make it one."""

    name: str
    amended: tuple[Amended, ...] = ()


def safe_name(text: str) -> SafeName:
    """Make a name of any text: never empty, "." or "..", never with a separator, in Unicode's composed form."""
    amended = []
    name = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    name = _NO_TEXT.sub(_INSTEAD, _REFUSED.sub(_INSTEAD, name)).strip().rstrip(_ENDS)
    if name.startswith("."):  # it would be hidden
        name = _INSTEAD + name[1:]
    if name != unicodedata.normalize("NFC", text) and name:
        amended.append(Amended.CHARACTERS)
    if not name:
        return SafeName(_INSTEAD, (Amended.EMPTY,))
    free = _unreserved(name)
    if free != name:
        amended.append(Amended.RESERVED)
    name = free
    short = _cut(name, LONGEST_NAME)
    if short != name:
        amended.append(Amended.SHORTENED)
    return SafeName(short, tuple(amended))


def safe_path(parts: Sequence[str]) -> tuple[SafeName, ...]:
    """Make the names of folders and of a file at their end, which together are not too long either."""
    names = [safe_name(part) for part in parts]
    while (excess := sum(_units(one.name) + 1 for one in names) - 1 - LONGEST_PATH) > 0:
        at = max(range(len(names)), key=lambda index: _units(names[index].name))
        name = names[at].name
        short = _cut(name, max(1, _units(name) - max(1, min(excess, _units(name) // 4))))
        if short == name:
            break
        amended = dict.fromkeys((*names[at].amended, Amended.SHORTENED))
        names[at] = SafeName(short, tuple(amended))
    return tuple(names)


def _units(name: str) -> int:
    return len(name.encode("utf-16-le")) // 2


def _unreserved(name: str) -> str:
    """Add a sign to the name of an old device."""
    head, dot, tail = name.partition(".")
    return f"{head.rstrip()}{_INSTEAD}{dot}{tail}" if _DEVICES.fullmatch(head.rstrip()) else name


def _cut(name: str, most: int) -> str:
    """Cut a name to so many units, and to what all disks take; what is left is no device's name either."""
    while _units(name) > most or len(name.encode()) > MOST_BYTES:
        name = name[:-1]
    return _unreserved(name.rstrip().rstrip(_ENDS)) or _INSTEAD
