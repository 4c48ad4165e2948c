"""Starts the window: Qt, what is kept on disk, the controllers between them; and ends all of it in order."""

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication, QMessageBox

from app import excepthook
from app.arguments import EXIT_BROKEN, program_version
from app.bootstrap import Services, open_services
from app.embedder_choice import chosen_embedder
from app.export_controller import ExportController
from app.garbage import GuiThreadCollector
from app.logging_setup import set_up_logging
from app.notices import notices
from app.paths import places
from app.pictures import LargePictures, Pictures, Thumbnails
from app.review_controller import ReviewController
from app.session_controller import SessionController
from core.errors import StoreError
from core.settings import Settings
from ui.imaging.prefetcher import Prefetcher
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.main_window import MainWindow
from ui.theme import DARK, apply_theme

_MOST_THUMBNAILS = 4_000_000_000  # bytes: about a hundred thousand photos
_LARGEST_IMAGE_MB = 2_048  # Qt refuses 256 MB by default; a 400 MP panorama is 1.6 GB


class Program:
    """The running window with everything behind it; also what the tests drive.

    Args:
        services: opened; closed by whoever opened them, after ``end``.
        settings: of the runs.
    """

    def __init__(self, services: Services, settings: Settings | None = None) -> None:
        self.pictures = Pictures()
        self.thumbnails = ThumbnailLoader(Thumbnails(self.pictures, services.thumbnails))
        self.prefetcher = Prefetcher(LargePictures(self.pictures))
        self.window = MainWindow(self.thumbnails, self.prefetcher, program_version(), notices())
        self.session = SessionController(self.window, services, self.pictures, settings or Settings())
        self._preferences = QSettings(str(services.places.preferences), QSettings.Format.IniFormat)
        self.review = ReviewController(self.window, self.session, self._preferences)
        self.export = ExportController(self.window, self.session)
        self._restore_preferences()
        self.window.closing.connect(self.end)
        self._ended = False

    def end(self) -> None:
        """Ends threads and workers, waiting a bounded time; the second call does nothing."""
        if self._ended:
            return
        self._ended = True
        self._preferences.setValue("geometry", self.window.saveGeometry())
        self._preferences.setValue("include_subfolders", self.window.welcome.include_subfolders)
        self._preferences.sync()
        self.export.stop()
        self.session.stop()
        self.thumbnails.shutdown()
        self.prefetcher.shutdown()

    def _restore_preferences(self) -> None:
        geometry = self._preferences.value("geometry")
        if geometry is not None:
            self.window.restoreGeometry(geometry)
        subfolders = self._preferences.value("include_subfolders", True, type=bool)
        self.window.welcome.set_include_subfolders(bool(subfolders))


def show_window(sources: Sequence[Path]) -> int:
    """Shows the window until it is closed; opens the sources where there are any. Returns the exit code."""
    where = places()
    set_up_logging(where.log)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Shortlist")
    app.setDesktopFileName("shortlist")
    QImageReader.setAllocationLimit(_LARGEST_IMAGE_MB)
    apply_theme(app, DARK)
    collector = GuiThreadCollector(app)
    heartbeat = _let_python_hear_signals(app)
    try:
        with open_services(where) as services:
            program = Program(services, Settings(embedder=chosen_embedder(where)))
            excepthook.install(program.window.messages.show_error)
            program.window.show()
            if sources:
                program.session.open([path.absolute() for path in sources])
            code = app.exec()
            program.end()
            services.thumbnails.prune(_MOST_THUMBNAILS)
            return code
    except StoreError as error:
        QMessageBox.critical(None, "Shortlist cannot start", str(error))
        return EXIT_BROKEN
    finally:
        heartbeat.stop()
        collector.stop()


def _let_python_hear_signals(app: QApplication) -> QTimer:
    """Ctrl+C and a session's end close the window properly; Qt's loop alone would never let Python look."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: app.closeAllWindows())
    timer = QTimer(app, interval=250)
    timer.timeout.connect(lambda: None)
    timer.start()
    return timer
