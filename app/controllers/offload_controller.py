"""Copying from cards: cards are offered, the screen's wishes become a plan, and the very same plan is carried out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.bootstrap import Services
from app.controllers.session_controller import SessionController
from app.drives import CardVolume, Drives, card_volumes
from app.export_choices import keep_metadata, load_metadata
from app.job import Progress
from app.metadata_of_copies import plan_of_copies, written_of_copies
from app.offload_choices import keep_offload_choices, load_offload_choices
from app.one_job import OneJob
from app.run_settings import run_settings
from core.cancelling import Cancelled
from core.language import tr
from core.naming.facts import KnownOfShoot
from core.offload.carry_out import offload
from core.offload.follow import Followers
from core.offload.outcome import OffloadResult
from core.offload.plan import check_folders
from core.offload.progress import OffloadProgress
from core.offload.request import OffloadPreview, OffloadRequest, preview_offload, shoot_title
from core.offload.words import offload_result_words
from core.pipeline.context import Dependencies
from core.pipeline.runner import run
from core.review.review import Review
from core.settings import Settings
from core.shoot.shoot import Shoot
from ui.commands import table
from ui.export.confirm_dialog import ConfirmDialog
from ui.export.offload_dialog import OffloadDialog
from ui.main_window import MainWindow

_SHOWN_MS = 200  # between two looks at how far it is


@dataclass(frozen=True, slots=True)
class _Cards:
    """What was read of cards: their photos, with groups as far as they are known."""

    cards: tuple[Path, ...]
    shoot: Shoot


@dataclass(frozen=True, slots=True)
class _Planned:
    """A plan, and the cards it was made of."""

    cards: _Cards
    preview: OffloadPreview


class OffloadController(QObject):
    """Shows the dialog, plans on a thread, and copies on a thread while the window goes on.

    Signals:
        followed: ids of copies that got decisions of their originals, in whatever thread.

    Args:
        window: has the commands.
        session: opens the copies.
        services: decisions to follow, and what is known of photos.
        kept: remembers the choices.
        volumes: finds the cards that are in.
    """

    followed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        services: Services,
        kept: QSettings,
        volumes: Callable[[], tuple[CardVolume, ...]] = card_volumes,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._services = services
        self._kept = kept
        self._job = OneJob(self)
        self._plan: tuple[OffloadRequest, OffloadPreview] | None = None
        self._read: _Cards | None = None  # while the dialog is open: a template is typed letter by letter
        self._progress: OffloadProgress | None = None
        self._followers: Followers | None = None  # of what was copied last
        self._offered: dict[CardVolume, str] = {}
        self._shown = QTimer(self, interval=_SHOWN_MS)
        self._shown.timeout.connect(self._show_progress)
        self.drives = Drives(self, volumes)
        self.drives.came.connect(self._offer)
        self.drives.went.connect(self._withdraw)
        self.dialog = OffloadDialog(window, window.theme)
        metadata = self.dialog.form.metadata
        metadata.offer(load_metadata(kept))
        metadata.written.connect(lambda template: keep_metadata(kept, template))
        self.dialog.form.set_choices(load_offload_choices(kept))
        self.dialog.preview_requested.connect(self.preview)
        self.dialog.copy_requested.connect(self.copy)
        self.dialog.cancel_requested.connect(self._job.cancel)
        self.dialog.open_requested.connect(self._open_copies)
        session.decisions_changed.connect(self._plan_anew)
        self.followed.connect(session.decided_elsewhere)
        window.commands.bind(table.COPY_CARD, self.show)
        window.before_closing.append(self._may_close)

    def stop(self) -> None:
        """End what runs; what is not proven yet is taken away, and the next time it goes on there."""
        self.drives.stop()
        self._job.stop()
        self._shown.stop()

    def _may_close(self) -> bool:
        """Ask before a window is closed that copies: whoever formats the card then would lose what is not copied."""
        if not self.dialog.is_running:
            return True
        question = ConfirmDialog(
            tr("Copy from card"),
            tr("Photos are still being copied from the card."),
            tr(
                "What is copied stays. Keep the card as it is; copied once more, it goes on where it stopped."
            ),
            tr("Stop and close"),
            self._window,
            self._window.theme,
        )
        return bool(question.exec())

    def show(self, chosen: Path | None = None) -> None:
        """Show the dialog with the cards that are in, and one of them ticked."""
        self._read = None  # a card may hold more by now
        self._list_cards(chosen or self._likely())
        self.dialog.present()

    def preview(self, request: OffloadRequest) -> None:
        """Plan, and say what would be done."""
        if self._job.is_writing:
            return  # photos are being copied
        if self._job.replace(lambda: self.preview(request)):
            return
        self._plan = None
        settings, _ = run_settings(self._services.places, self._kept.value)
        dependencies = self._services.dependencies(settings, measure=False, regroups=False)

        read = self._read if self._read is not None and self._read.cards == request.cards else None

        def work(_progress: Progress, cancelled: Cancelled) -> _Planned:
            check_folders(request.cards, request.targets)
            cards = read or _read_cards(request.cards, settings, dependencies, cancelled)
            review = Review(self._services.decisions, (), cards.shoot)
            review.load(cards.shoot.photos.values())
            review.take_marks(cards.shoot.marks)
            known = KnownOfShoot(
                cards.shoot.decisions,
                tuple(cards.shoot.clusters_in_order()),
                title=shoot_title(request.cards),
            )
            photos = tuple(cards.shoot.photos.values())
            return _Planned(cards, preview_offload(request, photos, known, cancelled))

        def show(planned: object) -> None:
            assert isinstance(planned, _Planned)
            # Of no choices made since.
            if not self._job.is_outdated and self.dialog.form.request() == request:
                self._read = planned.cards
                self._plan = request, planned.preview
                self.dialog.show_preview(planned.preview)

        self._job.start(work, show, self._failed)

    def copy(self, request: OffloadRequest) -> None:
        """Carry out the plan that is shown."""
        if self._job.is_running or self._plan is None or self._plan[0] != request:
            return
        preview, self._plan, self._progress = self._plan[1], None, None
        keep_offload_choices(self._kept, request)
        services = self._services
        follow = self._followers = Followers(
            services.decisions, services.measures, services.thumbnails, self.followed.emit
        )

        written: list[str] = []

        def work(_progress: Progress, cancelled: Cancelled) -> OffloadResult:
            result = offload(
                preview.plan,
                services.places.offload_lock,
                self._take_progress,
                cancelled,
                follow,
                together=request.together,
            )
            follow.catch_up()
            if request.metadata is not None and not result.cancelled:
                title = (request.naming and request.naming.shoot) or shoot_title(request.cards)
                copies = plan_of_copies(
                    request.metadata, result, title, lambda paths: self._find(paths, cancelled)
                )
                written.extend(written_of_copies(copies, services.exports, cancelled))
            return result

        def failed(sentence: str) -> None:
            self._shown.stop()
            self._failed(sentence)

        def show(result: object) -> None:
            assert isinstance(result, OffloadResult)
            self._shown.stop()
            notes = [
                tr("The list of checksums in “{folder}” could not be written. {reason}").format(
                    folder=target, reason=reason
                )
                for target, reason in result.unlisted.items()
            ]
            if follow.trouble:
                notes.append(
                    tr("What you decided could not be kept for the copies. {reason}").format(
                        reason=follow.trouble
                    )
                )
            notes += written
            self.dialog.show_result(result, notes)
            if not self.dialog.isVisible():
                self._tell(result, notes)

        self.dialog.show_running(request)
        self._shown.start()
        self._job.start(work, show, failed, writes=True)

    def _open_copies(self, folder: Path) -> None:
        """Open the copies, with all that was decided on the card until now."""
        if self._followers is not None:
            self._followers.catch_up()
            if self._followers.trouble:
                self._window.messages.show_error(self._followers.trouble)
        self._session.open([folder])

    def _plan_anew(self) -> None:
        """Plan with what was decided just now, where the dialog stands open beside it."""
        if self.dialog.isVisible() and not self.dialog.is_running:
            self.dialog.plan_anew()

    def _find(self, paths: Sequence[Path], cancelled: Cancelled) -> Shoot:
        """Find copies as photos, with what is decided of them; called on the job's thread."""
        settings, _ = run_settings(self._services.places, self._kept.value)
        dependencies = self._services.dependencies(settings, measure=False, regroups=False)
        shoot = Shoot(settings.grouping, settings.weights)
        run(paths, settings, dependencies, cancelled, shoot.apply)
        Review(self._services.decisions, (), shoot).load(shoot.photos.values())
        return shoot

    def _list_cards(self, chosen: Path | None = None) -> None:
        """Offer the cards that are in, and what is open in the window where it lies on none of them."""
        if not self.dialog.is_running:
            cards = [(card.folder, card.name) for card in self.drives.cards]
            opened = [(folder, folder.name) for folder in self._opened() if self._card_of(folder) is None]
            self.dialog.form.offer_cards([*cards, *opened], chosen)

    def _likely(self) -> Path | None:
        """Return what is most likely to be copied: the card that is open, else the only one; None for nothing."""
        opened = self._opened()
        cards = [card.folder for card in self.drives.cards]
        on_card = [card for folder in opened if (card := self._card_of(folder)) is not None]
        return next(
            iter((*on_card, *(cards[:1] if len(cards) == 1 else ()), *(opened if not cards else ()))), None
        )

    def _opened(self) -> list[Path]:
        return [source for source in self._session.sources if source.is_dir()]

    def _card_of(self, folder: Path) -> Path | None:
        return next((card.folder for card in self.drives.cards if folder.is_relative_to(card.folder)), None)

    def _tell(self, result: OffloadResult, notes: list[str]) -> None:
        """Say in the window what came of it, where nobody looks at the dialog."""
        words = " ".join((offload_result_words(result), *notes))
        if result.missing or notes:
            self._window.messages.show_error(words, tr("Show"), self.dialog.show)
        else:
            self._window.messages.show_question(words, tr("Show"), self.dialog.show, of_shoot=False)

    def _take_progress(self, progress: OffloadProgress) -> None:
        """Take how far it is, on whatever thread; the timer shows the latest."""
        self._progress = progress

    def _show_progress(self) -> None:
        if self._progress is not None and self.dialog.is_running:
            self.dialog.show_progress(self._progress)

    def _failed(self, sentence: str) -> None:
        self.dialog.show_refusal(sentence)
        if not self.dialog.isVisible():
            self._window.messages.show_error(sentence)

    def _offer(self, card: CardVolume) -> None:
        """Offer a card that was put in; it is not looked into before somebody says so."""
        self._list_cards()
        words = tr("There is a card: “{name}”.").format(name=card.name)
        self._offered[card] = words
        self._window.messages.show_question(
            words,
            tr("Copy from card…"),
            lambda: self.show(card.folder),
            (tr("Open it"), lambda: self._session.open([card.folder])),
            of_shoot=False,
        )

    def _withdraw(self, card: CardVolume) -> None:
        self._list_cards()
        if words := self._offered.pop(card, ""):
            self._window.messages.withdraw(words)


def _read_cards(
    cards: tuple[Path, ...], settings: Settings, dependencies: Dependencies, cancelled: Cancelled
) -> _Cards:
    shoot = Shoot(settings.grouping, settings.weights)
    run(cards, settings, dependencies, cancelled, shoot.apply)
    return _Cards(cards, shoot)
