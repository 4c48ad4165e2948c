"""Groups and scenes, and what is suggested of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.types.ids import ClusterId, PhotoId, SceneId


class ClusterKind(StrEnum):
    """What a cluster of the grid is."""

    SINGLE = "single"  # a frame on its own
    BURST = "burst"  # frames of one moment: pick one
    BRACKET = "bracket"  # exposure, focus or panorama set: belongs together, never culled to one


class TermName(StrEnum):
    """What frames of a burst are compared in; ``core.ranking.terms.table`` has a row for each."""

    SHARPNESS = "sharpness"
    SEEN = "seen"
    WHOLE = "whole"
    EYES = "eyes"
    SMILE = "smile"
    EXPOSURE = "exposure"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a frame's score.

    Attributes:
        name: which one.
        value: 1 for the best of the burst, less by what the frame has less of it; None where it cannot be told in
            this burst, or where all its frames are alike in it.
        weight: share of the whole; the weights of all terms sum to 1.
    """

    name: TermName
    value: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class FrameScore:
    """A frame's place within its burst: ``total`` is 1 less what it lacks in each term, weighted; 0 to 1."""

    photo_id: PhotoId
    total: float
    terms: tuple[Term, ...]


class Sureness(StrEnum):
    """How much a suggestion is worth, by how often such ones were right on shoots they were not made for."""

    CLEAR = "clear"
    LEANING = "leaning"
    CLOSE = "close"


class Fact(StrEnum):
    """What can speak for a suggested frame; ``core.ranking.reasons`` says it in words."""

    ONLY_READABLE = "only_readable"
    SHARPEST = "sharpest"
    SHARPER = "sharper"
    ALL_SEEN = "all_seen"
    MOST_SEEN = "most_seen"
    MORE_SEEN = "more_seen"
    NOBODY_CUT = "nobody_cut"
    FEWER_CUT = "fewer_cut"
    ALL_EYES_OPEN = "all_eyes_open"
    EYES_OPEN = "eyes_open"
    BEST_LOOK = "best_look"
    LESS_AVERTED = "less_averted"
    BEST_SMILE = "best_smile"
    MORE_SMILE = "more_smile"
    BEST_EXPOSED = "best_exposed"
    LESS_BURNT = "less_burnt"
    ORIGINAL = "original"
    BEST_SUM = "best_sum"
    KEY_SEEN = "key_seen"
    KEY_WHOLE = "key_whole"
    KEY_EYES = "key_eyes"
    KEY_LOOK = "key_look"
    KEY_SMILE = "key_smile"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact about the suggested frame against its rivals, with its figures.

    Attributes:
        fact: what is so.
        count: how many it is so of; what is counted depends on the fact.
        of: of how many.
        who: the name of the key person it is so of; "" where it is of nobody in particular.
    """

    fact: Fact
    count: int = 0
    of: int = 0
    who: str = ""

    def nameless(self) -> "Reason":
        """Return the same without anybody's name, for files."""
        return replace(self, who="")


class GroupedBy(StrEnum):
    """What makes frames one group; ``core.grouping.words`` says it in words."""

    LOOK = "look"  # taken one after the other, and alike as far as that is measured
    EXPOSURE = "exposure"  # steps of a bracket
    FOCUS = "focus"
    PANORAMA = "panorama"
    HAND = "hand"  # put together by the user, or set apart
    CALLED_BURST = "called_burst"  # the user said what it is
    CALLED_BRACKET = "called_bracket"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why the frames of a group are one, with its figures.

    Attributes:
        by: what makes them one.
        seconds: from the first frame to the last; None where no clock tells it, or it does not matter.
        similarity: the mean of neighbours, -1 to 1; None where it is not known, or does not matter.
    """

    by: GroupedBy
    seconds: float | None = None
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A stack of the grid: one burst, bracket or single frame.

    Attributes:
        photo_ids: in order of capture.
        suggested_pick: the program's choice; None for singles and brackets, and for bursts of which nothing could
            be measured, or not all is measured yet.
        margin: ``total`` of the suggestion less that of the runner-up.
        sureness: what such a suggestion is worth; only means something where there is one.
        reasons: why this frame, best reason first.
        scores: one a frame that could be judged, best first: not damaged, unless all of them are.
        grounds: why these frames are one group; None for a frame that nobody set apart.
    """

    id: ClusterId
    kind: ClusterKind
    photo_ids: tuple[PhotoId, ...]
    scene_id: SceneId
    suggested_pick: PhotoId | None = None
    margin: float = 0.0
    sureness: Sureness = Sureness.CLOSE
    reasons: tuple[Reason, ...] = ()
    scores: tuple[FrameScore, ...] = ()
    grounds: Grounds | None = None

    @property
    def judged(self) -> frozenset[PhotoId]:
        """The frames that could be judged; of the others the program decides nothing."""
        return frozenset(score.photo_id for score in self.scores)


@dataclass(frozen=True, slots=True)
class Scene:
    """Same place or subject: a section of the grid.

    Attributes:
        starts_at, ends_at: first and last capture time, None where no frame has one.
    """

    id: SceneId
    cluster_ids: tuple[ClusterId, ...]
    starts_at: datetime | None
    ends_at: datetime | None
