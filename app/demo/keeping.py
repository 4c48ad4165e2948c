"""Where the demo shoot lies: in a folder of ours, thrown away or made anew whenever somebody likes."""

import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.demo.frames import write_demo_shoot
from core.errors import ShortlistError
from core.language import say, tr

_UNFINISHED = ".part"
_OURS = re.compile(r"\d{8}-\d{6}-\d{6}(\.part)?")


class DemoError(ShortlistError):
    """The demo shoot cannot be made, or not be thrown away."""


class DemoShoot:
    """Makes it, finds it and throws it away; nothing that was not made here is touched.

    Each one made lies in a folder of its own: what was decided on the one before belongs to that one.

    Args:
        folder: of ours, made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def is_of(self, sources: Sequence[Path]) -> bool:
        """Say whether all that is opened is the demo shoot, or a part of it."""
        return bool(sources) and all(self._folder in (source, *source.parents) for source in sources)

    def current(self) -> Path | None:
        """Return the folder of the one made last; None where there is none."""
        whole = [each for each in self._made() if each.suffix != _UNFINISHED]
        return next((inner for each in reversed(whole) for inner in _folders_in(each)), None)

    def make(self, told: Callable[[int, int], object] = lambda _done, _all: None) -> Path:
        """Make it anew and throw the former one away; return its folder.

        Args:
            told: how many frames are made, of how many.

        Raises:
            DemoError: it cannot be written; there is none now.
        """
        self.throw_away()
        made = datetime.now()
        unfinished = self._folder / f"{made:%Y%m%d-%H%M%S-%f}{_UNFINISHED}"
        finished = unfinished.with_suffix("")
        name = tr("Demo shoot")
        try:
            write_demo_shoot(unfinished / name, made, told)
            unfinished.rename(finished)
        except OSError as error:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise DemoError(
                say(
                    "The demo shoot cannot be written to {folder} ({cause}).",
                    folder=self._folder,
                    cause=error.strerror or type(error).__name__,
                )
            ) from error
        return finished / name

    def throw_away(self) -> None:
        """Delete it, with all that was written beside its photos.

        Raises:
            DemoError: something of it is still there.
        """
        try:
            for each in self._made():
                shutil.rmtree(each)
        except OSError as error:
            raise DemoError(
                say(
                    "The demo shoot in {folder} cannot be deleted ({cause}).",
                    folder=self._folder,
                    cause=error.strerror or type(error).__name__,
                )
            ) from error
        with suppress(OSError):  # something of somebody else's lies there too
            self._folder.rmdir()

    def _made(self) -> list[Path]:
        """Return what was made, the oldest first."""
        return [each for each in _folders_in(self._folder) if _OURS.fullmatch(each.name)]


def _folders_in(folder: Path) -> list[Path]:
    """Return the folders in a folder by name; none where it cannot be read."""
    try:
        return sorted(each for each in folder.iterdir() if each.is_dir())
    except OSError:
        return []
