"""Reading in: the flags, stars and labels that stand in sidecars and in the photos themselves."""

from collections.abc import Iterator, Sequence

from core.errors import PhotoError, SidecarError
from core.pipeline.cancel import Cancel
from core.sidecar.file_marks import sidecar_marks, time_of
from core.sidecar.sidecar_names import SidecarNames
from core.types import FileMarks, Photo, PhotoId

PhotoMarks = tuple[PhotoId, tuple[FileMarks, ...]]
"""What the files of one photo say, the one written last first."""


def found_marks(photos: Sequence[Photo], cancel: Cancel) -> Iterator[PhotoMarks | PhotoError]:
    """Looks at each photo's own marks and at its sidecars, in order, until cancelled.

    Yields:
        A photo's marks where it has any; a sidecar that cannot be read or understood, by name.
    """
    names = SidecarNames(photos)
    for photo in photos:
        if cancel.is_set():
            return
        files = [FileMarks(photo.path, time_of(photo.mtime_ns), photo.marks)]
        for path in names.existing(photo):
            try:
                files.append(sidecar_marks(path))
            except SidecarError as error:
                yield PhotoError(path, error.reason)
        said = [file for file in files if not file.marks.is_empty]
        if said:
            yield photo.id, tuple(sorted(said, key=lambda file: file.changed_at, reverse=True))
