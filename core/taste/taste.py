"""Your eye: the one object that learns from decisions, says what it learned, and lets it rank where it is better.

For a window: call ``observe`` with the shoot after decisions (in a thread of its own: it reads and writes the disk),
then ``learned``, which fits and judges within a second; ``ranking`` gives what suggestions are to go by. What each
returns is frozen, so that the thread of the window may show it.
"""

import logging
import secrets
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np

from core.errors import TasteFileError
from core.language import say
from core.settings import Weights
from core.taste.account import TermAccount, account
from core.taste.comparisons import Points, compare
from core.taste.fit import HELD, STANDARD, Fitted, Start, fit
from core.taste.lessons import LEARNED_TERMS, Lesson, frame_number, lessons_of
from core.taste.profiles import ShootProfile
from core.taste.store import LessonStore
from core.taste.taste_file import TasteFile, read_taste, read_taste_file, write_taste
from core.taste.told import TasteTextError
from core.taste.verdict import Verdict, judge
from core.types import Cluster, Decision, DecisionSource, Flag, Photo, PhotoId

_log = logging.getLogger(__name__)

_SWITCH, _SINCE, _LEARNER, _BROUGHT = "learning", "since", "learner", "brought"
_OFF = "off"


@dataclass(frozen=True, slots=True)
class LearnedTaste:
    """What was learned, in one profile or in all.

    Attributes:
        fitted: the points, and how firmly each is held.
        verdict: how often they agree with the user; ``verdict.acts`` says whether they rank.
        terms: what was learned of each term.
        points: what ranks: those of ``fitted`` where they act, else the standard or the profile's.
    """

    fitted: Fitted
    verdict: Verdict
    terms: tuple[TermAccount, ...]
    points: Points


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """What a shoot is ranked by, as far as it hangs on the user's taste.

    Attributes:
        is_on: decisions are learned from, and what was learned may rank.
        by: whose learned points rank: a profile's name, "" for those of all shoots, None where the standard ranks.
        verdict: how often what was learned agrees with the user, of the same; of all shoots where none ranks.
        points: what ranks, under the user's sliders.
    """

    is_on: bool
    by: str | None
    verdict: Verdict
    points: Points


