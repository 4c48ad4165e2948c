"""What copying cards would do, file by file: the same plan is shown and carried out.

A file goes to all targets under one name. What a target holds already is not copied again: it is kept where it was
compared before and nobody changed it since, else it is compared, byte for byte, when the plan is carried out.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path, PurePosixPath

from core.cancelling import Cancelled, never
from core.errors import OffloadError
from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import FramePlace, folded, frame_place, shared_stem, with_number
from core.ingest.pairing import may_be_of_press
from core.language import mark, say
from core.naming.names import NewName
from core.offload.cards import Card, CardFile, CardFrame
from core.offload.holdings import Holdings
from core.offload.names import FrameNaming, as_on_card, place_of
from core.offload.numbers import NumbersTried
from core.offload.one_frame import may_be_one, places_taken
from core.persistence.moved_files import TIME_SLACK_NS
from core.sidecar.atomic_file import existing_folder, sentence
from core.types import Decision, Flag, Photo, PhotoId

_NUMBERED = say("Another photo has this name, so it was numbered.")
_CHANGED = say("It changed on the card since it was copied, so it was numbered; the former copy stays.")


class ToCopy(StrEnum):
    """Which frames are copied; the values are the words of the settings."""

    ALL = "all"
    PICKS = "picks"
    PICKS_FIRST = "picks-first"  # all, but those that are wanted first


class Step(StrEnum):
    """What would be done for one file in one target; the values are fit to show."""

    COPY = mark("copy")
    COMPARE = mark("compare with what is there")
    KEEP = mark("there already")
    LEAVE = mark("another version is there")


@dataclass(frozen=True, slots=True)
class OffloadPlace:
    """One file in one target.

    Attributes:
        root: the target's folder.
        name: below it, with "/" between folders.
        step: what would be done.
    """

    root: Path
    name: str
    step: Step

    @property
    def path(self) -> Path:
        """The copy's path."""
        return self.root / self.name


@dataclass(frozen=True, slots=True)
class PlannedOffload:
    """One file of a card, and what becomes of it in each target.

    Attributes:
        card: the folder it comes from.
        photo: whose decisions and measures follow it; None for all but the file that is shown.
        remark: why its name is not just as the template says; "" mostly.
        is_again: another file of this plan goes where this one would; they are compared once that one is there.
    """

    source: CardFile
    card: Path
    places: tuple[OffloadPlace, ...]
    photo: Photo | None = None
    is_again: bool = False
    remark: str = ""

    @property
    def is_work(self) -> bool:
        """Whether anything has to be read."""
        return any(place.step in (Step.COPY, Step.COMPARE) for place in self.places)

    def copies(self) -> tuple[OffloadPlace, ...]:
        """Return where it has to be written."""
        return tuple(place for place in self.places if place.step is Step.COPY)


@dataclass(frozen=True, slots=True)
class OffloadPlan:
    """All of it, in the order in which it is done.

    Attributes:
        files: of all cards.
        targets: where to; the first is the main one.
        littered: folders in which copies without a name were left.
        litter_bytes: the size of those by target.
        left: files on the cards that are neither photos nor films, and not asked for.
        frames: how many there are among the files.
    """

    files: tuple[PlannedOffload, ...]
    targets: tuple[Path, ...]
    littered: frozenset[Path] = frozenset()
    left: int = 0
    frames: int = 0
    litter_bytes: Mapping[Path, int] = field(default_factory=dict)

    @property
    def size_bytes(self) -> int:
        """Bytes that are read from the cards."""
        return sum(file.source.size_bytes for file in self.files if file.is_work)

    def needed(self, target: Path) -> int:
        """Return the bytes for which a target needs room, beside what copies without a name have already."""
        copies = (file for file in self.files for place in file.copies() if place.root == target)
        written = sum(file.source.size_bytes for file in copies)
        return max(written - self.litter_bytes.get(target, 0), 0)


def check_folders(cards: Iterable[Path], targets: Sequence[Path]) -> None:
    """Refuse folders of which one lies in another: a card is never written to, and no copy counts as its own original.

    Raises:
        OffloadError: with the folders' names.
    """
    real = [Path(os.path.realpath(target)) for target in targets]
    for card in cards:
        for target, shown in zip(real, targets, strict=True):
            if _touches(Path(os.path.realpath(card)), target):
                raise OffloadError(
                    say(
                        "“{target}” and “{card}” lie in each other. Choose a folder that is not on the card, and does "
                        "not hold it.",
                        target=shown,
                        card=card,
                    )
                )
    if len(real) > 1 and _touches(real[0], real[1]):
        raise OffloadError(
            say(
                "The second copy would lie in the same folder as the first (“{target}”). Choose another one, at best "
                "on another disk.",
                target=targets[1],
            )
        )


