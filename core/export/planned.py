"""Plans of files to write: a dry run shows them, an export carries out the very same objects.

What a plan was made from may change before it is carried out. Then that file is refused, not guessed at.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.errors import PhotoError, SidecarError
from core.export.touched import FileState, Touch, Touched
from core.language import explained, mark, say, tr
from core.sidecar.atomic_file import sentence, target_of
from core.sidecar.xmp_namespaces import REGIONS
from core.sidecar.xmp_packet import parse
from core.sidecar.xmp_regions import named_faces

CHANGED_MEANWHILE = say("It was changed after the export was planned; export once more.")


class Action(StrEnum):
    """What would be done to a file; the values are fit to show."""

    CREATE = mark("create")
    UPDATE = mark("update")
    MOVE = mark("move")
    TRASH = mark("trash")
    RESTORE = mark("put back")
    REMOVE = mark("remove")
    UNCHANGED = mark("unchanged")
    REFUSED = mark("refused")


@dataclass(frozen=True, slots=True)
class Difference:
    """One property of a file, before and after.

    Attributes:
        name: such as "xmp:Rating".
        before, after: as text; "" where there is none.
    """

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        none = tr("none")
        return explained(self.name, f"{self.before or none} → {self.after or none}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file about to be touched.

    Attributes:
        touched: what the journal has to know before ``write`` is called.
        write: does it. Returns what the last of ``touched`` has become, where that was not known before.
            Raises PhotoError, SidecarError or OSError: it was not done, and nothing else was changed.
    """

    touched: tuple[Touched, ...]
    write: Callable[[], FileState | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile(ABC):
    """One file an export would touch.

    Attributes:
        path: the file.
        action: what would be done to it.
        remark: one sentence in the user's language: why it is refused, or what else the user should know; "" mostly.
        for_good: False where it is refused for now only: a disk may be connected again.
        leads_to: of a link, the file that is written in its place; None for all else.
    """

    path: Path
    action: Action
    remark: str = ""
    for_good: bool = True
    leads_to: Path | None = None

    def __str__(self) -> str:
        remark = f" ({self.remark})" if self.remark else ""
        return explained(tr(self.action.value), self.path.name) + remark

    @property
    def is_work(self) -> bool:
        """Whether carrying it out would change anything."""
        return self.action not in (Action.UNCHANGED, Action.REFUSED)

    @property
    def written(self) -> Path:
        """The file whose bytes change, and that the journal notes: never a link."""
        return self.leads_to or self.path

    @property
    def link(self) -> Path | None:
        """The link through which it is reached; None where there is none."""
        return self.path if self.leads_to is not None else None

    def check_link(self) -> None:
        """Make sure that the path still leads where it was shown to lead.

        Raises:
            PhotoError: it does not.
            OSError: it leads nowhere by now.
        """
        if target_of(self.path) != self.written:
            raise PhotoError(self.path, CHANGED_MEANWHILE)

    def differences(self) -> tuple[Difference, ...]:
        """Return what would change inside the file; looked up when asked for. Nothing where it cannot be read."""
        return ()

    @abstractmethod
    def prepare(self) -> Prepared:
        """Get everything ready, and touch nothing. Called only where ``is_work``.

        Raises:
            PhotoError, SidecarError, OSError: it cannot be done, or its cause changed since it was planned.
        """


def link_of(path: Path) -> Path | None:
    """Return where a link leads, for ``PlannedFile.leads_to``; None for what is none.

    Raises:
        SidecarError: it leads nowhere.
    """
    try:
        target = target_of(path)
    except OSError as error:
        raise SidecarError(path, sentence(error)) from error
    return None if target == path else target


def packet_differences(before: bytes | None, after: bytes) -> tuple[Difference, ...]:
    """Return the plain properties and lists in which two XMP packets differ, in the order of the file.

    Args:
        before: None where there was none.
        after: the new one.

    Raises:
        PacketError: one of them cannot be understood.
    """
    old, new = {} if before is None else _values(before), _values(after)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return tuple(Difference(name, old.get(name, ""), new.get(name, "")) for name in names)


def _values(packet: bytes) -> dict[str, str]:
    parsed = parse(packet)
    values = {
        str(found.name): ", ".join(found.items) if found.value is None else found.value
        for found in parsed.properties
        if found.value is not None or found.items
    }
    faces = ", ".join(face.name for face in named_faces(parsed))
    return values | ({str(REGIONS): faces} if faces else {})


def folders_to_make(path: Path) -> tuple[Touched, ...]:
    """Return the folders above a file that are not there yet, outermost first, for the journal."""
    missing = []
    for folder in path.parents:
        if folder.exists():
            break
        missing.append(Touched(touch=Touch.FOLDER, path=folder))
    return tuple(reversed(missing))