class Taste:
    """What the decisions of this machine's user taught. Safe to use from several threads.

    Its methods raise ``StoreError`` where what is kept cannot be read or written; nothing has changed then.

    Args:
        store: keeps the lessons.
        profiles: by name: those that ship and the user's own.
    """

    def __init__(self, store: LessonStore, profiles: Mapping[str, ShootProfile]) -> None:
        self._store = store
        self._profiles = profiles
        self._known: dict[str, LearnedTaste] = {}

    @property
    def is_on(self) -> bool:
        """Whether decisions are learned from, and what was learned may rank."""
        return self._store.choices().get(_SWITCH) != _OFF

    def switch(self, on: bool) -> None:
        """Learn from decisions from now on, or neither learn nor rank by what was learned, which stays."""
        self._store.choose({_SWITCH: None if on else _OFF})
        self._known = {}

    def observe(
        self,
        photos: Mapping[PhotoId, Photo],
        clusters: Iterable[Cluster],
        decisions: Mapping[PhotoId, Decision],
    ) -> int:
        """Learn from a shoot as it stands decided; what is decided otherwise or not at all any more is unlearned.

        A burst of which frames are gone since, or cannot be compared now, stays learned as it was while nothing
        about those that are there has changed.

        Args:
            photos: of the shoot, all of them.
            clusters: ranked ones, of a shoot of which all is measured.
            decisions: as they are kept.

        Returns:
            How many lessons came, changed or went.
        """
        choices = self._store.choices()
        if choices.get(_SWITCH) == _OFF:
            return 0
        clusters = list(clusters)
        chosen = self._profiles_of({photo.path.parent for photo in photos.values()})
        since = float(choices.get(_SINCE, "0"))
        fresh = lessons_of(clusters, photos, decisions, chosen)
        learned = {lesson.frames: lesson for lesson in fresh if lesson.decided > since or not since}
        numbers = {frame_number(photo): photo.id for photo in photos.values()}
        comparable = {photo_id for cluster in clusters for photo_id in cluster.judged}
        stands = {number: _is_liked(decisions.get(photo_id)) for number, photo_id in numbers.items()}
        dropped, kept = [], set[int]()
        for number, lesson in self._store.lessons_with(numbers).items():
            now = learned.get(lesson.frames)
            if now is not None and _is_same(now, lesson):
                del learned[lesson.frames]
            elif now is not None:
                if np.array_equal(now.liked, lesson.liked):
                    # Decided as before: how it was decided is known best from when it was.
                    learned[lesson.frames] = replace(now, way=lesson.way)
                dropped.append(number)
            elif _still_holds(lesson, numbers, comparable, stands):
                kept.update(lesson.frames)
            else:
                dropped.append(number)
        new = [lesson for lesson in learned.values() if not kept.intersection(lesson.frames)]
        if dropped or new:
            self._store.replace(dropped, new)
            self._known = {}
        return max(len(dropped), len(new))

    def learned(self, profile: str = "") -> LearnedTaste:
        """Return what was learned, worked out where that was not done yet: at most a second's work.

        Args:
            profile: in the shoots of this profile; "" in all.
        """
        known = self._known
        if profile not in known:
            known[profile] = self._learn(profile)
        return known[profile]

    def verdict(self, profile: str = "") -> Verdict:
        """Return how often what was learned agrees with the user; ``core.taste.words`` says it."""
        return self.learned(profile).verdict

    def ranking(self, profile: str = "") -> Ranking:
        """Return what a shoot of a profile is ranked by; the choices are read once for all of it.

        Args:
            profile: of the shoot. What was learned in it counts before what was learned in all.
        """
        is_on = self.is_on
        names = dict.fromkeys((profile, "")) if is_on else ()
        by = next((name for name in names if self.verdict(name).acts), None)
        points = self._standard(profile) if by is None else self.learned(by).points
        return Ranking(is_on, by, self.verdict(by or ""), points)

    def forget(self) -> None:
        """Forget all that was learned or brought along, without a trace; only later decisions teach again."""
        choices = {name: None for name in self._store.choices() if name.startswith(_BROUGHT)}
        self._store.forget({**choices, _SINCE: repr(time.time()), _LEARNER: secrets.token_hex(8)})
        self._known = {}

    def export(self, profile: str = "") -> str:
        """Return what was learned as the text of a file."""
        learner = self._store.choices().get(_LEARNER)
        if learner is None:
            learner = secrets.token_hex(8)
            self._store.choose({_LEARNER: learner})
        learned = self.learned(profile)
        start = Start(learned.fitted.points, learned.fitted.held)
        return write_taste(TasteFile(f"x{learner}", profile, start, learned.verdict))

    def bring(self, path: Path) -> TasteFile:
        """Start learning from what a file says, in the place of what another file said before; lessons stay.

        Raises:
            TasteFileError: it is refused, see ``core.taste.taste_file``, or it is what this machine learned itself.
        """
        brought = read_taste_file(path)
        if brought.learner == f"x{self._store.choices().get(_LEARNER)}":
            raise TasteFileError(
                path, say("It is what was learned here, and is not forgotten: it would count twice.")
            )
        self._store.choose({_BROUGHT + brought.profile: write_taste(brought)})
        self._known = {}
        return brought

    def shoots(self) -> Mapping[Path, tuple[int, bool]]:
        """Return the folders learned from: how many bursts each taught, and whether it is left out."""
        return self._store.shoots()

    def left_out(self, folders: Iterable[Path]) -> set[Path]:
        """Return those of the folders that teach nothing, because the user says so."""
        return self._store.left_out(folders)

    def leave_out_shoot(self, folder: Path, left_out: bool = True) -> None:
        """Let a folder teach nothing, or take it in again."""
        self._store.leave_out_shoot(folder, left_out)
        self._known = {}

    def leave_out(self, photos: Collection[Photo], left_out: bool = True) -> None:
        """Let what was decided of a burst with these photos teach nothing, or take it in again."""
        self._store.leave_out_frames(map(frame_number, photos), left_out)
        self._known = {}

    def profile_of(self, folders: Iterable[Path]) -> str:
        """Return the profile chosen for a shoot of these folders; "" where none is, or more than one."""
        chosen = set(self._profiles_of(folders).values())
        return chosen.pop() if len(chosen) == 1 else ""

    def choose_profile(self, folders: Iterable[Path], profile: str) -> None:
        """Choose the profile of a shoot, by its folders and all below them; "" for none."""
        self._store.choose_profile(folders, profile)
        self._known = {}

    def _profiles_of(self, folders: Iterable[Path]) -> dict[Path, str]:
        """Return the profile of each folder: its own, else that of the nearest folder above it; "" for none."""
        above = {folder: (folder, *folder.parents) for folder in folders}
        chosen = self._store.profiles({each for line in above.values() for each in line})
        return {
            folder: next((chosen[each] for each in line if each in chosen), "")
            for folder, line in above.items()
        }

    def _learn(self, profile: str) -> LearnedTaste:
        comparisons = compare(self._store.lessons())
        if profile:
            comparisons = comparisons.only(comparisons.profile == profile)
        standard = self._standard(profile)
        start, brought = self._start(profile, standard)
        fitted = fit(comparisons, start)
        verdict = judge(comparisons, start, standard) + brought
        points = fitted.points if verdict.acts and fitted.points.any() else standard
        return LearnedTaste(fitted, verdict, account(fitted.points, standard, comparisons), points)

    def _start(self, profile: str, standard: Points) -> tuple[Start, Verdict]:
        """Return where learning starts, and how often that agreed with its owner elsewhere."""
        text = self._store.choices().get(_BROUGHT + profile)
        if text is not None:
            try:
                brought = read_taste(text.encode())
                return brought.start, brought.verdict
            except TasteTextError as error:  # brought by a version with other terms
                _log.warning("the taste brought along is not used: %s", error.sentence)
        return Start(standard, np.full(len(standard), HELD)), Verdict()

    def _standard(self, profile: str) -> Points:
        known = self._profiles.get(profile)
        return (
            STANDARD if known is None else STANDARD * [known.factors.get(name, 1.0) for name in LEARNED_TERMS]
        )