def plan_offload(
    cards: Sequence[Card],
    targets: Sequence[Path],
    decisions: Mapping[PhotoId, Decision],
    which: ToCopy = ToCopy.ALL,
    naming: FrameNaming = as_on_card,
    cancelled: Cancelled = never,
) -> OffloadPlan:
    """Plan to copy cards; nothing is written.

    Args:
        cards: in the order in which they are copied.
        targets: one folder or two.
        decisions: by photo.
        which: of the frames.
        naming: under which name a frame is copied.
        cancelled: asked before each frame; once true, the plan ends there.

    Raises:
        OffloadError: a card and a target lie in each other, or the list of checksums of a target cannot be read.
    """
    roots = tuple(Path(os.path.abspath(target)) for target in targets)  # noqa: PTH100 - links stay
    check_folders([card.folder for card in cards], roots)
    planner = _Planner([_holdings(root, cancelled) for root in roots], naming)
    chosen = [(card, frame) for card in cards for frame in card.frames]
    if which is not ToCopy.ALL:
        picked = [one for one in chosen if _is_pick(one[1], decisions)]
        names = {frame.main.path for _, frame in picked}
        rest = [one for one in chosen if one[1].main.path not in names]
        chosen = picked if which is ToCopy.PICKS else [*picked, *rest]
    files: list[PlannedOffload] = []
    for card, frame in chosen:
        if cancelled():
            break
        files += planner.plan(card.folder, frame)
    left = sum(card.left for card in cards)
    return OffloadPlan(
        tuple(files), roots, frozenset(planner.littered), left, len(chosen), planner.litter_bytes
    )


def free_bytes(target: Path) -> int | None:
    """Return the bytes that are free where a target is or would be made; None where the disk does not tell."""
    try:
        return shutil.disk_usage(existing_folder(target / "file")).free
    except OSError:
        return None


def disk_of(target: Path) -> int | None:
    """Return the number of the disk a target is or would be made on; None where it cannot be told."""
    try:
        return existing_folder(target / "file").stat().st_dev
    except OSError:
        return None


def _holdings(root: Path, cancelled: Cancelled) -> Holdings:
    try:
        return Holdings(root, cancelled)
    except OSError as error:
        raise OffloadError(
            say("“{folder}” cannot be used. {reason}", folder=root, reason=sentence(error))
        ) from error


