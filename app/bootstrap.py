"""Puts the parts together: opens what is kept on disk and hands the pipeline what it works with."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.paths import Places
from app.run_settings import library_wanted
from app.stand_in import clear_stand_ins, stand_in_folder
from app.thing_names import name_things
from core.errors import StoreError
from core.export.store import ExportStore
from core.language import tr
from core.library.library import ShootLibrary
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.people_store import PeopleStore
from core.persistence.session_store import SessionStore
from core.persistence.set_aside import move_aside
from core.persistence.taste_store import TasteStore
from core.persistence.thumbnail_cache import ThumbnailCache
from core.persistence.troubles import DamagedError
from core.pipeline.context import Dependencies
from core.pipeline.pool import WorkerPool, default_workers
from core.pipeline.workers import make_ready
from core.protocols import ModelsFactory
from core.settings import Settings
from core.taste.profiles import ShootProfile, all_profiles
from core.taste.taste import Taste
from core.types import FlawKind
from models.local import LocalModels

Cache = TypeVar("Cache", AnalysisCache, ThumbnailCache)


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that is open while the program runs.

    Attributes:
        taste: what the user's decisions taught.
        people: those the user named.
        library: of all shoots; off where the user does not want it.
        profiles: by name, those that ship and the user's own; those taken in meanwhile are added.
        troubles: what the user should know of how it was opened, in sentences.
    """

    places: Places
    decisions: SessionStore
    exports: ExportStore
    measures: AnalysisCache
    thumbnails: ThumbnailCache
    taste: Taste
    people: PeopleStore
    library: ShootLibrary
    profiles: dict[str, ShootProfile]
    troubles: tuple[str, ...] = ()

    def forgiven(self, profile: str) -> frozenset[FlawKind]:
        """Return what a profile takes for meant, so that it makes no likely reject; nothing where there is none."""
        known = self.profiles.get(profile)
        return known.forgives if known is not None else frozenset()

    def dependencies(
        self, settings: Settings, *, measure: bool = True, regroups: bool = True
    ) -> Dependencies:
        """Return what one run of the pipeline works with.

        Args:
            settings: of the run.
            measure: False to use only what is kept.
            regroups: whether groups will be asked for anew afterwards, as in a window.
        """
        workers = default_workers()
        models = local_models(settings, self.places)
        return Dependencies(
            models=models,
            pool=(lambda: local_workers(workers, settings, models)) if measure else None,
            in_flight=2 * workers,
            measures=self.measures,
            thumbnails=self.thumbnails,
            clocks=self.decisions.clocks,
            regroups=regroups,
            library=self.library,
            name_things=name_things(models),
        )


def local_models(settings: Settings, where: Places) -> LocalModels:
    """Return the models a run asks for, as they lie on this machine."""
    return LocalModels(identity=settings.identity, embedder=settings.embedder, folder=where.models)


def local_workers(workers: int, settings: Settings, models: ModelsFactory) -> WorkerPool:
    """Start so many worker processes, each of which loads the models and tries them before its first photo.

    Raises:
        ModelError: models are missing or damaged.
    """
    models.check()
    return WorkerPool(workers, settings.photo_timeout, partial(make_ready, models))


@contextmanager
def open_services(where: Places) -> Iterator[Services]:
    """Open the decisions and the caches, and close them again.

    Raises:
        DamagedError: the decisions are damaged; see ``core.persistence.rescue``.
        StoreError: decisions or the journal of exports cannot be opened; they are left as they are.
    """
    with ExitStack() as stack:
        decisions = stack.enter_context(closing(SessionStore.open(where.decisions)))
        lost: list[str] = []
        exports = stack.enter_context(closing(_open_exports(where.exports, lost)))
        troubles: list[str] = []
        clear_stand_ins()
        measures = _open_or_stand_in(AnalysisCache.open, where.measures, stack, troubles)
        thumbnails = _open_or_stand_in(ThumbnailCache.open, where.thumbnails, stack, troubles)
        told: list[str] = []
        library = stack.enter_context(closing(_open_library(where, troubles)))
        profiles, refused = all_profiles(where.profiles)
        taste = Taste(_open_taste(where.taste, stack, told), profiles)
        told += [str(error) for error in refused]
        troubles = [*lost, *troubles[:1], *told]
        yield Services(
            where,
            decisions,
            exports,
            measures,
            thumbnails,
            taste,
            PeopleStore(where.people),
            library,
            profiles,
            tuple(troubles),
        )


def _open_exports(path: Path, troubles: list[str]) -> ExportStore:
    """Open the journal of exports; a damaged one is moved aside, because nothing but undoing depends on it.

    Raises:
        StoreError: it cannot be opened, or belongs to a newer version.
    """
    try:
        return ExportStore.open(path)
    except DamagedError as error:
        aside = move_aside(path)
        troubles.append(
            tr(
                "{reason} It is kept as “{name}”. Exports made so far cannot be undone any more; new ones can."
            ).format(reason=error, name=aside.name)
        )
        return ExportStore.open(path)


def _open_taste(path: Path, stack: ExitStack, troubles: list[str]) -> TasteStore:
    """Open what was learned; a damaged one is moved aside, and where none can be had the standard ranks.

    Raises:
        StoreError: nothing can be written anywhere.
    """
    try:
        store = TasteStore.open(path)
    except DamagedError as error:
        aside = move_aside(path)
        sentence = tr(
            "{reason} It is kept as “{name}”. What it had learned of your taste does not rank any more."
        )
        troubles.append(sentence.format(reason=error, name=aside.name))
        store = TasteStore.open(path)
    except StoreError as error:
        sentence = tr("What was learned of your taste does not rank, and nothing is learned. {reason}")
        troubles.append(sentence.format(reason=error))
        try:
            folder = stack.enter_context(stand_in_folder())
        except OSError:
            raise error from None
        store = TasteStore.open(folder / path.name)
    stack.callback(store.close)
    return store


def _open_library(where: Places, troubles: list[str]) -> ShootLibrary:
    """Open the library of all shoots, or see to it that nothing is left of it where the user does not want it."""
    library = ShootLibrary(where.library, without=where.demo)
    try:
        if library_wanted(where):
            library.turn_on()
        else:
            library.turn_off()
    except StoreError as error:
        troubles.append(unkept(str(error), library=True))
    return library


def unkept(reason: str, *, library: bool = False) -> str:
    """Say that the work goes on without a cache, or without the library of all shoots, and why."""
    if library:
        return tr("The library of all shoots is not kept up. {reason}").format(reason=reason)
    return tr("Nothing that is found out now can be kept for the next opening. {reason}").format(
        reason=reason
    )


def _open_or_stand_in(
    opened: Callable[[Path], Cache], path: Path, stack: ExitStack, troubles: list[str]
) -> Cache:
    """Open a cache, to be closed by the stack; in a temporary folder where its own place cannot be used.

    Raises:
        StoreError: nothing can be written anywhere.
    """
    try:
        cache = opened(path)
    except StoreError as error:
        troubles.append(unkept(str(error)))
        try:
            folder = stack.enter_context(stand_in_folder())
        except OSError:
            raise error from None
        cache = opened(folder / path.name)
    stack.callback(cache.close)
    return cache
