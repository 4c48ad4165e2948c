"""What one cell has to show, read from the shoot: its place in a group, and measures boiled down to marks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from core.ranking.likely_rejects import flaws
from core.shoot.asked import BADLY_EXPOSED, LESS_SHARP, SHARP
from core.shoot.shoot import Shoot
from core.subject.main_people import main_in, surely_seen
from core.typed_words import TypedKind, spoken_word
from core.types import (
    Analysis,
    ClusterKind,
    EyeState,
    FlawKind,
    FrameScore,
    Photo,
    PhotoId,
    Sureness,
    TermName,
    Thing,
)
from ui.marks.cell_words import accessible_text, tooltip
from ui.marks.roles import Role

Index = QModelIndex | QPersistentModelIndex

_NOTHING_TO_SEE = (FlawKind.BLACK, FlawKind.WHITE, FlawKind.EMPTY)
_SIDEWAYS = 5  # EXIF orientations from here on swap width and height


class Advice(Enum):
    """What the program says of a frame."""

    NONE = "none"
    SUGGESTED = "suggested"
    CLOSE = "close"  # suggested, but the runner-up is as good
    SO_FAR = "so_far"  # suggested while photos are still to be measured: frames may yet come in or go


class Light(Enum):
    """How the frame is exposed, as far as it is worth a mark."""

    FINE = "fine"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A cell's place in its group.

    Attributes:
        count: frames of the whole group.
        stacked: the cell stands for all of them.
        spread: the cell is one of the group's frames, shown side by side.
        starts, ends: it is the first or last of those.
    """

    kind: ClusterKind
    count: int
    advice: Advice
    stacked: bool = False
    spread: bool = False
    starts: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A frame's measures as marks.

    Attributes:
        sharpness: 3 as sharp as any of its burst, 2 less, 1 soft; None where there is nothing to compare.
        light: worth a mark only where it is bad.
        faces: seen in the frame.
        eyes_told: main faces of which it can be told whether their eyes are open.
        eyes_open: those with open eyes.
        damaged: the photo's file is.
        film: it is a film.
        blurred: nothing in it is sharp.
        empty: there is nothing on it: black, white or a misfire.
        thing: what it surely shows first of all, in the language spoken now; "" for nothing that is known.
    """

    sharpness: int | None = None
    light: Light = Light.FINE
    faces: int = 0
    eyes_told: int = 0
    eyes_open: int = 0
    damaged: bool = False
    film: bool = False
    blurred: bool = False
    empty: bool = False
    thing: str = ""


def aspect(photo: Photo, analysis: Analysis | None) -> float | None:
    """Return width by height of the upright picture; None while nothing is known."""
    if analysis is not None and analysis.height:
        return analysis.width / analysis.height
    if not photo.width or not photo.height:
        return None
    stored = photo.width / photo.height
    return 1 / stored if photo.orientation >= _SIDEWAYS else stored


def advice_on(photo_id: PhotoId, shoot: Shoot) -> Advice:
    """Return whether the frame is the suggested one, and how surely; while others are measured, not for good."""
    cluster = shoot.cluster_of(photo_id)
    if cluster.suggested_pick != photo_id:
        return Advice.NONE
    if not shoot.is_settled:
        return Advice.SO_FAR
    return Advice.CLOSE if cluster.sureness is Sureness.CLOSE else Advice.SUGGESTED


def measures(
    analysis: Analysis | None, score: FrameScore | None, things: Sequence[Thing] = ()
) -> MeasureFacts:
    """Return the marks of a frame; none before it is analysed."""
    if analysis is None:
        return MeasureFacts()
    faces = surely_seen(analysis.faces)
    eyes = [faces[at].eyes for at in main_in(faces)]
    kinds = {flaw.kind for flaw in flaws(analysis)}
    return MeasureFacts(
        sharpness=_sharpness_step(score),
        light=_light(analysis),
        faces=len(faces),
        eyes_told=sum(state is not EyeState.CANT_TELL for state in eyes),
        eyes_open=eyes.count(EyeState.OPEN),
        damaged=analysis.damage is not None,
        blurred=FlawKind.BLURRED in kinds,
        empty=not kinds.isdisjoint(_NOTHING_TO_SEE),
        thing=spoken_word(TypedKind.THING, things[0].word) if things else "",
    )


def cell_data(shoot: Shoot, photo_id: PhotoId, group: Callable[[], GroupFacts], role: int) -> object:
    """Return what a cell answers for a role; None for roles it knows nothing of.

    The place in the group is asked for only where the answer needs it: painting a cell asks a dozen times.
    """
    match role:
        case Role.PHOTO_ID:
            return photo_id
        case Role.GROUP:
            return group()
        case Role.DECISION:
            return shoot.decision(photo_id)
        case Role.MEASURES:
            if shoot.photos[photo_id].is_film:
                return MeasureFacts(film=True)
            things = shoot.things.get(photo_id, ())
            return measures(shoot.analyses.get(photo_id), shoot.score(photo_id), things)
        case Role.ASPECT:
            return aspect(shoot.photos[photo_id], shoot.analyses.get(photo_id))
        case Qt.ItemDataRole.DisplayRole:
            return shoot.photos[photo_id].name
        case Qt.ItemDataRole.ToolTipRole:
            return tooltip(photo_id, shoot)
        case Qt.ItemDataRole.AccessibleTextRole:
            return accessible_text(photo_id, shoot, stacked=group().stacked)
    return None


def sharpness_step(share: float) -> int:
    """Return the mark of a sharpness that is this share of the sharpest: 3 as sharp, 2 less, 1 soft."""
    return 3 if share >= SHARP else 2 if share >= LESS_SHARP else 1


def _sharpness_step(score: FrameScore | None) -> int | None:
    value = next((t.value for t in score.terms if t.name is TermName.SHARPNESS), None) if score else None
    return None if value is None else sharpness_step(value)


def _light(analysis: Analysis) -> Light:
    exposure = analysis.exposure
    if exposure.score >= BADLY_EXPOSED:
        return Light.FINE
    # Clipping outweighs the mean: a dark room with a blown-out window is marked for the window.
    tendency = (exposure.mean - 0.5) + (exposure.clipped_high - exposure.clipped_low)
    return Light.OVER if tendency > 0 else Light.UNDER
