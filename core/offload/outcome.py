"""What copying came to, file by file, and the sentence that sums it up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from core.language import explained
from core.offload.cards import CardFile
from core.offload.plan import OffloadPlan, PlannedOffload
from core.types import Photo

FollowUp = Callable[[Sequence[tuple[CardFile, Photo | None, Sequence[Path]]]], None]
"""Given originals, the photos they are, and where they are now as well."""


class Fate(Enum):
    """What became of a file in one target."""

    COPIED = auto()  # written, read again, compared
    COMPARED = auto()  # it was there; all bytes were compared
    KEPT = auto()  # it was there, proven when it was copied, and nobody changed it since
    LEFT = auto()  # another version of a small file is there


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not copied, and why in one sentence."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return explained(self.path.name, self.reason)


@dataclass(slots=True)
class OffloadResult:
    """What copying did.

    Attributes:
        plan: what was asked for.
        copied: files of the cards of which something was written.
        there: files that all targets held already.
        left: small files of which a target has another version, which stays.
        size_bytes: of what was copied, once each.
        refused: what could not be read, or not be written to a target.
        safe: files of the cards that lie in every target, proven.
        gone: cards that were pulled.
        copies: those that were made now, in whichever target, each proven.
        held: those that were there before and hold the same.
        unlisted: targets whose list of checksums could not be written, each with why.
        cancelled: it was stopped.
    """

    plan: OffloadPlan
    copied: int = 0
    there: int = 0
    left: int = 0
    size_bytes: int = 0
    safe: int = 0
    refused: list[Refusal] = field(default_factory=list)
    gone: set[Path] = field(default_factory=set)
    copies: set[Path] = field(default_factory=set)
    held: set[Path] = field(default_factory=set)
    unlisted: dict[Path, str] = field(default_factory=dict)
    cancelled: bool = False

    @property
    def missing(self) -> int:
        """Files that do not lie in every target: refused, or not reached."""
        return len(self.plan.files) - self.safe - self.left

    def take(self, file: PlannedOffload, outcomes: dict[Path, Fate]) -> None:
        """Add what became of a file."""
        found = list(outcomes.values())
        self.copies.update(path for path, fate in outcomes.items() if fate is Fate.COPIED)
        self.held.update(path for path, fate in outcomes.items() if fate in (Fate.COMPARED, Fate.KEPT))
        is_whole = len(found) == len(file.places)
        if Fate.COPIED in found:
            self.copied += 1
            self.size_bytes += file.source.size_bytes
        elif is_whole and Fate.LEFT not in found:
            self.there += 1
        if is_whole and Fate.LEFT in found:
            self.left += 1
        elif is_whole:
            self.safe += 1
