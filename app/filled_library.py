"""The library of all shoots as it is asked: one that was lost is made anew first, out of what is kept."""

from app.bootstrap import Services
from app.run_settings import run_settings
from core.cancelling import Cancelled, never
from core.persistence.library_store import LibraryStore
from core.persistence.made_by import MadeBy
from core.pipeline.remembering import fill
from core.pipeline.runner import made_by
from core.settings import Settings


def filled_library(
    services: Services, settings: Settings | None = None, cancelled: Cancelled = never
) -> tuple[LibraryStore, MadeBy]:
    """Return the library's file, and what makes looks now; a second or more where it has to be filled.

    Args:
        services: the library, and the measures.
        settings: of the window; the user's as they are kept where None is given.
        cancelled: ends the filling early.

    Raises:
        NoLibraryError: it is off.
        StoreError: it cannot be read, or made anew.
    """
    services.library.check()
    if settings is None:
        settings, _ = run_settings(services.places)
    parts = services.dependencies(settings, measure=False)
    made = made_by(parts.models)
    fill(services.library, services.measures, made, parts.name_things, cancelled)
    return services.library.file, made
