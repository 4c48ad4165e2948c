"""Starts the window: Qt, what is kept on disk, the controllers between them; and ends all of it in order."""

import logging
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app import excepthook
from app.application import Application
from app.bootstrap import Services
from app.controllers.all_looks_controller import AllLooksController
from app.controllers.argument_controller import ArgumentController
from app.controllers.audit_controller import AuditController
from app.controllers.best_controller import BestController
from app.controllers.choice_controller import ClientsChoiceController
from app.controllers.clock_controller import ClockController
from app.controllers.copies_controller import CopiesController
from app.controllers.cover_controller import CoverController
from app.controllers.demo_controller import DemoController
from app.controllers.elsewhere import Elsewhere
from app.controllers.everywhere_controller import EverywhereController
from app.controllers.export_controller import ExportController
from app.controllers.forgotten_controller import ForgottenController
from app.controllers.group_controller import GroupController
from app.controllers.handover_controller import HandoverController
from app.controllers.hint_controller import HintController
from app.controllers.library_controller import LibraryController
from app.controllers.looks_controller import LooksController
from app.controllers.marks_controller import MarksController
from app.controllers.models_controller import ModelsController
from app.controllers.more_like_controller import MoreLikeController
from app.controllers.offload_controller import OffloadController
from app.controllers.people_controller import PeopleController
from app.controllers.review_controller import ReviewController
from app.controllers.session_controller import SessionController
from app.controllers.settings_controller import SettingsController
from app.controllers.summary_controller import SummaryController
from app.controllers.taste_controller import TasteController
from app.controllers.taste_page_controller import TastePageController
from app.controllers.watch_controller import WatchController
from app.controllers.words_controller import WordsController
from app.demo.keeping import DemoShoot
from app.dialog_sizes import DialogSizes
from app.dress import Dress
from app.exit_codes import EXIT_BROKEN, EXIT_OK
from app.garbage import GuiThreadCollector
from app.logging_setup import set_up_logging
from app.notices import notices, system_words
from app.paths import Places, places
from app.pictures import LargePictures, MeasuredRaws, Pictures, Thumbnails
from app.preferences import load_preferences
from app.program_version import program_version
from app.recent_shoots import RecentShoots
from app.repair_dialogue import open_or_repair
from app.run_settings import run_settings
from app.signals import HeardSignals
from core.errors import StoreError
from core.files import SpecialFileError, check_regular
from core.freed_memory import give_back_large_pictures
from core.language import say, tr
from core.pipeline.pool import default_workers
from core.types import PhotoId
from ui.commands.presets import with_keys, without_effect
from ui.dialogs.about_dialog import AboutDialog
from ui.imaging.arguments import Arguments
from ui.imaging.casts import Casts
from ui.imaging.face_crops import FaceCrops
from ui.imaging.laid_over import Layers
from ui.imaging.prefetcher import Prefetcher
from ui.imaging.raw_truths import RawTruths
from ui.imaging.registrations import Registrations
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.imaging.workers import RightOfWay
from ui.main_window import MainWindow
from ui.theme import THEMES, Theme
from ui.views.finders import Finders
from ui.widgets.picture_list import PictureSources
from ui.widgets.sized_dialog import keep_sizes

_log = logging.getLogger(__name__)

_MOST_AHEAD = 2  # pictures decoded ahead at a time
_MOST_THUMBNAILS = 4_000_000_000  # bytes: about a hundred thousand photos


@dataclass(frozen=True, slots=True)
class NextWindow:
    """What the next window opens, because this one was closed only to make way for it."""

    sources: tuple[Path, ...]
    photo: PhotoId | None


