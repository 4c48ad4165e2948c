"""Where things of ours lie on this machine. Photo folders are never among them."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from core.errors import StoreError
from core.language import say
from core.persistence.private_files import keep_private, make_private_folder

HOME_VARIABLE = "SHORTLIST_HOME"
"""Names the one folder that holds all of it, where that is wanted."""

_OUR_NAMES = (
    "decisions.sqlite",
    "taste.sqlite",
    "people.sqlite",
    "profiles",
    "exports.sqlite",
    "offload.lock",
    "measures.sqlite",
    "thumbnails.sqlite",
    "demo-shoot",
    "library.sqlite",
    "models",
    "embedder.txt",
    "preferences.ini",
    "shortlist.log",
)


@dataclass(frozen=True, slots=True)
class Places:
    """Our files.

    Attributes:
        decisions: what the user decided; kept for good.
        exports: what exports touched, so that they can be undone.
        offload_lock: held while photos are copied from a card.
        taste: what the decisions taught; it can be forgotten.
        people: names of people, with what tells their faces from others; not there before the first name.
        profiles: folder of the user's own profiles; it need not be there.
        measures, thumbnails: can be deleted at any time, and are made again.
        demo: folder of the demo shoot; it need not be there.
        library: the index of all shoots, likewise; not there while it is switched off.
        models: folder of the models the user installed.
        embedder: the name of the one in use; not there while it is the one that comes with Shortlist.
        preferences: window geometry and choices.
        log: the latest log file.
    """

    decisions: Path
    exports: Path
    offload_lock: Path
    taste: Path
    people: Path
    profiles: Path
    measures: Path
    thumbnails: Path
    demo: Path
    library: Path
    models: Path
    embedder: Path
    preferences: Path
    log: Path


def places() -> Places:
    """Return our places by the platform's custom, or all under ``$SHORTLIST_HOME`` where that is set.

    Makes the folders, as far as that is possible: the program works without caches and a log. Only the user can look
    into them; a folder named by the user is left as it is where something else lies in it.

    Raises:
        StoreError: the folder of the user's decisions cannot be made.
    """
    home = os.environ.get(HOME_VARIABLE)
    if home:
        data = cache = logs = Path(home)
    else:
        dirs = PlatformDirs("shortlist", appauthor=False)
        data, cache, logs = dirs.user_data_path, dirs.user_cache_path, dirs.user_log_path
    try:
        make_private_folder(data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            say(
                "The folder “{folder}”, where decisions are kept, cannot be made ({cause}).",
                folder=data,
                cause=reason,
            )
        ) from error
    for folder in (cache, logs):
        with suppress(OSError):
            make_private_folder(folder)
    for folder in {data, cache, logs}:
        if not home or _is_ours(folder):
            keep_private(folder)
    return Places(
        decisions=data / "decisions.sqlite",
        exports=data / "exports.sqlite",
        offload_lock=data / "offload.lock",
        taste=data / "taste.sqlite",
        people=data / "people.sqlite",
        profiles=data / "profiles",
        measures=cache / "measures.sqlite",
        thumbnails=cache / "thumbnails.sqlite",
        demo=cache / "demo-shoot",
        library=cache / "library.sqlite",
        models=data / "models",
        embedder=data / "embedder.txt",
        preferences=data / "preferences.ini",
        log=logs / "shortlist.log",
    )


def _is_ours(folder: Path) -> bool:
    """Tell whether nothing lies in a folder but what we put there."""
    try:
        return all(entry.name.startswith(_OUR_NAMES) for entry in folder.iterdir())
    except OSError:
        return False
