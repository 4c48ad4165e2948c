"""What a plan says of links: no file elsewhere is changed, moved or thrown away without the user being told."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from core.export.planned import Action, PlannedFile
from core.export.transfers import PlannedTransfer
from core.language import mark, tr

_TAKES_AWAY = {
    Action.MOVE: mark("The link is moved; what it leads to stays where it is."),
    Action.TRASH: mark("The link goes into the trash; what it leads to stays where it is."),
}


def with_links_said(plan: Iterable[PlannedFile], folders: Sequence[Path]) -> Iterator[PlannedFile]:
    """Yield the same plan, with a remark on each file that is reached through a link, or has another name.

    Args:
        plan: file by file.
        folders: those the user named: opened, or chosen to write to. What lies below them is where it seems to be.
    """
    roots = tuple(_real(folder) for folder in folders)
    real = cache(_real)
    for planned in plan:
        folders = [real(path.parent) for path in _changed(planned)] if planned.is_work else []
        said = _words(planned, roots, folders) if folders else ""
        yield replace(planned, remark=f"{planned.remark} {said}".strip()) if said else planned


def written_through(target: Path) -> str:
    """Say that a link leads to a file which is written."""
    return tr("A link: writes “{file}”.").format(file=target)


def _words(planned: PlannedFile, roots: Sequence[Path], folders: Sequence[Path]) -> str:
    if planned.leads_to is not None:
        return written_through(planned.leads_to)
    if planned.action in _TAKES_AWAY and _changed(planned)[0].is_symlink():
        return tr(_TAKES_AWAY[planned.action])
    elsewhere = (one for one in folders if not any(one.is_relative_to(root) for root in roots))
    if places := "”, “".join(map(str, dict.fromkeys(elsewhere))):
        return tr("Its folder is reached through a link and lies in “{folder}”.").format(folder=places)
    if planned.action is Action.UPDATE and _has_other_names(planned.path):
        return tr("It has another name elsewhere (a hard link), under which it stays as it is.")
    return ""


def _changed(planned: PlannedFile) -> tuple[Path, ...]:
    """Return the files whose folders change: of a move the one that leaves its folder, then the one that comes."""
    if isinstance(planned, PlannedTransfer) and planned.action is Action.MOVE:
        return planned.source, planned.path
    return (planned.path,)


def _real(folder: Path) -> Path:
    return Path(os.path.realpath(folder))


def _has_other_names(path: Path) -> bool:
    try:
        return path.stat().st_nlink > 1
    except OSError:
        return False
