"""Files of what was learned and of profiles, written and taken in: for the command line and the window alike."""

from pathlib import Path

from app.bootstrap import Services
from core.errors import TasteFileError
from core.language import say
from core.persistence.private_files import make_private_folder
from core.sidecar.atomic_file import sentence, write_whole
from core.taste.profiles import KIND, ShootProfile, read_profile, write_profile
from core.taste.taste_file import TasteFile
from core.taste.told import kind_of


def bring(path: Path, services: Services) -> TasteFile | ShootProfile:
    """Take in a file of either kind, which says itself what it is; a profile can be chosen from now on.

    Raises:
        TasteFileError: it is refused, or a profile cannot be kept; nothing has changed.
        StoreError: what was learned cannot be written.
    """
    if kind_of(path) != KIND.name:
        return services.taste.bring(path)  # which says what is wrong with a file of no kind
    profile = read_profile(path)
    folder = services.places.profiles
    try:
        make_private_folder(folder)
    except OSError as error:
        raise TasteFileError(folder, sentence(error)) from error
    write_text(folder / f"{profile.name}.toml", write_profile(profile), anew=True)
    services.profiles[profile.name] = profile
    return profile


def write_text(path: Path, text: str, *, anew: bool = False) -> None:
    """Write a file, in the place of another one only where that is meant.

    Raises:
        TasteFileError: it cannot be written, or is there already.
    """
    if not anew and path.exists():
        raise TasteFileError(path, say("There is a file of that name; it was left as it is."))
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise TasteFileError(path, sentence(error)) from error