class Program:
    """The running window with everything behind it; also what the tests drive.

    Args:
        services: opened; closed by whoever opened them, after ``end``.

    Attributes:
        troubles: what the user should know of how it was opened, in sentences.
    """

    def __init__(self, services: Services) -> None:
        self._kept = kept_choices(services.places)
        keep_sizes(DialogSizes(self._kept))
        chosen = load_preferences(self._kept)
        if idle := without_effect(chosen.keys):
            _log.warning("keys of commands that are not there are kept, and not used: %s", ", ".join(idle))
        self.pictures = Pictures()
        small = Thumbnails(self.pictures, services.thumbnails)
        # One core is left to what is on screen.
        ahead = max(1, default_workers() - 1)
        way = RightOfWay(ahead)
        self.thumbnails = ThumbnailLoader(small, way=way)
        large = LargePictures(self.pictures)
        self.prefetcher = Prefetcher(large, threads=min(_MOST_AHEAD, ahead), way=way, seen=large.load_seen)
        self.finders = Finders(
            FaceCrops(large, way=way),
            Casts(way=way),
            Registrations(large, way=way),
            Layers(),
            Arguments(way=way),
            RawTruths(MeasuredRaws(self.pictures).measure, way=way),
        )
        self.window = MainWindow(
            self.thumbnails,
            self.prefetcher,
            self.finders,
            _about_dialog,
            THEMES[chosen.theme],
            with_keys(chosen.preset, chosen.keys),
        )
        settings, stand_in = run_settings(services.places, self._kept.value)
        self.troubles = tuple(sentence for sentence in (*services.troubles, stand_in) if sentence)
        self.session = SessionController(
            self.window, services, self.pictures, settings, RecentShoots(self._kept, services.thumbnails)
        )
        self.models = ModelsController(self.session, services.places)
        self.taste = TasteController(self.window, self.session, services, self._kept)
        taste_page = TastePageController(self.taste, self.session, services)
        self.settings = SettingsController(
            self.window, self.session, self.models, taste_page, services, self._kept
        )
        self.review = ReviewController(self.window, self.session, self.settings)
        self.audit = AuditController(self.window, self.session, self.review, services.decisions)
        self.marks = MarksController(self.window, self.session)
        self.groups = GroupController(self.window, self.session, self.review)
        self.clocks = ClockController(self.window, self.session, services.decisions)
        self.export = ExportController(self.window, self.session, services.exports, small, self._kept)
        self.offload = OffloadController(self.window, self.session, services, self._kept)
        self.copies = CopiesController(self.window, self.session)
        pictures = PictureSources(self.finders.crops, self.thumbnails)
        self.choice = ClientsChoiceController(self.window, self.session, self.review, pictures)
        self.handover = HandoverController(self.window, self.session, self._kept, self.thumbnails.pixmap)
        self.watch = WatchController(self.window, self.session, lambda: self.export.is_writing)
        self.forgotten = ForgottenController(self.window, self.session, self.export.dialog, pictures)
        self.best = BestController(self.window, self.session, self.review)
        self.cover = CoverController(self.window, self.session, self.review, pictures)
        self.summary = SummaryController(self.window, self.session)
        self.arguments = ArgumentController(self.window, self.session, self.finders)
        self.hints = HintController(self.window, self.settings)
        self.demo = DemoController(self.window, self.session, DemoShoot(services.places.demo))
        self.looks = LooksController(self.window, self.session, self.review, services, pictures)
        self.people = PeopleController(self.window, self.session, services)
        self.words = WordsController(self.window, self.session, services)
        elsewhere = Elsewhere(self.window, self.session, services, self.pictures, pictures)
        self.library = LibraryController(elsewhere)
        self.everywhere = EverywhereController(elsewhere)
        self.all_looks = AllLooksController(elsewhere, self.export)
        self.more_like = MoreLikeController(self.window, self.session, services, pictures)
        self._application = QApplication.instance()
        if isinstance(self._application, Application):
            self._application.handed_over.connect(self._open_handed_over)
        self.next: NextWindow | None = None
        self._restore_preferences()
        self.settings.new_window_wanted.connect(self._make_way)
        self.window.closing.connect(self.end)
        self._ended = False
        self.window.commands.check()

    def end(self) -> None:
        """End threads and workers, waiting a bounded time; the second call does nothing."""
        if self._ended:
            return
        self._ended = True
        if isinstance(self._application, Application):
            self._application.handed_over.disconnect(self._open_handed_over)
        self._kept.setValue("geometry", self.window.saveGeometry())
        self._kept.setValue("include_subfolders", self.window.welcome.include_subfolders)
        self.export.stop()
        self.offload.stop()
        self.copies.stop()
        for asking in (self.forgotten, self.best, self.cover, self.people):
            asking.stop()
        self.models.stop()
        self.words.stop()
        self.watch.stop()
        self.more_like.stop()
        self.demo.stop()
        self.looks.stop()
        self.library.stop()
        self.everywhere.stop()
        self.all_looks.stop()
        self.session.stop()
        self._kept.sync()
        self.taste.stop()
        self.thumbnails.shutdown()
        self.prefetcher.shutdown()
        self.finders.shutdown()

    def _open_handed_over(self, sources: Sequence[Path]) -> None:
        """Open what the system hands over as if it had been dropped on the window, and bring that forward."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()
        self.window.sources_chosen.emit(sources)

    def _make_way(self) -> None:
        """Close this window for one made with the choices of now, in the same place of the same shoot."""
        if not self.window.may_close():
            self.window.messages.show_info(
                tr("This window stays as it is; what you chose is in force from the next one on.")
            )
            return
        self.next = NextWindow(self.session.sources, self.window.space.current_photo())
        self.window.close()

    def _restore_preferences(self) -> None:
        geometry = self._kept.value("geometry")
        if geometry is not None:
            self.window.restoreGeometry(geometry)
        subfolders = self._kept.value("include_subfolders", True, type=bool)
        self.window.welcome.set_include_subfolders(bool(subfolders))


def show_window(sources: Sequence[Path]) -> int:
    """Show the window until it is closed; open the sources where there are any. Returns the exit code."""
    give_back_large_pictures()
    app = start_qt()
    dress = Dress(app)
    collector = GuiThreadCollector(app)
    signals = HeardSignals(app)
    upcoming: NextWindow | None = NextWindow(tuple(path.absolute() for path in sources), None)
    code = EXIT_OK
    try:
        where = places()
        set_up_logging(where.log)
        preferences = load_preferences(kept_choices(where))
        dress.put_on(preferences)
        with ExitStack() as stack:
            services = open_or_repair(where, stack, THEMES[preferences.theme])
            if services is None:
                return EXIT_BROKEN
            while upcoming is not None:
                dress.put_on(load_preferences(kept_choices(where)))
                code, upcoming = _show_one(app, services, upcoming)
            with suppress(StoreError):  # a full disk is no news for somebody who is leaving
                services.thumbnails.prune(_MOST_THUMBNAILS)
            return code
    except StoreError as error:
        QMessageBox.critical(None, tr("Shortlist cannot start"), str(error))
        return EXIT_BROKEN
    finally:
        signals.stop()
        collector.stop()


def start_qt() -> Application:
    """Start the application under its name and icon."""
    app = Application(sys.argv[:1])
    app.setApplicationName("Shortlist")
    app.setDesktopFileName("shortlist")
    app.setWindowIcon(QIcon(str(files("resources") / "icons" / "shortlist.png")))
    return app


def kept_choices(where: Places) -> QSettings:
    """Return the file of the user's choices. Raises StoreError where it is none."""
    try:
        check_regular(where.preferences)
    except SpecialFileError as error:
        raise StoreError(
            say("“{name}” cannot be used. {reason}", name=where.preferences, reason=error.sentence)
        ) from error
    return QSettings(str(where.preferences), QSettings.Format.IniFormat)


def _show_one(app: QApplication, services: Services, opened: NextWindow) -> tuple[int, NextWindow | None]:
    """Show a window until it is closed; return the exit code, and what to show after it."""
    program = Program(services)
    excepthook.install(program.window.messages.show_error)
    program.window.show()
    program.export.tell_of_interrupted()
    program.offload.drives.watch()
    for sentence in program.troubles:
        program.window.messages.show_error(sentence)  # stays until the user has seen it
    if opened.sources:
        program.session.open(opened.sources, opened.photo)
    code = app.exec()
    program.end()
    program.window.deleteLater()
    return code, program.next


def _about_dialog(parent: QWidget, theme: Theme) -> AboutDialog:
    return AboutDialog(program_version(), system_words(), notices(), parent, theme)
