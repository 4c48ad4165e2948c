"""What learning asks of the store that keeps lessons; ``core.persistence.taste_store`` is one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from core.taste.comparisons import LessonColumns
from core.taste.lessons import Lesson


class LessonStore(Protocol):
    """Keeps lessons and the choices about them. All methods raise ``StoreError``, and have then changed nothing."""

    def lessons(self) -> LessonColumns:
        """Return all lessons that count."""
        ...

    def lessons_with(self, frames: Collection[int]) -> Mapping[int, Lesson]:
        """Return the lessons in which any of these frames is, by number, left out or not."""
        ...

    def replace(self, forgotten: Collection[int], learned: Sequence[Lesson]) -> None:
        """Drop lessons by number and write others."""
        ...

    def leave_out_frames(self, frames: Iterable[int], left_out: bool) -> None:
        """Leave out what bursts with these frames teach, or take it in again."""
        ...

    def shoots(self) -> Mapping[Path, tuple[int, bool]]:
        """Return the shoots learned from: how many lessons each has, and whether it is left out."""
        ...

    def leave_out_shoot(self, folder: Path, left_out: bool) -> None:
        """Leave out all that is learned from a folder, or take it in again."""
        ...

    def left_out(self, folders: Iterable[Path]) -> set[Path]:
        """Return those of the folders that are left out, whether anything was learned from them or not."""
        ...

    def profiles(self, folders: Iterable[Path]) -> Mapping[Path, str]:
        """Return the profiles chosen for folders; others have none."""
        ...

    def choose_profile(self, folders: Iterable[Path], profile: str) -> None:
        """Note which profile folders have, "" for none."""
        ...

    def choices(self) -> Mapping[str, str]:
        """Return what the user chose, by name."""
        ...

    def choose(self, chosen: Mapping[str, str | None]) -> None:
        """Keep choices; None drops one."""
        ...

    def forget(self, chosen: Mapping[str, str | None]) -> None:
        """Wipe all lessons without a trace, and keep choices in the same step."""
        ...
