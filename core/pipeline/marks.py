"""Reading in: the flags, stars and labels that stand in sidecars and in the photos themselves."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.cancelling import Cancelled
from core.errors import PhotoError, SidecarError
from core.sidecar.belongings import has_sidecars
from core.sidecar.file_marks import sidecar_marks, time_of
from core.sidecar.sidecar_names import SidecarNames
from core.types import FileMarks, Photo, PhotoId

PhotoMarks = tuple[PhotoId, tuple[FileMarks, ...]]
"""What the files of one photo say, the one written last first."""


def found_marks(photos: Sequence[Photo], cancelled: Cancelled) -> Iterator[PhotoMarks | PhotoError]:
    """Look at each photo's own marks and at its sidecars, in order, until cancelled.

    Yields:
        A photo's marks where it has any; a sidecar that cannot be read or understood, by name.
    """
    beside = with_sidecars(photos)
    names = SidecarNames(beside.values())  # to which photo a sidecar belongs depends on its folder alone
    for photo in photos:
        if cancelled():
            return
        files = []
        if not photo.marks.is_empty:
            files.append(FileMarks(photo.path, time_of(photo.mtime_ns), photo.marks))
        for path in names.existing(photo) if photo.id in beside else ():
            try:
                files.append(sidecar_marks(path))
            except SidecarError as error:
                yield PhotoError(path, error.sentence)
        said = [file for file in files if not file.marks.is_empty]
        if said:
            yield photo.id, tuple(sorted(said, key=lambda file: file.changed_at, reverse=True))


def with_sidecars(photos: Sequence[Photo]) -> dict[PhotoId, Photo]:
    """Return the photos of folders that hold any sidecar: most hold none, and each is listed only once."""
    holds: dict[str, bool] = {}
    found: dict[PhotoId, Photo] = {}
    for photo in photos:
        for file in (photo.path, *photo.companions):
            folder = os.path.dirname(file)  # noqa: PTH120 - for thousands of photos, at every opening
            if folder not in holds:
                holds[folder] = has_sidecars(Path(folder))
            if holds[folder]:
                found[photo.id] = photo
    return found
