"""The page of models at work: lists, downloads, installs, removes them, and puts another one to use."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.controllers.session_controller import SessionController
from app.embedder_choice import choose_embedder, embedder_in_use
from app.job import Progress
from app.one_job import OneJob
from app.paths import Places
from core.cancelling import Cancelled
from core.errors import ModelError, ShortlistError
from core.language import mark, say, tr
from models.catalogue import (
    DEFAULT_EMBEDDER,
    DescriberEntry,
    EmbedderEntry,
    catalogue,
    describers,
    find_describer,
    find_embedder,
)
from models.describer import is_installed
from models.installed import EmbedderShelf
from models.installing import install, install_from, remove
from models.manifest import model_file
from ui.dialogs.models_page import ModelFacts, ModelsPage

CATALOGUE_WORDS = (  # as models/catalogue.toml has them, for translators
    mark("Comes with Shortlist; quick."),
    mark("Knows a subject again from another side; about 20 times slower."),
    mark("Made to find copies: crops, edits, re-saves; quick."),
    mark("The larger model behind SSCD distilled; five times slower."),
    mark("proprietary, free to use"),
    mark('Finds photos by a description in English: shows:"bride laughing".'),
)


class _StoppedError(ShortlistError):
    """The user stopped a download."""


class ModelsController(QObject):
    """Serves the page while it is open; a download ends with it, and resumes there the next time.

    Args:
        session: works with the model in use.
        where: the models lie, and which one is in use is kept.
    """

    def __init__(self, session: SessionController, where: Places) -> None:
        super().__init__(session)
        self._session = session
        self._where = where
        self._shelf = EmbedderShelf(where.models)
        self._job = OneJob(self)

    def serve(self, page: ModelsPage) -> None:
        """Fill a page that was just made, and do what is asked for on it."""
        page.use_requested.connect(lambda name: self._use(name, page))
        page.download_requested.connect(
            lambda name: self._bring(
                page, name, lambda progress, cancelled: self._download(name, progress, cancelled)
            )
        )
        page.file_chosen.connect(
            lambda name, file: self._bring(page, name, lambda _progress, _stop: self._copy(name, file))
        )
        page.remove_requested.connect(lambda name: self._remove(name, page))
        page.stop_requested.connect(self._call_off)
        self._job.progressed.connect(page.show_progress)
        page.destroyed.connect(self._call_off)
        self._show(page)

    def stop(self) -> None:
        """End a download, waiting a bounded time: the program closes."""
        self._job.stop()

    def _show(self, page: ModelsPage) -> None:
        in_use, _ = embedder_in_use(self._where)
        chosen_among = [_facts(entry, self._shelf, in_use) for entry in catalogue()]
        page.show_models([*chosen_among, *(_facts_of(each, self._shelf) for each in describers())])

    def _use(self, name: str, page: ModelsPage) -> None:
        try:
            self._shelf.weights(name)  # refuses a model that is not there
            choose_embedder(self._where, name)
        except (ModelError, OSError) as error:
            page.show_words(str(error))
        else:
            page.show_words(tr("{name} is in use.").format(name=_title(name)))
            self._session.rules.set_embedder(name)
        self._show(page)

    def _remove(self, name: str, page: ModelsPage) -> None:
        try:
            remove(name, self._shelf)
        except ModelError as error:
            page.show_words(str(error))
            return
        if embedder_in_use(self._where)[1]:  # it was the one in use
            self._use(DEFAULT_EMBEDDER, page)
        page.show_words(tr("{name} is removed.").format(name=_title(name)))
        self._show(page)

    def _bring(self, page: ModelsPage, name: str, work: Callable[[Progress, Cancelled], object]) -> None:
        """Get a model here on a thread of its own."""
        if self._job.replace(lambda: self._bring(page, name, work)) or not isValid(page):
            return
        page.show_progress(0, 0)
        self._job.start(
            work, lambda _result: self._brought(page, name), lambda words: self._failed(page, words)
        )

    def _brought(self, page: ModelsPage, name: str) -> None:
        if isValid(page):  # the settings may have been closed meanwhile
            page.show_words(tr("{name} is installed.").format(name=_title(name)))
            self._show(page)

    def _failed(self, page: ModelsPage, words: str) -> None:
        if isValid(page):
            page.show_words(words)

    def _download(self, name: str, progress: Progress, cancelled: Cancelled) -> None:
        def report(done: int, total: int) -> None:
            if cancelled():
                raise _StoppedError(say("Stopped. What has come so far is kept."))
            progress(done, total)

        install(name, self._shelf, report)

    def _copy(self, name: str, file: Path) -> None:
        install_from(name, self._shelf, file)

    def _call_off(self) -> None:
        self._job.cancel()


def _facts(entry: EmbedderEntry, shelf: EmbedderShelf, in_use: str) -> ModelFacts:
    installed, download = shelf.is_installed(entry), entry.download
    return ModelFacts(
        name=entry.name,
        title=entry.title,
        about=tr(entry.about),
        licence=tr(entry.licence),
        size_bytes=_size(entry, shelf),
        installed=installed,
        in_use=entry.name == in_use,
        host=urlsplit(download.url).netloc if download else "",
        how_else=tr(
            "Part of the Python package {package}, to be installed into the Python that runs Shortlist."
        ).format(package=entry.package.name)
        if entry.package is not None and not installed
        else "",
    )


def _facts_of(entry: DescriberEntry, shelf: EmbedderShelf) -> ModelFacts:
    return ModelFacts(
        name=entry.name,
        title=entry.title,
        about=tr(entry.about),
        licence=entry.licence,
        size_bytes=sum(each.size_bytes for each in entry.downloads),
        installed=is_installed(entry, shelf),
        in_use=False,
        host=urlsplit(entry.image.url).netloc,
        is_choice=False,
    )


def _title(name: str) -> str:
    entry = find_describer(name) or find_embedder(name)
    return entry.title


def _size(entry: EmbedderEntry, shelf: EmbedderShelf) -> int:
    """Return the bytes of its file; 0 where there is none yet and none is downloaded."""
    if entry.bundled is not None:
        return model_file(entry.bundled).size_bytes
    if entry.download is not None:
        return entry.download.size_bytes
    path = shelf.path(entry)
    return path.stat().st_size if path is not None else 0