class _Planner:
    """The targets as they will be once all that is planned so far is done."""

    def __init__(self, holdings: Sequence[Holdings], naming: FrameNaming) -> None:
        self._holdings = holdings
        self._naming = naming
        self._planned: dict[str, CardFile] = {}  # by folded name below every target
        self._frames: dict[FramePlace, CardFrame] = {}  # whose files are to be taken for a frame
        self._numbers: dict[str, NumbersTried] = defaultdict(NumbersTried)  # by what a template gives
        self.littered = {folder for held in holdings for folder in held.littered}
        self.litter_bytes = {held.root: held.litter_bytes for held in holdings}

    def plan(self, card: Path, frame: CardFrame) -> list[PlannedOffload]:
        """Plan one frame under the first number that gives it a name of its own in every target."""
        base = self._naming(frame)
        numbers = self._numbers[folded("/".join((*base.folders, base.stem)))]
        for number in numbers.for_frame(frame):
            names = [place_of(file, frame, base, number) for file in frame.files]
            if all(self._has_room(frame, names, held) for held in self._holdings):
                break
            numbers.take(number)
        numbers.give(number, frame)
        planned = []
        amended = [*base.amended, _NUMBERED] if number > 1 else base.amended
        remark = " ".join(map(str, amended))
        homes = [self._home(frame, names, held) for held in self._holdings]
        for file, name in zip(frame.files, names, strict=True):
            wanted = [name if home is None else place_of(file, frame, home, 1) for home in homes]
            again = any(folded(str(one)) in self._planned for one in wanted)
            places = tuple(
                self._place(file, one, held, again) for one, held in zip(wanted, self._holdings, strict=True)
            )
            for one in (name, *wanted):
                self._planned.setdefault(folded(str(one)), file)
                for place in places_taken(frame, ((file, one),)):
                    self._frames.setdefault(place, frame)
            photo = frame.photo if file is frame.main else None
            changed = any(
                folded(place.name) != folded(str(one)) for place, one in zip(places, wanted, strict=True)
            )
            said = str(_CHANGED) if changed and _is_small(file) else remark
            planned.append(PlannedOffload(file, card, places, photo, again, said))
        return planned

    def _home(self, frame: CardFrame, names: Sequence[PurePosixPath], held: Holdings) -> NewName | None:
        """Return where a target holds a frame under another name than it would get; None where it does not.

        All files of the frame belong there: under the name that it would get now lies another one by now, which would
        be taken for the owner of its sidecar.
        """
        for file, name in zip(frame.files, names, strict=True):
            if held.at(name, file) is not None:
                return None
            if (found := self._elsewhere(file, held)) is not None:
                path = PurePosixPath(found)
                home = NewName(path.parent.parts, shared_stem(path.name))
                there = [place_of(each, frame, home, 1) for each in frame.files]
                return home if all(map(partial(self._fits, held), frame.files, there)) else None
        return None

    def _has_room(self, frame: CardFrame, names: Sequence[PurePosixPath], held: Holdings) -> bool:
        """Tell whether a frame can go under some names in a target, or lies in it already."""
        if self._home(frame, names, held) is not None:
            return True
        files = tuple(zip(frame.files, names, strict=True))
        return all(self._fits(held, *one) for one in files) and not self._meets_another(frame, files, held)

    def _meets_another(
        self, frame: CardFrame, files: tuple[tuple[CardFile, PurePosixPath], ...], held: Holdings
    ) -> bool:
        """Tell whether a frame would be taken for one with another that goes, or lies, under its name."""
        own = [(file, name) for file, name in files if not _is_small(file)] or files
        if any(held.at(name, file) is not None for file, name in own):
            return False  # it lies there itself
        mine = {folded(str(name)) for _, name in files}
        is_twin = any(folded(str(name)) in self._planned for _, name in own)  # or it would not fit
        for place in places_taken(frame, files):
            other = self._frames.get(place)
            if other is not None and not is_twin and not may_be_one(frame, other, place):
                return True
            names = {folded(name): held.root / name for name in held.of_frame(place)}
            there = [path for name, path in names.items() if name not in mine and name not in self._planned]
            main = frame.main
            if not all(may_be_of_press(path, main.path.name, main.mtime_ns) for path in there):
                return True
        return False

    def _fits(self, held: Holdings, file: CardFile, name: PurePosixPath) -> bool:
        """Tell whether a file can go under a name in a target, or lies in it already."""
        before = self._planned.get(folded(str(name)))
        if before is not None:
            return _may_be_same(before, file)
        return bool(
            held.is_free(name) or _is_small(file) or held.at(name, file) or self._elsewhere(file, held)
        )

    def _place(self, file: CardFile, name: PurePosixPath, held: Holdings, again: bool) -> OffloadPlace:
        found = held.at(name, file) or self._elsewhere(file, held)
        if found is not None:
            step = Step.KEEP if held.is_proven(found, file) else Step.COMPARE
            return OffloadPlace(held.root, found, step)
        if not held.is_free(name):
            if _is_small(file) and held.was_another(name, file):
                return self._beside(file, name, held)
            return OffloadPlace(held.root, str(name), Step.LEAVE)
        return OffloadPlace(held.root, str(name), Step.COMPARE if again else Step.COPY)

    def _beside(self, file: CardFile, name: PurePosixPath, held: Holdings) -> OffloadPlace:
        """Place a small file that changed on the card since it was copied, as a sound memo that was spoken on.

        Nothing is written over, and nobody can tell which is wanted; so it gets a number that makes it no photo's.
        """
        for number in range(2, 2**31):
            other = name.with_name(with_number(name.stem, number) + name.suffix)
            if (found := held.at(other, file)) is not None:
                step = Step.KEEP if held.is_proven(found, file) else Step.COMPARE
                return OffloadPlace(held.root, found, step)
            place = frame_place(other)
            is_planned = self._planned.get(folded(str(other)), file) != file or place in self._frames
            if held.is_free(other) and not held.has_frame(place) and not is_planned:
                self._planned[folded(str(other))] = file
                return OffloadPlace(held.root, str(other), Step.COPY)
        raise AssertionError("numbers do not end")

    @staticmethod
    def _elsewhere(file: CardFile, held: Holdings) -> str | None:
        """Return another name of the same picture in a target; small files may be alike by chance."""
        return None if _is_small(file) else held.elsewhere(file)


def _is_pick(frame: CardFrame, decisions: Mapping[PhotoId, Decision]) -> bool:
    if frame.photo is None:
        return False
    decision = decisions.get(frame.photo.id)
    return decision is not None and decision.flag is Flag.PICK


def _is_small(file: CardFile) -> bool:
    return kind_of(file.path) is Kind.SIDECAR


def _may_be_same(one: CardFile, other: CardFile) -> bool:
    """Tell whether two files of the cards may be the same, so that one copy does; it is found out when it is made."""
    return one.size_bytes == other.size_bytes and abs(one.mtime_ns - other.mtime_ns) <= TIME_SLACK_NS


def _touches(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
