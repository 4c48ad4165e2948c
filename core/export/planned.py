"""Plans of files to write: a dry run shows them, an export carries out the very same objects.

What a plan was made from may change before it is carried out. Then that file is refused, not guessed at.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from core.errors import PhotoError, SidecarError
from core.sidecar.atomic_file import sentence


class Action(StrEnum):
    """What would be done to a file; the values are fit to show."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile(ABC):
    """One file an export would write.

    Attributes:
        path: the file.
        action: what would be done to it.
        remark: one sentence: why it is refused, or what else the user should know; "" mostly.
    """

    path: Path
    action: Action
    remark: str = ""

    def __str__(self) -> str:
        return f"{self.action}: {self.path.name}" + (f" ({self.remark})" if self.remark else "")

    @abstractmethod
    def carry_out(self) -> None:
        """Writes the file. Called only for ``Action.CREATE`` and ``Action.UPDATE``.

        Raises:
            PhotoError, SidecarError, OSError: it was not written, and nothing else was changed.
        """


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not written, and why in one sentence."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path.name}: {self.reason}"


@dataclass(slots=True)
class ExportResult:
    """What an export did.

    Attributes:
        unchanged: files that were already as they should be.
        cancelled: it was stopped; the files that were not reached are in none of the lists.
    """

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    cancelled: bool = False


def carry_out(
    plan: Sequence[PlannedFile],
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ExportResult:
    """Carries out a plan. A file that fails is listed with its reason, and the rest goes on.

    Args:
        plan: as made by ``plan_xmp``, ``plan_picks`` or ``plan_table``.
        on_progress: told after each file how many of how many are done.
        cancelled: asked before each file.
    """
    result = ExportResult()
    for done, planned in enumerate(plan):
        if cancelled():
            result.cancelled = True
            break
        _carry_out_one(planned, result)
        on_progress(done + 1, len(plan))
    return result


def _carry_out_one(planned: PlannedFile, result: ExportResult) -> None:
    if planned.action is Action.UNCHANGED:
        result.unchanged.append(planned.path)
        return
    if planned.action is Action.REFUSED:
        result.refused.append(Refused(planned.path, planned.remark))
        return
    try:
        planned.carry_out()
    except (PhotoError, SidecarError) as error:
        result.refused.append(Refused(planned.path, error.reason))
    except OSError as error:
        result.refused.append(Refused(planned.path, sentence(error)))
    else:
        result.written.append(planned.path)
