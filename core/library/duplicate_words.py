"""What is said of files that show one picture: in what each differs from the best one, and what that one has."""

from collections.abc import Mapping

from core.language import mark, tr
from core.library.drives import Presence
from core.library.duplicates import Alteration, Duplicate

_WORDS: Mapping[Alteration, str] = {
    Alteration.NOTHING: mark("the same file"),
    Alteration.SAVED: mark("saved anew"),
    Alteration.RESIZED: mark("smaller"),
    Alteration.CROPPED: mark("cropped"),
    Alteration.TURNED: mark("turned"),
    Alteration.MIRRORED: mark("mirrored"),
    Alteration.TONED: mark("brighter, darker or of other contrast"),
    Alteration.DECOLOURED: mark("paler or grey"),
}


def duplicate_words(one: Duplicate) -> str:
    """Say in what a file differs from the best one of its set, and its size; of the best itself, that it is."""
    words = [tr(_WORDS[change]) for change in one.changes] or [tr("most is left of the original")]
    words.append(f"{one.frame.width} × {one.frame.height}")
    if one.presence is Presence.AWAY:
        words.append(away_words())
    return ", ".join(words)


def away_words() -> str:
    """Say that a file lies on a drive that is not connected."""
    return tr("away: its drive is not connected")
