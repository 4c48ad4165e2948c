"""Other programs that photos are handed to: which there are on this computer, and how they are called.

Nothing goes through a shell: a command is a list of words, and each file is one of them, whatever its name is.
"""

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import ShortlistError
from core.ingest.formats import Kind, kind_of
from core.language import say
from core.types import Photo

FILES = "{files}"
"""What the files take the place of in a command; at its end where it does not stand there."""

# What a system takes, with room for its own: characters on Windows, else bytes and a pointer a word.
_LONGEST = 30_000 if sys.platform == "win32" else 1_000_000


class HandoverError(ShortlistError):
    """Photos cannot be handed over in this way."""


@dataclass(frozen=True, slots=True)
class OtherProgram:
    """A program that photos can be opened in.

    Attributes:
        name: what people call it.
        command: what starts it, word by word, without the files.
        develops: it makes pictures of RAW files, and so is given the RAW of a pair.
    """

    name: str
    command: tuple[str, ...]
    develops: bool = True


_LINUX = (
    ("darktable", ("darktable", "org.darktable.Darktable")),
    ("RawTherapee", ("rawtherapee", "com.rawtherapee.RawTherapee")),
    ("ART", ("ART", "us.pixls.art.ART")),
    ("digiKam", ("digikam", "org.kde.digikam")),
    ("GIMP", ("gimp", "org.gimp.GIMP")),
)
_MACOS = (
    ("Lightroom Classic", "Adobe Lightroom Classic*/Adobe Lightroom Classic.app"),
    ("Lightroom", "Adobe Lightroom*/Adobe Lightroom.app"),
    ("Capture One", "Capture One*.app"),
    ("Photoshop", "Adobe Photoshop*/Adobe Photoshop*.app"),
    ("darktable", "darktable.app"),
    ("RawTherapee", "RawTherapee.app"),
    ("digiKam", "digikam*/digikam.app"),
    ("GIMP", "GIMP*.app"),
)
_WINDOWS = (
    ("Lightroom Classic", "Adobe/Adobe Lightroom Classic/Lightroom.exe"),
    ("Lightroom", "Adobe/Adobe Lightroom CC/lightroom.exe"),
    ("Capture One", "Capture One/Capture One*/CaptureOne.exe"),
    ("Photoshop", "Adobe/Adobe Photoshop*/Photoshop.exe"),
    ("darktable", "darktable/bin/darktable.exe"),
    ("RawTherapee", "RawTherapee/*/rawtherapee.exe"),
    ("digiKam", "digiKam/digikam.exe"),
    ("GIMP", "GIMP*/bin/gimp*.exe"),
)
_FLATPAKS = ("/var/lib/flatpak/exports/bin", "~/.local/share/flatpak/exports/bin")
_NO_RAW = frozenset({"GIMP"})
Which = Callable[[str], str | None]


def found_programs(
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    which: Which = shutil.which,
    applications: Sequence[Path] = (Path("/Applications"), Path("~/Applications")),
) -> tuple[OtherProgram, ...]:
    """Return the programs of photographers that are installed here, in an order that stays.

    Args:
        platform: as ``sys.platform``.
        environment: of this process.
        which: finds a program by its name.
        applications: where a Mac keeps them.
    """
    if platform == "win32":
        names = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
        roots = [Path(environment[name]) for name in names if environment.get(name)]
        found = _by_pattern(_WINDOWS, roots, lambda path: (str(path),))
    elif platform == "darwin":
        roots = [folder.expanduser() for folder in applications]
        found = _by_pattern(_MACOS, roots, lambda path: ("open", "-a", str(path)))
    else:
        found = _by_name(which)
    return tuple(OtherProgram(name, command, name not in _NO_RAW) for name, command in found)


def own_program(name: str, command: str) -> OtherProgram:
    """Return a program as the user describes it.

    Args:
        name: what it is called.
        command: as one types it in a terminal, with quotation marks round words with spaces; ``{files}`` where the
            files stand, if that is not at the end.

    Raises:
        HandoverError: it is no command.
    """
    try:
        words = _words(command)
    except ValueError as error:
        raise HandoverError(
            say("“{command}” has a quotation mark that is never closed.", command=command)
        ) from error
    if not words or words[0] == FILES:
        raise HandoverError(say("A command begins with a program, such as: darktable {files}", files=FILES))
    if any(FILES in word and word != FILES for word in words) or words.count(FILES) > 1:
        raise HandoverError(
            say(
                "{files} can stand in a command only once, and as a word of its own.",
                files=FILES,
            )
        )
    return OtherProgram(name.strip() or Path(words[0]).stem, tuple(words))


def files_for(program: OtherProgram, photos: Iterable[Photo]) -> tuple[Path, ...]:
    """Return what a program is given, in the order of the photos.

    Of a pair, one that develops gets the RAW alone: both would be two pictures of one frame there.
    """
    return tuple(path for photo in photos for path in _files_of(photo, program))


def call(program: OtherProgram, files: Sequence[Path]) -> list[str]:
    """Return the words that start a program with files.

    Raises:
        HandoverError: they are more than the system takes at once.
    """
    if sum(map(_room, files)) > _LONGEST:
        raise HandoverError(
            say(
                "{count:,} photos are more than {program} can be given at once. Choose fewer, or open the folder.",
                count=len(files),
                program=program.name,
            )
        )
    paths = [str(path) for path in files]
    if FILES not in program.command:
        return [*program.command, *paths]
    at = program.command.index(FILES)
    return [*program.command[:at], *paths, *program.command[at + 1 :]]


def _room(path: Path) -> int:
    return len(str(path)) + 3 if sys.platform == "win32" else len(os.fsencode(path)) + 9


def _words(command: str) -> list[str]:
    if os.name != "nt":
        return shlex.split(command)
    return [word.strip('"') for word in shlex.split(command, posix=False)]


def _files_of(photo: Photo, program: OtherProgram) -> tuple[Path, ...]:
    raws = tuple(path for path in photo.companions if kind_of(path) is Kind.RAW)
    return raws if raws and program.develops else (photo.path,)


def _by_name(which: Which) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, commands in _LINUX:
        places = [which(command) for command in commands]
        places += [which(str(Path(folder).expanduser() / commands[-1])) for folder in _FLATPAKS]
        if place := next(filter(None, places), None):
            yield name, (place,)


def _by_pattern(
    table: Iterable[tuple[str, str]], roots: Sequence[Path], command: Callable[[Path], tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, pattern in table:
        paths = [path for root in roots if root.is_dir() for path in sorted(root.glob(pattern))]
        if paths:
            yield name, command(paths[-1])  # the newest by its name
