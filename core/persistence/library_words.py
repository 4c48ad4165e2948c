"""Which frames of the library may hold what is asked for: told by the file itself, before anything is read of them.

Exact answers are ``core.shoot.search``'s; here nothing that it would find may be left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.ingest.frame_names import folded
from core.types import Photo, PhotoId

_BETWEEN = "\n"  # no word that is looked for has one


def words_of(photo: Photo) -> str:
    """Return all words in what a file says and is called, without case, and the focal length in millimetres."""
    shot, words = photo.shot, photo.words
    focal = "" if shot.focal_length is None else f"{shot.focal_length:.0f}"
    texts = (
        photo.path.name,
        *words.keywords,
        *words.titles,
        *words.places,
        photo.camera_name,
        shot.lens,
        focal,
    )
    return as_text(_BETWEEN.join(" ".join(folded(text).split()) for text in texts if text))


def as_text(name: str) -> str:
    """Return a name as a database can hold it: what is no text in a file's name becomes question marks."""
    return name.encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True)
class May:
    """One thing that a frame has to have, in any of these ways.

    Attributes:
        text: is among its words, without case; "" is among none.
        things: English words, one of which it shows.
        photo_ids: of which it is one.
        numbers: likewise, as the library numbers frames.
    """

    text: str = ""
    things: Sequence[str] = ()
    photo_ids: Sequence[PhotoId] = ()
    numbers: Sequence[int] = ()
