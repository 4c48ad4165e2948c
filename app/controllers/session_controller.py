"""The open shoot: starts and stops the pipeline, and brings what it tells to the window."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.bootstrap import Services, unkept
from app.controllers.rules_controller import RulesController
from app.decisions_ahead import DecisionsAhead
from app.demo.keeping import DemoShoot
from app.garbage import free_what_was_let_go, set_aside
from app.nothing_found import no_photo_among, nothing_found
from app.pictures import Pictures
from app.pipeline_thread import PipelineThread
from app.ranking_in_force import RankingInForce
from app.recent_shoots import RecentShoots
from app.rewritten_photos import keep_what_is_known
from app.taste_choice import RankedByTaste, ranked_by_taste
from core.errors import StoreError
from core.ingest.scanner import ScannedFile
from core.language import tr
from core.pipeline.events import (
    ClustersUpdated,
    Event,
    Finished,
    GrouperReady,
    MarksRead,
    NotKept,
    PhotoFailed,
    PhotosAnalyzed,
    PhotosFound,
    PreviewsReady,
    Progress,
)
from core.review.review import Review
from core.settings import Settings
from core.shoot.shoot import Shoot
from core.types import Photo, PhotoId, legible
from ui.main_window import MainWindow
from ui.way_back import WayBack

_log = logging.getLogger(__name__)

_MANY = 256  # analyses at once: those of an earlier run
_NOTE_AFTER_MS = 2000  # of photos found or decided on: no key waits, and a killed program has noted it


class SessionController(QObject):
    """One shoot at a time. Opening another cancels the run of the former, whose late events are dropped.

    Attributes:
        rules: changes what the open shoot, and those after it, are ranked and grouped by.

    Args:
        window: shows it.
        services: what is kept on disk.
        pictures: told which shoot's pictures are wanted.
        settings: of the runs.
        recent: told how far a shoot is, and where in it one was.
    """

    opened = Signal()
    closed = Signal()
    ranked = Signal(object)  # app.taste_choice.RankedByTaste: what the run that begins goes by
    decided = Signal(object, bool)  # photo ids, and whether they are in other groups now
    finished = Signal()  # a run, whether all was measured or it was cancelled
    decisions_changed = Signal()  # loaded, made or taken back
    marks_read = Signal()
    wrote = Signal(object)  # files of photos, sidecars too, that an export or its undoing wrote
    clocks_compared = Signal()

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        pictures: Pictures,
        settings: Settings,
        recent: RecentShoots,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._pictures = pictures
        self._by = RankingInForce(settings)
        self.rules = RulesController(self, window, services, self._by)
        self._recent = recent
        self._threads: list[PipelineThread] = []
        self._ended = False
        self._run_id = 0
        self._ahead = DecisionsAhead(services.decisions.load_decisions)
        self._way_back = WayBack(window.space)
        self._note_soon = QTimer(self, singleShot=True, interval=_NOTE_AFTER_MS)
        self._note_soon.timeout.connect(self._note)
        self._only: frozenset[Path] | None = None
        self._away: tuple[ScannedFile, ...] = ()
        self.is_watched = False
        self.sources: tuple[Path, ...] = ()
        self._hold(Shoot())
        window.sources_chosen.connect(self.open)
        window.cancel_requested.connect(self.cancel)
        window.resume_requested.connect(self.resume)
        self._show_welcome()

    def open(self, sources: Sequence[Path], at: PhotoId | None = None) -> None:
        """Open folders or files as one shoot, at a photo of it, else where one was; nothing where none is a photo."""
        if self._ended:
            return  # what was made to be opened came as the window closed
        if refused := no_photo_among(sources):
            self._window.messages.show_info(refused)
            return
        self.cancel()
        self._note()
        if tuple(sources) != self.sources:
            self._window.messages.leave_shoot()
        self.sources = tuple(sources)
        self._run_id += 1
        self._only, self._away = None, ()
        self._hold(Shoot(self._by.settings.grouping, self._by.weights))
        self._way_back = WayBack(self._window.space, at or self._recent.place_in(self.sources))
        self._window.show_shoot(self.shoot, self.title)
        self._remember()
        self.opened.emit()
        if self._run_id > 1:  # something was open before
            free_what_was_let_go()
        self._start()

    def open_again(self) -> None:
        """Open what is open once more, from the photo that is active now."""
        if self.sources:
            self.open(self.sources, self._window.space.current_photo())

    def resume(self) -> None:
        """Take the measuring up again where it was cancelled or broke off; what is on screen stays."""
        ended = self.shoot.finished
        if ended is None and self.is_running:
            self._window.messages.show_info(tr("The photos are being measured."))
        elif ended is not None and not ended.cancelled:
            self._window.messages.show_info(tr("Every photo is measured."))
        elif self.sources:
            self._go_on()

    def look_again(self, only: frozenset[Path], away: tuple[ScannedFile, ...] = ()) -> None:
        """Take in what came since, and let go what has gone; what else is on screen stays.

        Args:
            only: the files that are written to their ends; others are left out for now.
            away: files that cannot be looked at now, and stay as they were.
        """
        if self.sources and not self.is_running:
            self._only, self._away = only, away
            self._go_on()

    def _go_on(self) -> None:
        """Run once more over what is open."""
        self._run_id += 1
        self.shoot.begin_run()
        self._window.show_resumed()
        self._window.space.advice_changed()
        self._start()

    def _hold(self, shoot: Shoot) -> None:
        """Hold another shoot, with the review that decides on it."""
        self.shoot = shoot
        self.review = Review(self._services.decisions, self.sources, shoot, self._show_decisions)
        self._pictures.set_shoot(shoot)

    def _start(self) -> None:
        """Start a run over what is open."""
        settings = replace(self._by.settings, recursive=self._window.welcome.include_subfolders)
        self._by.run_begins(settings)
        sources = self.sources
        self._ahead = DecisionsAhead(self._services.decisions.load_decisions)
        thread = PipelineThread(
            sources,
            lambda: ranked_by_taste(settings, self._services, sources),
            replace(
                self._services.dependencies(settings),
                only=self._only,
                away={file.path: file for file in self._away},
            ),
            self._run_id,
            self,
            self._ahead,
        )
        thread.ranked.connect(self._take_ranked)
        thread.event_arrived.connect(self._take)
        thread.event_arrived.connect(thread.event_taken)
        thread.failed.connect(self._failed)
        thread.finished.connect(lambda: self._threads.remove(thread))
        thread.finished.connect(thread.deleteLater)  # it holds decisions and services of its run
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        """Go back to the welcome screen; all decisions are kept."""
        self.cancel()
        self._note()
        self._window.messages.leave_shoot()
        self._run_id += 1
        self.sources = ()
        self._hold(Shoot())
        self.decisions_changed.emit()
        self._show_welcome()
        self.closed.emit()

    def cancel(self) -> None:
        """Ask the running analysis to stop; what it found so far stays."""
        for thread in self._threads:
            thread.cancel()

    def stop(self) -> None:
        """End all runs, waiting a bounded time; none begins any more."""
        self._ended = True
        self._note()
        for thread in list(self._threads):
            thread.stop()

    @property
    def settings(self) -> Settings:
        """What the user set, of the runs; the weights are the sliders' alone."""
        return self._by.settings

    @property
    def is_demo(self) -> bool:
        """Whether what is open is the demo shoot, of which nothing is learned and nothing is remembered."""
        return DemoShoot(self._services.places.demo).is_of(self.sources)

    @property
    def title(self) -> str:
        """What the open shoot is called; "" where none is open."""
        if not self.sources:
            return ""
        first, others = legible(self.sources[0].name or str(self.sources[0])), len(self.sources) - 1
        return tr("{first} and {count} more").format(first=first, count=others) if others else first

    def metadata_written(self, paths: Iterable[Path], elsewhere: Iterable[Photo] = ()) -> None:
        """Keep what is known of photos we embedded into: they have the same picture as before.

        Args:
            paths: files an export or its undoing wrote; those that are no photos of the shoot do not matter.
            elsewhere: photos of other shoots that matter too.
        """
        written = frozenset(paths)
        keep_what_is_known(self.shoot, written, self._services, elsewhere)
        self.wrote.emit(written)

    @property
    def is_running(self) -> bool:
        """Whether an analysis goes on."""
        return bool(self._threads)

    def _take_ranked(self, run_id: int, ranked: RankedByTaste) -> None:
        """Note what the run goes by; the sliders may have been moved since it was asked for."""
        if run_id != self._run_id:
            return
        self._by.run_begins(ranked.settings)
        self.shoot.forgiven = self._services.forgiven(ranked.profile)
        self.rules.rank_by(ranked.points)
        self.ranked.emit(ranked)

    def _take(self, event: Event) -> None:
        """Take one event of the current run in and show it."""
        if event.run_id != self._run_id:
            return
        waited = self.shoot.waits_for_grouper
        self.shoot.apply(event)
        match event:
            case PhotosFound():
                self._show_found(event)
            case MarksRead():
                self.marks_read.emit()
            case PreviewsReady():
                self._window.space.previews_ready(event.previews)
            case PhotosAnalyzed():
                self._show_measured(event)
            case ClustersUpdated():
                self._show_groups(event)
            case GrouperReady() if waited:
                self._window.space.photos_changed()
            case PhotoFailed():
                self._window.show_problem(event)
            case NotKept():
                self._window.messages.show_error(unkept(event.reason, library=event.library))
            case Progress():
                self._window.show_progress(event)
            case Finished():
                self._finish(event)

    def _show_found(self, event: PhotosFound) -> None:
        set_aside()
        self._load_decisions(event)
        self._window.problems.set_left_out(event.skipped)
        self._window.space.photos_changed()
        self._way_back.photos_found(self.shoot)
        self._note_soon.start()

    def _show_measured(self, event: PhotosAnalyzed) -> None:
        if len(event.analyses) > _MANY:
            set_aside()
        self._window.space.analyses_changed([analysis.photo_id for analysis in event.analyses])

    def _show_groups(self, event: ClustersUpdated) -> None:
        """Show what the run grouped, by the settings of now where they were changed since it began."""
        set_aside()
        self._by.catch_up(self.shoot)
        self._window.space.photos_changed()
        self._way_back.photos_grouped(self.shoot)
        if event.clocks:
            self.clocks_compared.emit()

    def _finish(self, event: Finished) -> None:
        if event.photos or event.failed or event.cancelled or self.is_watched:
            self._window.show_finished(event)
            self._window.space.advice_changed()
            self._note()
            self.finished.emit()
            return
        words = nothing_found(self.title, self.shoot.skipped)
        self._show_welcome()
        self._window.messages.show_info(words)

    def _load_decisions(self, event: PhotosFound) -> None:
        """Load the decisions of photos not seen before: for the others the screen may already be ahead of the disk."""
        new = [photo for photo in event.photos if photo.id not in self.shoot.decisions]
        try:
            self.review.load(new, self._ahead.on(new))
            self.decisions_changed.emit()
        except StoreError as error:
            self._window.messages.show_error(str(error))

    def _show_decisions(self, photo_ids: Sequence[PhotoId], regrouped: bool) -> None:
        """Show what was decided; the one place where decisions reach the screen. They are on disk by now."""
        if regrouped:
            self._window.space.photos_changed()
        self._window.space.decisions_changed(photo_ids)
        self.decisions_changed.emit()
        self.decided.emit(photo_ids, regrouped)
        if not self._note_soon.isActive():
            self._note_soon.start()

    def decided_elsewhere(self, photo_ids: Iterable[PhotoId]) -> None:
        """Show what was decided on photos of the open shoot by way of several shoots; it is on disk."""
        own = [self.shoot.photos[photo_id] for photo_id in photo_ids if photo_id in self.shoot.photos]
        if own:
            self.review.load(own)
            self._show_decisions([photo.id for photo in own], False)

    def _failed(self, run_id: int, sentence: str) -> None:
        if run_id == self._run_id:
            self._window.progress.begin()
            self._window.messages.show_error(sentence)
            if self.shoot.photos:
                self._window.progress.offer_to_resume()
            else:
                self._show_welcome()

    def _note(self) -> None:
        """Note how far the open shoot is, and where in it one is."""
        if not self.is_demo:
            self._recent.note(self.sources, self.shoot, self._window.space.current_photo())

    def _remember(self) -> None:
        if self.is_demo:
            return
        try:
            self._services.decisions.touch_source(self.sources)
        except StoreError:
            _log.warning("the recent folder could not be remembered", exc_info=True)

    def _show_welcome(self) -> None:
        try:
            recent = self._services.decisions.recent_sources()
        except StoreError as error:
            recent = ()
            self._window.messages.show_error(str(error))
        self._window.show_welcome(self._recent.of(recent))
