"""Under which names copies lie: the one seam between copying from cards and templates for names and folders."""

from collections.abc import Callable
from pathlib import PurePosixPath

from core.ingest.frame_names import renamed, shared_stem
from core.offload.cards import CardFile, CardFrame

Naming = Callable[[CardFrame], PurePosixPath]
"""Returns the folders below the target, and the part of the name that all files of the frame share, without suffix."""


def as_on_card(frame: CardFrame) -> PurePosixPath:
    """Keep the camera's names, and put them all into one folder."""
    return PurePosixPath(shared_stem(frame.main.path.name))


def place_of(file: CardFile, frame: CardFrame, name: PurePosixPath, number: int) -> PurePosixPath:
    """Return where a file of a frame goes, below the target.

    Args:
        file: any of the frame's.
        frame: whose.
        name: as of ``Naming``.
        number: put behind the shared part, the same for all files of the frame; 1 for none.
    """
    behind = f"-{number}" if number > 1 else ""
    return name.with_name(renamed(file.path.name, frame.main.path, f"{name.name}{behind}"))