def with_points(sliders: Weights, points: Points) -> Weights:
    """Return sliders with other points in their middle: only the proportions of weights rank."""
    points = points * (STANDARD.sum() / points.sum()) if points.any() else STANDARD
    at = {name.value: number for number, name in enumerate(LEARNED_TERMS)}
    chosen: dict[str, float] = {}
    for each in fields(Weights):
        number = at[each.name]
        ratio = points[number] / STANDARD[number] if STANDARD[number] else 1.0
        chosen[each.name] = round(getattr(sliders, each.name) * float(ratio), 2)
    return Weights(**chosen) if any(chosen.values()) else sliders


def _is_liked(decision: Decision | None) -> bool | None:
    """Tell whether the user picked a frame or rejected it; None where neither was done."""
    if decision is None or decision.source is not DecisionSource.USER:
        return None
    return {Flag.PICK: True, Flag.REJECT: False}.get(decision.flag) if decision.flag else None


def _still_holds(
    lesson: Lesson,
    numbers: Mapping[int, PhotoId],
    comparable: Collection[PhotoId],
    stands: Mapping[int, bool | None],
) -> bool:
    """Tell whether a lesson that the shoot does not teach any more stays.

    It does where some of it cannot be told, and the rest is as it was then.
    """
    there = [(at, number) for at, number in enumerate(lesson.frames) if number in numbers]
    told = all(number in numbers and numbers[number] in comparable for number in lesson.frames)
    return not told and all(stands[number] == bool(lesson.liked[at]) for at, number in there)


def _is_same(one: Lesson, other: Lesson) -> bool:
    return (
        np.array_equal(one.liked, other.liked)
        and np.array_equal(one.values, other.values)
        and (one.folder, one.profile, one.moment, one.decided)
        == (other.folder, other.profile, other.moment, other.decided)
    )
