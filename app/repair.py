"""The ways in which damaged decisions can be recovered, in words, for the window and for the command line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.language import mark, ntr, tr
from core.moments import moment_in_figures
from core.persistence.rescue import Remains, rescue, restore, start_anew

HOW_TO_REPAIR = mark("`shortlist repair` says what can be put in its place.")

_NAMED = 5  # photos that are named; any more are only counted


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way out.

    Attributes:
        name: as the command line has it.
        title: what is done.
        explanation: what that means; "" where there is nothing to say.
        do: does it; returns where the damaged file is kept, None if there was none. Raises StoreError.
        done: what was done, for the user.
    """

    name: str
    title: str
    explanation: str
    do: Callable[[], Path | None]
    done: str


def ways_out(remains: Remains) -> tuple[Remedy, ...]:
    """Return what can be done, the best first."""
    found = list(_backups(remains))
    if remains.rows:
        found.insert(0, _rescue(remains))
    return (*found, _anew(remains))


def take(way: Remedy) -> str:
    """Take a way out; return what to tell the user.

    Raises:
        StoreError: it cannot be done; nothing has changed.
    """
    aside = way.do()
    if aside is None:
        return way.done
    kept = tr("The damaged file is kept as “{name}” in “{folder}”.").format(
        name=aside.name, folder=aside.parent
    )
    return f"{way.done} {kept}"


def _rescue(remains: Remains) -> Remedy:
    count = len(remains.rows)
    said = [
        tr("{readable:,} are in the file itself, {others:,} come from backups.").format(
            readable=remains.readable, others=count - remains.readable
        )
    ]
    if remains.left_out:
        names = ", ".join(remains.left_out[:_NAMED]) + (", …" if len(remains.left_out) > _NAMED else "")
        said.append(
            ntr(
                "The decision on {count:,} photo cannot be trusted and is left open: {names}.",
                "The decisions on {count:,} photos cannot be trusted and are left open: {names}.",
                len(remains.left_out),
            ).format(count=len(remains.left_out), names=names)
        )
    title = ntr(
        "Rescue what can be read: {count:,} decision", "Rescue what can be read: {count:,} decisions", count
    )
    return Remedy("rescue", title.format(count=count), " ".join(said), partial(rescue, remains), _back(count))


def _backups(remains: Remains) -> Iterator[Remedy]:
    for one in remains.backups:
        yield Remedy(
            one.backup.name,
            ntr(
                "Put the backup of {when} in its place: {count:,} decision",
                "Put the backup of {when} in its place: {count:,} decisions",
                one.decisions,
            ).format(when=moment_in_figures(one.backup.made_at), count=one.decisions),
            "",
            partial(restore, remains, one.backup),
            _back(one.decisions),
        )


def _anew(remains: Remains) -> Remedy:
    return Remedy(
        "anew",
        tr("Start with no decisions"),
        tr("Files that you exported keep what stands in them."),
        partial(start_anew, remains),
        tr("Shortlist starts with no decisions."),
    )


def _back(count: int) -> str:
    return ntr("{count:,} decision is back.", "{count:,} decisions are back.", count).format(count=count)
