"""Learning from what is decided in the window, off its thread; suggestions follow where that is better."""

import json
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.background import Background
from app.bootstrap import Services
from app.controllers.session_controller import SessionController
from app.taste_choice import RankedByTaste, folders_of, ranked_by_taste
from core.errors import StoreError
from core.language import tr
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.taste.comparisons import Points
from core.taste.proposing import propose
from core.taste.words import acting_words, proposal_words
from core.types import Cluster, Decision, Photo, PhotoId
from ui.main_window import MainWindow

_log = logging.getLogger(__name__)

Result = TypeVar("Result")

_PAUSE_MS = 2500  # decisions of a moment are learned together
_NOTICED = (
    0.03  # share of all points by which a term's must have changed before bursts are ranked anew meanwhile
)
_REMEMBERED = 200  # shoots for which a profile was proposed


@dataclass(frozen=True, slots=True)
class _Decided:
    """What there is to learn from, as it was when the thread was asked to."""

    photos: Mapping[PhotoId, Photo]
    clusters: Collection[Cluster]
    decisions: Mapping[PhotoId, Decision]


class TasteController(QObject):
    """Learns, lets the shoot be ranked by what was learned, and says so once.

    Args:
        window: says what changed.
        session: the open shoot.
        services: what was learned, and the profiles.
        kept: where it is remembered what was said.
    """

    changed = Signal()  # what was learned, or what ranks

    def __init__(
        self, window: MainWindow, session: SessionController, services: Services, kept: QSettings
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._services = services
        self._kept = kept
        self.background = Background(self, window.messages.show_error)
        self.ranked = RankedByTaste(session.settings)
        self._told = bool(kept.value("taste_told", False, type=bool))
        self._touched: set[PhotoId] = set()  # decided on since it was learned
        self._all = False  # the whole shoot is to be learned from
        self._of: tuple[Shoot, Review] = (session.shoot, session.review)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._learn)
        session.opened.connect(self._opened)
        session.ranked.connect(self._take)
        session.decided.connect(self._decided)
        session.finished.connect(self._measured)
        self.background.do(self._work_out)  # so that the first folder need not wait for it

    def stop(self) -> None:
        """Learn what is still to be learned, and end; waits a bounded time."""
        self.background.stop()
        if self._soon.isActive():
            self._soon.stop()
            self._observe(self._snapshot())

    def change(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object] = lambda _result: None,
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Change on the thread what the user said of the taste, then rank by what holds now.

        Args:
            work: does it; must touch nothing that the window changes.
            then: takes what it returns, here.
            failed: is told in a sentence what went wrong; the foot of the window says it otherwise.
        """
        self._do(work, then, failed, at_once=True)

    def switch(self, on: bool) -> None:
        """Learn and let what was learned rank, or neither; what was learned stays."""
        taste = self._services.taste
        self._remember_told(self._told and on)  # turned on again, it is said again where it ranks
        self.change(lambda: taste.switch(on))
        if on and self._session.shoot.finished is not None:
            self._all = True
            self._learn()

    def choose_profile(self, name: str) -> None:
        """Give the open shoot a profile; "" for none."""
        folders, taste = folders_of(self._session.sources), self._services.taste
        self._session.rules.let_pass(self._services.forgiven(name))
        self.change(lambda: taste.choose_profile(folders, name))

    def forget(self) -> None:
        """Forget all that was learned, without a trace on the disk."""
        services = self._services

        def forget() -> None:
            services.taste.forget()
            services.measures.forget_groups()  # they are ranked by what was learned

        self._remember_told(False)
        self.change(forget)

    # Learning

    def _opened(self) -> None:
        """Turn to another shoot, when what was decided in the former one is learned."""
        if self._soon.isActive():
            self._soon.stop()
            self._learn()
        self._touched, self._all = set(), False
        self._of = (self._session.shoot, self._session.review)

    def _decided(self, photo_ids: Sequence[PhotoId], regrouped: bool) -> None:
        if self._session.shoot.finished is None or self._session.is_demo:
            return  # all of it is learned from when all of it is measured; of the demo, nothing
        self._touched.update(photo_ids)
        self._all |= regrouped
        if not self._soon.isActive():
            self._soon.start()

    def _measured(self) -> None:
        if self._session.is_demo:
            return
        self._all = True
        self._learn()
        self._propose()

    def _learn(self) -> None:
        decided = self._snapshot()
        self._do(lambda: self._observe(decided), at_once=False)

    def _work_out(self) -> None:
        """Work out what was learned before; on the thread. Where it cannot be read, the standard ranks."""
        try:
            self._services.taste.learned()
        except StoreError as error:
            _log.warning("what was learned cannot be read: %s", error)

    def _snapshot(self) -> _Decided:
        """Return what was touched: the thread must not look at what the window changes."""
        shoot, review = self._of
        if self._all:
            photos, clusters = dict(shoot.photos), tuple(shoot.clusters.values())
        else:
            touched = [photo_id for photo_id in self._touched if photo_id in shoot.photos]
            clusters = tuple({each.id: each for each in map(shoot.cluster_of, touched)}.values())
            photos = {frame: shoot.photos[frame] for each in clusters for frame in each.photo_ids}
        decisions = {each: review.kept[each] for each in photos if each in review.kept}
        self._touched, self._all = set(), False
        return _Decided(photos, clusters, decisions)

    def _observe(self, decided: _Decided) -> None:
        """Learn; on the thread. What cannot be kept is not learned, which is no reason to disturb anybody."""
        try:
            self._services.taste.observe(decided.photos, decided.clusters, decided.decisions)
        except StoreError as error:
            _log.warning("nothing is learned: %s", error)

    # Ranking

    def _do(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object] = lambda _result: None,
        failed: Callable[[str], object] | None = None,
        *,
        at_once: bool,
    ) -> None:
        """Do work on the thread, and rank by what holds after it.

        Args:
            work: does it.
            then: takes what it returns.
            failed: as in ``change``.
            at_once: also where little changed: the user asked for it.
        """
        services, settings, sources = self._services, self._session.settings, self._session.sources
        shoot, by, points = self._session.shoot, self.ranked.by, self._session.rules.points
        rank_ahead = shoot.ranker_ahead()

        def done_on_thread() -> tuple[Result, RankedByTaste, bool]:
            result, ranked = work(), ranked_by_taste(settings, services, sources)
            changes = at_once or ranked.by != by or _differ(ranked.points, points)
            if changes:
                rank_ahead(ranked.settings.weights)
            return result, ranked, changes

        def done(found: tuple[Result, RankedByTaste, bool]) -> None:
            result, ranked, changes = found
            if sources == self._session.sources:
                if changes:
                    self._session.rules.rank_by(ranked.points)
                self._take(ranked)
            then(result)

        self.background.do(done_on_thread, done, failed, wish=work)

    def _take(self, ranked: RankedByTaste) -> None:
        """Note what ranks, and say once that the user's own taste does, or does no more."""
        self.ranked = ranked
        if ranked.by is not None and not self._told:
            self._remember_told(True)
            self._window.messages.show_question(
                acting_words(ranked.verdict), tr("Back to the standard"), self._go_back, of_shoot=False
            )
        elif ranked.by is None and ranked.is_on and self._told and not ranked.profile:
            self._remember_told(False)
            self._window.messages.show_info(
                tr("Suggestions go by the standard again: your own taste agrees with you no more often.")
            )
        self.changed.emit()

    def _go_back(self) -> None:
        self.switch(False)
        self._window.messages.show_info(
            tr("Suggestions go by the standard. Settings › Your taste lets yours count again.")
        )

    def _remember_told(self, told: bool) -> None:
        self._told = told
        self._kept.setValue("taste_told", told)

    # Profiles

    def _propose(self) -> None:
        """Propose a profile where one is clear, none is chosen, and it was not proposed before."""
        shoot, folders, taste = self._session.shoot, folders_of(self._session.sources), self._services.taste
        photos, analyses = tuple(shoot.photos.values()), tuple(shoot.analyses.values())
        name = "\n".join(map(str, folders))
        if name in self._proposed():
            return

        def found() -> str:
            return "" if taste.profile_of(folders) else propose(photos, analyses)

        def offer(profile: str) -> None:
            if profile and folders == folders_of(self._session.sources):
                self._kept.setValue("proposed", json.dumps([*self._proposed(), name][-_REMEMBERED:]))
                self._window.messages.show_question(
                    proposal_words(self._services.profiles[profile]),
                    tr("Choose it"),
                    lambda: self.choose_profile(profile),
                )

        self.background.do(found, offer)

    def _proposed(self) -> list[str]:
        """Return the shoots for which a profile was proposed."""
        with suppress(ValueError):
            if isinstance(value := json.loads(str(self._kept.value("proposed", "[]"))), list):
                return [str(each) for each in value]
        return []


def _differ(one: Points, other: Points) -> bool:
    """Tell whether the user would notice the difference."""
    return bool(np.abs(one / one.sum() - other / other.sum()).max() >= _NOTICED)
