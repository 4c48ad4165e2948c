"""What a file's name says about whose it is: the one idea of what belongs together within a folder.

A frame is one press of the shutter: its picture, its RAW, its film. They share their name up to the suffix, except
for the words that Google's camera puts between (``PXL_1.RAW-01.COVER.jpg``, ``PXL_1.RAW-02.ORIGINAL.dng``). Small
files that programs keep beside a photo carry its name in one of a few customs; ``claims`` lists the photos that such
a file can belong to, the likeliest first, and ``core.sidecar.belongings`` asks which of those are there.

Names are compared as no disk tells them apart: without case, and in one Unicode form, because those that come from a
Mac are often decomposed (NFD) and all others composed (NFC).
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path, PurePath

from core.ingest.formats import Kind, kind_of

# Google's camera, with whatever a copy was given behind the time: -2, (1), ~3.
_PIXEL_WORDS = (
    "raw|cover|original|mp|portrait|night|motion|pano|action_pan|long_exposure|top_shot|macro|vb|ts"
)
_PIXEL = re.compile(rf"(pxl_\d{{8}}_\d{{6,9}}[^.]*)((?:\.(?:{_PIXEL_WORDS})(?:-\d{{1,2}})?)+)", re.IGNORECASE)
# How phones mark a picture that was edited: IMG_E0001, PXL_...~2, IMG_1-edited.
_EDITED = re.compile(r"(?<=^img_)e(?=\d{4}$)|~\d+$|-(?:edited|bearbeitet)$")
_COVER = re.compile(r"\.cover(?:\.|$)")
# A name that tells the second it was taken, as phones give: 20240501_100000, IMG_20240501_100000123, PXL_...
_MOMENT = re.compile(r"(?:19|20)\d{2}-?[01]\d-?[0-3]\d[-_ ]?[0-2]\d[-.]?[0-5]\d[-.]?[0-5]\d")
_LONGEST_SHARED = 225  # bytes; disks take 255, of which the longest suffixes want the rest
_APPLE_FILM = "_hevc"  # iCloud's name for the film of a Live Photo

# Duplicates of darktable: IMG_1_01.CR2, with .xmp behind it.
_DUPLICATE = re.compile(r"(.+)_(\d{2,})(\.[^.]+)")
# Google: IMG_1.jpg.supplemental-metadata(1), maybe cut short.
_TAKEOUT = re.compile(r"(.+?)(\.s[a-z-]*)?(\(\d+\))?")
_APPLE = re.compile(r"(img_)([eo]?)(\d{4}.*)", re.IGNORECASE)
_RENAMED_APPLE = re.compile(r"(.+)_[EO]")  # the same of a frame that was given another name


def folded(name: str) -> str:
    """Return the name without what disks do not tell apart: case and Unicode form."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def frame_key(name: str) -> str:
    """Return what the files of one frame share within a folder.

    Args:
        name: of a picture, RAW or film, with its suffix.
    """
    stem = folded(os.path.splitext(name)[0])  # noqa: PTH122 - for each file at every opening
    if stem.startswith("pxl_") and (found := _PIXEL.fullmatch(stem)) is not None:
        return found[1]
    if stem.endswith(_APPLE_FILM) and kind_of(name) is Kind.VIDEO:
        return stem.removesuffix(_APPLE_FILM)
    return stem


FramePlace = tuple[str, str]
"""A folder, and what the names of a frame's files share there, both folded."""


def frame_place(path: PurePath) -> FramePlace:
    """Return which frame a picture, RAW or film of this name is taken for, where it lies."""
    return folded(str(path.parent)), frame_key(path.name)


def version_key(name: str) -> str:
    """Return what a picture and the versions that a phone made of it share within a folder."""
    stem = folded(os.path.splitext(name)[0])  # noqa: PTH122
    return frame_key(f"{_EDITED.sub('', stem)}.")


def is_edited(name: str) -> bool:
    """Tell whether a phone made this picture of another."""
    return _EDITED.search(folded(os.path.splitext(name)[0])) is not None  # noqa: PTH122


def is_cover(name: str) -> bool:
    """Tell whether Google's camera calls this picture, of several of a frame, the one to be shown."""
    return _COVER.search(os.path.splitext(name)[0].lower()) is not None  # noqa: PTH122


def tells_its_moment(name: str) -> bool:
    """Tell whether a name holds date and time to the second: two frames cannot share it, whatever their clocks say."""
    return _MOMENT.search(name) is not None


