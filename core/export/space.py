"""Whether the disk an export goes to has room for it: better known before the first copy than at the last."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from core.export.planned import PlannedFile
from core.export.transfers import PlannedTransfer, Transfer
from core.language import tr
from core.sidecar.atomic_file import existing_folder
from core.sizes import spelled


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes that the copies of a plan take, and bytes that are free where they go."""

    needed: int
    free: int

    def __str__(self) -> str:
        """Say for example "12.3 GB; 80.1 GB are free"."""
        return tr("{needed}; {free} are free").format(needed=spelled(self.needed), free=spelled(self.free))

    @property
    def is_enough(self) -> bool:
        """Whether the copies fit."""
        return self.needed <= self.free


def space_of(plan: Sequence[PlannedFile]) -> Space | None:
    """Add up what the copies of a plan take; None where it makes none, or where the disk does not tell.

    Moves count where they go to another disk: there they are copies first.
    """
    copies = [
        (planned, planned.stamp.size)
        for planned in plan
        if isinstance(planned, PlannedTransfer) and planned.is_work and planned.stamp and _is_copy(planned)
    ]
    if not copies:
        return None
    try:
        free = shutil.disk_usage(existing_folder(copies[0][0].path)).free
    except OSError:
        return None
    return Space(sum(size for _, size in copies), free)


def _is_copy(planned: PlannedTransfer) -> bool:
    if planned.how is not Transfer.MOVE:
        return planned.how is Transfer.COPY
    try:
        return planned.source.stat().st_dev != existing_folder(planned.path).stat().st_dev
    except OSError:
        return False
