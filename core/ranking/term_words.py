"""The one table of words for the score terms: whatever is said of a term, anywhere, stands in its row."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.language import mark
from core.types import TermName


@dataclass(frozen=True, slots=True)
class TermWords:
    """Say everything there is to say of one term, each to be translated where it is shown.

    Attributes:
        name: in a list, such as "faces seen".
        lacks: of a frame that is behind in it.
        leads: of a frame that is ahead in it.
        at_stake: what a frame loses or wins by.
        title: over its slider, "" where it has none.
        hint: under its slider.
        counts_more: to a user whose decisions say so.
        counts_less: likewise.
    """

    name: str
    lacks: str
    leads: str
    at_stake: str
    title: str = ""
    hint: str = ""
    counts_more: str = ""
    counts_less: str = ""


TERM_WORDS: Mapping[TermName, TermWords] = {
    TermName.SHARPNESS: TermWords(
        name=mark("sharpness"),
        lacks=mark("less sharp"),
        leads=mark("sharper"),
        at_stake=mark("sharpness"),
        title=mark("Sharpness"),
        hint=mark("In the same places of every frame, where the burst is sharp."),
        counts_more=mark("Sharpness counts more to you than in the standard."),
        counts_less=mark("You forgive a little blur more readily than the standard."),
    ),
    TermName.SEEN: TermWords(
        name=mark("faces seen"),
        lacks=mark("fewer faces seen"),
        leads=mark("more faces seen"),
        at_stake=mark("the face"),
        title=mark("Faces seen"),
        hint=mark("Nobody hidden, turned away or out of the picture."),
        counts_more=mark("That faces can be seen counts more to you than in the standard."),
        counts_less=mark("You forgive a hidden or turned face more readily than the standard."),
    ),
    TermName.WHOLE: TermWords(
        name=mark("nobody cut"),
        lacks=mark("more faces cut off"),
        leads=mark("fewer faces cut off"),
        at_stake=mark("the whole face"),
        title=mark("Nobody cut"),
        hint=mark("No face is cut off by the edge."),
        counts_more=mark("That nobody is cut off counts more to you than in the standard."),
        counts_less=mark("You forgive a face cut off at the edge more readily than the standard."),
    ),
    TermName.EYES: TermWords(
        name=mark("eyes"),
        lacks=mark("eyes less open"),
        leads=mark("eyes more open"),
        at_stake=mark("eyes"),
        title=mark("Eyes"),
        hint=mark("Open and looking up; where none can be told, it says nothing."),
        counts_more=mark("Eyes on the camera count more to you than in the standard."),
        counts_less=mark("You forgive a look away more readily than the standard."),
    ),
    TermName.SMILE: TermWords(
        name=mark("smile"),
        lacks=mark("less of a smile"),
        leads=mark("smiling more"),
        at_stake=mark("smile"),
        title=mark("Smile"),
        hint=mark("How much each person smiles, beside the other frames."),
        counts_more=mark("A smile counts more to you than in the standard."),
        counts_less=mark("A smile counts less to you than in the standard."),
    ),
    TermName.EXPOSURE: TermWords(
        name=mark("exposure"),
        lacks=mark("less well exposed"),
        leads=mark("better exposed"),
        at_stake=mark("burnt-out highlights"),
        title=mark("Exposure"),
        hint=mark("Little is burnt out."),
        counts_more=mark("Burnt-out highlights count more to you than in the standard."),
        counts_less=mark("You forgive burnt-out highlights more readily than the standard."),
    ),
    TermName.ORIGINAL: TermWords(
        name=mark("original"),
        lacks=mark("a copy"),
        leads=mark("the original"),
        at_stake=mark("being a copy"),
    ),
}
