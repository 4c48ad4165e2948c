"""``shortlist --self-test``: the whole program once through, on photos it makes itself, in a folder it removes again.

For those who built or installed it: each part that a package may lack is really used. Nothing of the user's is
read or written, and no log is kept: what would go there comes out on stderr.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import Services, open_services
from app.exit_codes import EXIT_BROKEN, EXIT_OK
from app.made_up_photos import MADE_UP, made_up_picture, write_made_up_shoot
from app.paths import HOME_VARIABLE, places
from app.program_version import program_version
from app.window import Program, start_qt
from core.errors import ShortlistError
from core.export.carry_out import export
from core.export.kinds import ExportKind
from core.export.request import ExportRequest, Material, plan_export
from core.files import read_file
from core.language import languages
from core.pipeline.pool import default_workers
from core.review.suggestions import suggested_decisions
from core.shoot.shoot import Shoot
from core.sidecar.xmp_reader import read_packet
from core.types import ClusterKind, Flag
from models.local import LocalModels
from models.manifest import ModelState, verify
from ui.help_pages import help_pages

_LONGEST_MS = 120_000
_FACE_POINTS = ((400.0, 300.0), (500.0, 300.0), (450.0, 360.0), (410.0, 420.0), (490.0, 420.0))


class SelfTestError(Exception):
    """Something does not work; says what."""


def self_test(_options: object = None) -> int:
    """Go once through the program, a line for each part; return the exit code."""
    print(f"Shortlist {program_version()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="shortlist-self-test-") as folder:
        os.environ[HOME_VARIABLE] = str(Path(folder, "home"))
        _draw_into_memory_where_there_is_no_screen()
        try:
            _go_through(Path(folder))
        except (SelfTestError, ShortlistError) as error:
            print(f"FAILED: {error}", flush=True)
            return EXIT_BROKEN
    print("The self-test passed.", flush=True)
    return EXIT_OK


def _go_through(folder: Path) -> None:
    app = start_qt()
    with open_services(places()) as services:
        program = Program(services)
        try:
            program.window.show()
            _wait(lambda: program.window.windowHandle().isExposed(), "the window did not appear")
            _say("window", f"shown ({app.platformName()})")
            _say("words", _check_words())
            _say("models", _check_models())
            shoot = _analyse(program, folder / "photos")
            _say("photos", f"{len(shoot.analyses)} analysed by {default_workers()} worker processes")
            _say("export", _export(services, shoot, folder / "out"))
        finally:
            program.window.close()
            program.window.deleteLater()
            QApplication.processEvents()


def _draw_into_memory_where_there_is_no_screen() -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _check_words() -> str:
    """Check that translations and pages of help are there."""
    if len(languages()) < 2:
        raise SelfTestError("the translations are missing")
    pages = [page.text for page in help_pages()]
    if not all(pages):
        raise SelfTestError("a page of help is empty")
    return f"{', '.join(languages())}; {len(pages)} pages of help"


def _check_models() -> str:
    """Check that all weights are as they were made, and that every model gives an answer."""
    for checked in verify():
        if checked.state is not ModelState.OK:
            raise SelfTestError(checked.message)
    loaded, picture = LocalModels()(), made_up_picture(0)
    loaded.embedder.embed(picture)
    loaded.face_detector.detect(picture)
    loaded.face_landmarker.read(picture)
    loaded.thing_detector.detect(picture)
    if loaded.face_identifier is not None:
        loaded.face_identifier.embed(picture, _FACE_POINTS)
    return f"{len(verify())} as they were made, each gave an answer"


def _analyse(program: Program, folder: Path) -> Shoot:
    """Open made-up photos in the window, as a user would."""
    folder.mkdir()
    write_made_up_shoot(folder)
    program.session.open([folder])
    _wait(lambda: program.session.shoot.finished is not None, "the analysis did not end")
    shoot = program.session.shoot
    if shoot.failures:
        raise SelfTestError("; ".join(f"{one.path.name}: {one.reason}" for one in shoot.failures))
    if len(shoot.analyses) != len(MADE_UP):
        raise SelfTestError(f"{len(shoot.analyses)} of {len(MADE_UP)} photos were analysed")
    if [cluster.kind for cluster in shoot.clusters.values()].count(ClusterKind.BURST) != 1:
        raise SelfTestError("the burst was not found")
    return shoot


def _export(services: Services, shoot: Shoot, out: Path) -> str:
    """Write sidecars of the suggestions and read them again."""
    decisions = suggested_decisions(shoot.clusters.values(), {}, reject_rest=True)
    request = ExportRequest(ExportKind.XMP, out_dir=out)
    plan = list(plan_export(request, Material(list(shoot.photos.values()), decisions)))
    result = export(plan, services.exports, "self-test")
    if result.refused:
        raise SelfTestError("; ".join(map(str, result.refused)))
    flags = [read_packet(read_file(path)).flag for path in result.written]
    if sorted(flags, key=str) != [Flag.PICK, Flag.REJECT, Flag.REJECT]:
        raise SelfTestError(f"the sidecars say {flags}")
    return f"{len(flags)} sidecars written and read again"


def _wait(until: Callable[[], bool], else_: str) -> None:
    """Run the event loop until something is so."""
    loop, ticks, end = QEventLoop(), QTimer(interval=5), QTimer(singleShot=True, interval=_LONGEST_MS)
    ticks.timeout.connect(lambda: loop.quit() if until() else None)
    end.timeout.connect(loop.quit)
    ticks.start()
    end.start()
    loop.exec()
    if not until():
        raise SelfTestError(else_)


def _say(part: str, words: str) -> None:
    print(f"{part}: {words}", flush=True)
