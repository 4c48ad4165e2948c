"""Rejected photos into the system's trash, with all their files. The only thing here that takes photos away."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from send2trash import TrashPermissionError, send2trash

from core.errors import PhotoError
from core.export.planned import CHANGED_MEANWHILE, Action, PlannedFile, Prepared
from core.export.touched import Touch, Touched
from core.language import say
from core.sidecar.atomic_file import FileStamp, sentence, stamp_of, why_not_reachable, why_not_removable
from core.sidecar.belongings import Belongings
from core.types import Decision, Flag, Photo, PhotoId

_NO_TRASH = say("This disk has no trash that can be used, so it was left as it is.")
_NOT_REJECTED = say("It is not rejected, so it was left as it is.")
_GONE = say("It is not there any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTrash(PlannedFile):
    """One file for the trash.

    Attributes:
        photo_id: whose file it is.
        stamp: of the file when planned.
    """

    photo_id: PhotoId
    stamp: FileStamp | None

    def prepare(self) -> Prepared:
        """See the base class."""
        if stamp_of(self.path) != self.stamp:
            raise PhotoError(self.path, CHANGED_MEANWHILE)
        return Prepared((Touched(touch=Touch.TRASHED, path=self.path),), self._throw_away)

    def _throw_away(self) -> None:
        try:
            send2trash(os.fspath(self.path))
        except TrashPermissionError as error:
            raise PhotoError(self.path, _NO_TRASH) from error


def plan_trash(
    chosen: Iterable[Photo], photos: Iterable[Photo], decisions: Mapping[PhotoId, Decision]
) -> Iterator[PlannedTrash]:
    """Plan to put photos into the trash. Whatever was chosen, only rejects go.

    Args:
        chosen: the photos to throw away.
        photos: all photos of the shoot; see ``Belongings``.
        decisions: by photo.
    """
    belongings = Belongings(photos)
    for photo in chosen:
        rejected = decisions.get(photo.id, Decision(photo.id)).flag is Flag.REJECT
        for file in (*belongings.frame(photo), *belongings.sidecars(photo)):
            yield _plan_one(file, photo, rejected)


def _plan_one(file: Path, photo: Photo, rejected: bool) -> PlannedTrash:
    action, remark, stamp = Action.TRASH, "", None
    try:
        stamp = stamp_of(file)
        if not rejected:
            action, remark = Action.REFUSED, str(_NOT_REJECTED)
        elif stamp is None:
            action, remark = Action.REFUSED, str(why_not_reachable(file) or _GONE)
        elif reason := why_not_removable(file):
            action, remark = Action.REFUSED, str(reason)
    except OSError as error:
        action, remark = Action.REFUSED, str(sentence(error))
    return PlannedTrash(path=file, action=action, remark=remark, photo_id=photo.id, stamp=stamp)
