"""The library of all shoots as it is asked: what was lost, or never came in, is made good first out of what is kept."""

from app.bootstrap import Services, local_models
from app.run_settings import run_settings
from app.thing_names import name_things
from core.cancelling import Cancelled, never
from core.errors import StoreError
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

    What cannot be made good is left out; ``core.library.gaps`` says so.

    Raises:
        NoLibraryError: it is off.
        StoreError: it cannot be read, or nothing is in it and nothing can be.
    """
    services.library.check()
    if settings is None:
        settings, _ = run_settings(services.places)
    models = local_models(settings, services.places)
    made = made_by(models)
    file = services.library.file
    try:
        fill(services.library, services.measures, made, name_things(models), cancelled)
    except StoreError:
        if not file.count():
            raise
    return file, made
