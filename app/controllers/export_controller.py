"""Export: the screen's wishes become a plan, the plan is shown, and the very same plan is carried out."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, QSettings

from app.controllers.session_controller import SessionController
from app.export_choices import keep_choices, keep_metadata, load_choices, load_metadata, load_ways
from app.job import Progress
from app.one_job import OneJob
from app.pictures import Thumbnails
from core.cancelling import Cancelled
from core.errors import PhotoError, ShortlistError
from core.export.carry_out import ExportResult, export
from core.export.kinds import ExportKind
from core.export.planned import PlannedFile
from core.export.proofs import page_of
from core.export.recovery import settle_all
from core.export.request import ExportRequest, Material, plan_export, shoot_folder
from core.export.space import space_of
from core.export.store import ExportRecord, ExportStore
from core.export.touched import Touch, Touched
from core.export.undo import plan_undo, undo
from core.export.words import export_title, plan_words
from core.export.xmp import XmpChoices
from core.language import Sentence, numeral, tr
from core.library.look_names import names_unread_words
from core.sidecar.destinations import unread_without_embedding
from core.types import Photo
from ui.commands import table
from ui.export.confirm_dialog import ConfirmDialog
from ui.export.export_dialog import ExportDialog
from ui.export.plan_view import ROWS_SHOWN, Preview
from ui.export.xmp_choices import unread_words
from ui.main_window import MainWindow

_LOOKED_INTO = 60  # files whose differences are shown
_MOVES = (Touch.MOVED, Touch.TRASHED)


class ExportController(QObject):
    """Opens the export screen for the open shoot and does what it asks.

    Args:
        window: has the commands.
        session: the shoot.
        store: the journal of exports.
        thumbnails: pictures for the contact sheet.
        kept: remembers the choices.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        store: ExportStore,
        thumbnails: Thumbnails,
        kept: QSettings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._store = store
        self._thumbnails = thumbnails
        self._kept = kept
        self._job = OneJob(self)
        self._plan: tuple[PlannedFile, ...] = ()
        self._unread = 0  # photos of the plan that the program will not see decisions of
        self._photos_moved = False
        self.dialog = ExportDialog(window, window.theme)
        for way in load_ways(kept):
            self.dialog.remember(way)
        self.dialog.offer_template(load_metadata(kept))
        self.dialog.choose(load_choices(kept))
        self.dialog.template_written.connect(lambda template: keep_metadata(kept, template))
        self.dialog.preview_requested.connect(self.preview)
        self.dialog.export_requested.connect(self.export)
        self.dialog.cancel_requested.connect(self._job.cancel)
        self._job.progressed.connect(self.dialog.show_progress)
        self.dialog.undo_requested.connect(self.undo)
        self.dialog.finished.connect(self._closed)
        window.commands.bind(table.EXPORT, self._show)
        window.commands.bind(table.UNDO_EXPORT, self.undo)

    @property
    def is_running(self) -> bool:
        """Whether something is planned, written or undone."""
        return self._job.is_running

    @property
    def is_writing(self) -> bool:
        """Whether files are being written or put back now."""
        return self._job.is_writing

    def stop(self) -> None:
        """End what runs after the file it is at."""
        self._job.stop()

    def tell_of_interrupted(self) -> None:
        """Say so if the last export was killed, and offer to undo what it did."""
        try:
            record = settle_all(self._store)
        except (ShortlistError, OSError) as error:
            self._window.messages.show_error(str(error))
            return
        if record is None:
            return
        words = (
            tr(
                "Undoing the last export ({title}) was interrupted. Every file is whole, the old one or the new one."
            )
            if record.undoing
            else tr(
                "The last export ({title}, {count} files) was interrupted. Every file is whole, the old one or "
                "the new one. Export again to finish it."
            )
        )
        self._window.messages.show_error(
            words.format(title=record.title, count=numeral(record.planned)), tr("Undo it"), self.undo
        )

    def preview(self, request: ExportRequest) -> None:
        """Plan an export and show the plan."""
        if self._job.replace(lambda: self.preview(request)):
            return
        material = self._material()
        self._job.start(
            lambda _progress, cancelled: _make_preview(request, material, cancelled),
            lambda preview: self._previewed(request, preview),
            self._failed,
        )

    def export(self, request: ExportRequest) -> None:
        """Carry out the plan that is shown; another one is being made where something is running."""
        if self._job.is_running:
            return
        keep_choices(self._kept, request)
        self.dialog.remember(request)
        plan, title = self._plan, export_title(request.kind, request.out_dir)
        note = request.xmp.profile.note if request.kind is ExportKind.XMP else ""
        unread = self._unread

        def show(result: object) -> None:
            assert isinstance(result, ExportResult)
            said = tr(note) if note else ""
            if unread:
                said = " ".join(filter(None, (unread_words(request.xmp.profile, unread), said)))
            if request.kind is ExportKind.PROOFS and (page := page_of(plan)) is not None:
                said = tr("The page that the client opens is {page}.").format(page=page)
            self._photos_moved |= request.kind.moves_photos and bool(result.written)
            self._embedded(result.written)
            can_undo = request.kind is not ExportKind.TRASH
            self.dialog.show_result(str(title), result, said, warns=bool(unread), can_undo=can_undo)

        self._write(lambda *how: export(plan, self._store, title, *how), show)

    def xmp_choices(self) -> XmpChoices:
        """Return how metadata was written last."""
        ways = {way.kind: way for way in load_ways(self._kept)}
        return (ways.get(ExportKind.XMP) or load_choices(self._kept)).xmp

    def carry_out(self, plan: Sequence[PlannedFile], title: Sentence | str, photos: Sequence[Photo]) -> None:
        """Carry out a plan that somebody else made and asked about, and show what was done.

        Args:
            plan: file by file.
            title: what undoing it is called.
            photos: of whatever shoots; their metadata alone are written, as ``xmp_choices`` says.
        """
        if self._waits(lambda: self.carry_out(plan, title, photos)):
            return

        said = names_unread_words(self.xmp_choices(), photos)

        def show(result: object) -> None:
            assert isinstance(result, ExportResult)
            self._session.metadata_written(result.written, photos)
            self.dialog.show_result(str(title), result, said, warns=bool(said))

        self.dialog.show()
        self.dialog.show_running(tr("Writing…"))
        self._write(lambda *how: export(plan, self._store, title, *how), show)

    def undo(self) -> None:
        """Find out what undoing the last export would do, ask, with the counts, and do it."""
        if self._waits(self.undo):
            return
        try:
            record = self._store.last()
            touched = self._store.touched(record.id) if record is not None else ()
        except ShortlistError as error:
            self._window.messages.show_error(str(error))
            return
        if record is None:
            self._window.messages.show_info(tr("There is no export to undo."))
            return
        last = record

        def ask(plan: object) -> None:
            assert isinstance(plan, tuple)
            if self._question(last, plan_words(plan)).exec():
                self._undo(last, touched)

        self._job.start(lambda *_: plan_undo(touched), ask, self._failed)

    def _undo(self, record: ExportRecord, touched: Sequence[Touched]) -> None:
        title = tr("Undo: {title}").format(title=record.title)

        def show(result: object) -> None:
            assert isinstance(result, ExportResult)
            self._photos_moved |= any(one.touch in _MOVES for one in touched)
            self._embedded(result.written)
            self.dialog.show_result(title, result, can_undo=False)

        self.dialog.show()
        self.dialog.show_running(tr("Putting back…"))
        self._write(lambda *how: undo(self._store, record, *how), show)

    def _write(self, work: Callable[[Progress, Cancelled], object], show: Callable[[object], None]) -> None:
        self._job.start(work, show, self._failed, writes=True)

    def _waits(self, then: Callable[[], None]) -> bool:
        """Tell whether something is running that is to end first; where that writes, say so, and do not do the other.

        What was asked for does not begin by itself after files were written: it was asked for as they were before.
        """
        if not self._job.is_writing:
            return self._job.replace(then)
        self._window.messages.show_info(tr("Files are being written. Ask again when that is done."))
        return True

    def _embedded(self, written: Iterable[Path]) -> None:
        if not self._photos_moved:
            self._session.metadata_written(written)

    def _show(self) -> None:
        if self._session.shoot.photos:
            material = self._material()
            sample = next(material.facts(material.photos[:1]))
            self.dialog.set_shoot(self._session.title, sample, self._session.sources[0])
            self.dialog.present()
        else:
            self._window.messages.show_info(tr("There is nothing to export yet."))

    def _question(self, record: ExportRecord, words: str) -> ConfirmDialog:
        return ConfirmDialog(
            tr("Undo export"),
            tr("Undo the last export? {title}").format(title=record.title),
            tr("{plan}. What somebody changed since is left as it is, and named.").format(plan=words),
            tr("Undo export"),
            self._window,
            self._window.theme,
            enter_does_it=True,  # exported again, it is as it was
            leave=tr("Keep the export"),  # in French, to cancel and to undo are one word
        )

    def _material(self) -> Material:
        shoot = self._session.shoot
        return Material(
            list(shoot.photos.values()),
            dict(shoot.decisions),
            list(shoot.clusters_in_order()),
            self._session.title,
            self._thumbnail,
            self._session.sources,
            shoot.likely_rejects(),
            shoot.people.names_by_photo(),
            shoot.people.face_regions(),
        )

    def _thumbnail(self, photo: Photo) -> bytes | None:
        try:
            return self._thumbnails.load(photo.id)
        except PhotoError:
            return None

    def _failed(self, sentence: str) -> None:
        if self.dialog.isVisible():
            self.dialog.show_failure(sentence)
        else:
            self._window.messages.show_error(sentence)

    def _previewed(self, request: ExportRequest, preview: object) -> None:
        if not self._job.is_outdated and isinstance(preview, Preview) and self.dialog.awaits(request):
            self._plan, self._unread = tuple(preview.plan), preview.unread
            photos = list(self._session.shoot.photos.values())
            root = self.dialog.request().out_dir or (shoot_folder(photos) if photos else None)
            self.dialog.show_preview(preview, root)

    def _closed(self) -> None:
        """Read the shoot again: photos that were moved or thrown away are no longer where it has them."""
        if self._photos_moved and self._session.sources:
            self._photos_moved = False
            self._session.open(self._session.sources)


def _make_preview(request: ExportRequest, material: Material, cancelled: Cancelled) -> Preview | None:
    """Plan it all, and look into the first files; None where it was cancelled."""
    plan: list[PlannedFile] = []
    for planned in plan_export(request, material):
        if cancelled():
            return None
        plan.append(planned)
    shown = islice((at for at, one in enumerate(plan[: 2 * ROWS_SHOWN]) if one.is_work), _LOOKED_INTO)
    differences = {at: plan[at].differences() for at in shown}
    unread = 0
    if request.kind is ExportKind.XMP and not request.xmp.embed:
        chosen = request.selection.of(material.photos, material.decisions)
        unread = sum(unread_without_embedding(photo, request.xmp.profile) for photo in chosen)
    return Preview(tuple(plan), differences, space_of(plan), unread)