def numbered(name: str, frame: Path, number: int) -> str:
    """Put a number behind what the files of a frame share: ``IMG_1.CR2.xmp`` becomes ``IMG_1-2.CR2.xmp``.

    Args:
        name: of any file that belongs to the frame.
        frame: the frame's picture.
        number: 1 leaves the name as it is.
    """
    if number == 1:
        return name
    end = _end_of_shared(name, frame.name)
    return with_number(name[:end], number) + name[end:]


def with_number(stem: str, number: int) -> str:
    """Put a number behind what the files of a frame share; 1 is none.

    What would make a name longer than disks take is cut off before it, from all files of a frame alike.
    """
    if number == 1:
        return stem
    behind = f"-{number}"
    while len(os.fsencode(stem)) + len(behind) > _LONGEST_SHARED:
        stem = stem[:-1]
    return stem + behind


def renamed(name: str, frame: Path, stem: str) -> str:
    """Put another stem in place of what the files of a frame share: ``IMG_1.CR2.xmp`` becomes ``Anna.CR2.xmp``.

    It belongs to the frame under its new name as well.

    Args:
        name: of any file that belongs to the frame.
        frame: the frame's picture.
        stem: what they share from now on.
    """
    rest = name[_end_of_shared(name, frame.name) :]
    found = _APPLE.fullmatch(name) if rest.lower() == ".aae" else None
    is_of_version = found is not None and found[2] and frame_key(name) != frame_key(frame.name)
    return f"{stem}_{found[2].upper()}{rest}" if found is not None and is_of_version else stem + rest


def shared_stem(name: str) -> str:
    """Return what the names of a frame's files share, as it is written in this one."""
    return name[: _end_of_shared(name, name)]


def _end_of_shared(name: str, frame: str) -> int:
    """Return where in the name of a frame's file ends what it shares with the frame's picture."""
    shared = frame_key(frame)
    ends = [end for end in range(1, len(name) + 1) if folded(name[:end]) == shared]
    return ends[-1] if ends else len(os.path.splitext(name)[0])  # noqa: PTH122


class Tie(Enum):
    """How a small file's name ties it to a photo."""

    FILE = auto()  # it is named after a whole file: IMG_1.CR2.xmp
    FRAME = auto()  # it is named like a file except for the suffix: IMG_1.xmp
    VERSION_OF_FILE = auto()  # it is of a version of that file: IMG_1_01.CR2.xmp
    VERSION_OF_FRAME = auto()  # IMG_O0001.AAE, of IMG_0001.HEIC


@dataclass(frozen=True, slots=True)
class Claim:
    """One photo that a small file can belong to.

    Attributes:
        tie: whether ``name`` is that of a file, with its suffix, or its stem.
        name: as written in the small file's name.
    """

    tie: Tie
    name: str

    @property
    def of_file(self) -> bool:
        """Whether ``name`` is that of a file, with its suffix."""
        return self.tie in (Tie.FILE, Tie.VERSION_OF_FILE)

    @property
    def speaks(self) -> bool:
        """Whether such a sidecar speaks of the photo itself, not of a version of it."""
        return self.tie in (Tie.FILE, Tie.FRAME)


def claims(name: str) -> Iterator[Claim]:
    """List the photos that a small file can belong to, the likeliest first.

    Args:
        name: such as ``IMG_1.xmp``, with the suffix.
    """
    stem, suffix = os.path.splitext(name)  # noqa: PTH122
    yield Claim(Tie.FILE, stem)
    yield Claim(Tie.FRAME, stem)
    match suffix.lower():
        case ".xmp":
            if (found := _DUPLICATE.fullmatch(stem)) is not None:
                yield Claim(Tie.VERSION_OF_FILE, found[1] + found[3])
        case ".json":
            if (found := _TAKEOUT.fullmatch(stem)) is not None:
                bare, _, count = found.groups(default="")
                first, extension = os.path.splitext(bare)  # noqa: PTH122
                yield Claim(Tie.FILE, f"{first}{count}{extension}")
        case ".aae":
            if (found := _APPLE.fullmatch(stem)) is not None:
                start, letter, rest = found.groups()
                others = [other for other in ("", "E") if other != letter.upper()]
                yield from (Claim(Tie.VERSION_OF_FRAME, f"{start}{other}{rest}") for other in others)
            if (found := _RENAMED_APPLE.fullmatch(stem)) is not None:
                yield Claim(Tie.VERSION_OF_FRAME, found[1])
