"""What is said of one face: its eyes, where it looks, how sharp it is, whether it smiles; as marks and in words."""

from core.language import mark, tr
from core.subject.looking import looks_here
from core.types import EyeState, Face
from ui.marks.badges import Badge, aside, focus, open_eye, shut_eye, smile, towards
from ui.marks.cell_facts import sharpness_step

EYE_WORDS = {
    EyeState.OPEN: mark("eyes open"),
    EyeState.CLOSED: mark("eyes closed"),
    EyeState.CANT_TELL: mark("can't tell"),
}

_FOCUS_WORDS = {3: mark("sharp"), 2: mark("less sharp"), 1: mark("soft")}
_SMILE_WORDS = {3: mark("smiling"), 2: mark("a slight smile"), 1: mark("not smiling")}
_SMILING, _SLIGHTLY = 0.6, 0.25


def face_badges(face: Face, sharpest: float) -> tuple[Badge, ...]:
    """Return the marks of a face, those that decide most first; that it does not smile is no mark, but seen.

    Args:
        face: measured.
        sharpest: the highest ``Face.sharpness`` of this person in the burst; 0 where there is none.
    """
    found = []
    if glyph := {EyeState.OPEN: open_eye, EyeState.CLOSED: shut_eye}.get(face.eyes):
        found.append(Badge(glyph, warns=face.eyes is EyeState.CLOSED))
    if (step := _focus_step(face, sharpest)) is not None:
        found.append(Badge(focus, step=step, warns=step == 1))
    if (looks := looks_here(face)) is not None:
        found.append(Badge(towards if looks else aside))
    if (smiles := _smile_step(face)) is not None and smiles > 1:
        found.append(Badge(smile, step=smiles))
    return tuple(found)


def face_in_words(face: Face, sharpest: float) -> str:
    """Return the same in words, such as "eyes open, sharp, looks at the camera, smiling"."""
    words = []
    if face.eyes is not EyeState.CANT_TELL:
        words.append(tr(EYE_WORDS[face.eyes]))
    elif face.eyes_look_closed:
        words.append(tr("eyes narrow or closed"))
    if (step := _focus_step(face, sharpest)) is not None:
        words.append(tr(_FOCUS_WORDS[step]))
    if (looks := looks_here(face)) is not None:
        words.append(tr("looks at the camera") if looks else tr("looks elsewhere"))
    if (smiles := _smile_step(face)) is not None:
        words.append(tr(_SMILE_WORDS[smiles]))
    return ", ".join(words) or tr(EYE_WORDS[EyeState.CANT_TELL])


def _focus_step(face: Face, sharpest: float) -> int | None:
    if face.sharpness is None or sharpest <= 0:
        return None
    return sharpness_step(face.sharpness / sharpest)


def _smile_step(face: Face) -> int | None:
    """Return 3 for a smile, 2 for a slight one, 1 for none; None where it cannot be told, as of a blurred face."""
    if face.smile is None or (face.eyes is EyeState.CANT_TELL and face.eyes_open is None):
        return None
    return 3 if face.smile >= _SMILING else 2 if face.smile >= _SLIGHTLY else 1
