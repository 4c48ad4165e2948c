"""The words of the product as frozen data: photos, faces, groups, decisions.

Coordinates are fractions of the upright picture (EXIF orientation applied): x to the right, y down, 0 to 1.
Scores are 0 to 1 unless a field says otherwise. Nothing here knows a file format, a model or a screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NewType

import numpy as np
from numpy.typing import NDArray

PhotoId = NewType("PhotoId", str)
"""Names one photo on this machine; see ``core.ingest.scanner.photo_id``."""

ClusterId = NewType("ClusterId", str)
SceneId = NewType("SceneId", str)


class TimeSource(StrEnum):
    """Where ``Photo.taken_at`` comes from."""

    EXIF = "exif"
    FILE = "file"  # the file's modification time: a fallback, and shown as one


@dataclass(frozen=True, slots=True)
class Shot:
    """How the frame was exposed; None where the file does not say.

    Attributes:
        exposure_time: seconds.
        f_number: the aperture's f-number.
        iso: sensitivity as written by the camera.
        focal_length: millimetres, not converted to 35 mm.
        exposure_bias: EV, the compensation dialled in; steps of it tell a bracket.
        burst_id: a maker's own id of the burst, "" where there is none.
        auto_bracket: the camera was set to bracket its exposure by itself.
        lens: its model for people to read, "" where the file does not say.
        focus_bracket: the camera was set to shift its focus from frame to frame by itself.
    """

    exposure_time: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length: float | None = None
    exposure_bias: float | None = None
    burst_id: str = ""
    auto_bracket: bool = False
    lens: str = ""
    focus_bracket: bool = False


class Flag(StrEnum):
    """Lightroom's pick flag."""

    PICK = "pick"
    REJECT = "reject"
    UNFLAGGED = "unflagged"


class Label(StrEnum):
    """Lightroom's five colour labels, and none."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Marks:
    """What a file says was decided about a photo, by whatever program; None where it says nothing.

    Cameras write 0 stars of themselves and Lightroom "unflagged", so neither counts as a decision here.

    Attributes:
        flag: pick or reject.
        rating: 1 to 5 stars.
        label: a colour.
        camera_rating: 1 to 5 stars that a camera or Windows put into a place of their own. They are shown where
            nothing else says how many, and are never held against a decision.
    """

    flag: Flag | None = None
    rating: int | None = None
    label: Label | None = None
    camera_rating: int | None = None

    @property
    def is_empty(self) -> bool:
        """The file says nothing."""
        return self == Marks()


@dataclass(frozen=True, slots=True)
class FileMarks:
    """The marks of one file.

    Attributes:
        path: a sidecar, or the photo itself.
        changed_at: when the file was last written, UTC.
        is_ours: Shortlist wrote it last, so that it is no other program's word.
    """

    path: Path
    changed_at: datetime
    marks: Marks
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """How a photo's time compares with that of other zones; see ``core.grouping.real_time``.

    Attributes:
        usual: by how much the time of ``Photo.moment`` is ahead of UTC while the camera's clock stands as mostly.
        turned: by how much more it was ahead when the photo was taken: an hour of summer time, or a journey.
    """

    usual: timedelta
    turned: timedelta


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo of the shoot: a file, with the files that belong to it.

    Attributes:
        path: absolute path of the file that is shown and analysed.
        companions: other files of the same frame (the RAW of a JPEG, the film of a Live Photo).
        taken_at: the camera's clock, without time zone, with sub-seconds.
        utc_offset_minutes: the clock's offset where the file tells it.
        camera: serial number, else model, else ""; clocks are compared only within one camera.
        camera_name: maker and model for people to read.
        clock_shift: what turns this camera's time into the shoot's; None where its clock was never set against
            another's, so that its times compare with its own only.
        zone: what makes a real time of it; None where no file of the shoot tells its offset.
        orientation: the EXIF value, 1 to 8, by which it is shown.
        turn: the same where it is a sidecar's word against the file's own; else 0.
        width, height: pixels as stored, before orientation; 0 where not known before decoding.
        mtime_ns: with ``path`` and ``size_bytes`` the key under which measures are kept.
        content: what the file holds, the same for copies of it (``core.ingest.content``); "" where it was not read.
        marks: those embedded in the file itself.
    """

    id: PhotoId
    path: Path
    companions: tuple[Path, ...] = ()
    taken_at: datetime | None = None
    time_source: TimeSource = TimeSource.FILE
    utc_offset_minutes: int | None = None
    camera: str = ""
    camera_name: str = ""
    orientation: int = 1
    width: int = 0
    height: int = 0
    size_bytes: int = 0
    mtime_ns: int = 0
    content: str = ""
    shot: Shot = field(default_factory=Shot)
    marks: Marks = field(default_factory=Marks)
    clock_shift: timedelta | None = None
    zone: Zone | None = None
    turn: int = 0

    @property
    def moment(self) -> datetime | None:
        """What a clock on the wall showed when it was taken, if it goes by the shoot's: what people are shown.

        ``taken_at`` stays what the camera wrote, as exports do.
        """
        return _moved(self.taken_at, self.clock_shift)

    @property
    def instant(self) -> datetime | None:
        """When it was really taken: what photos are put in order by, and what is between them is counted by."""
        return _moved(self.moment, None if self.zone is None else -(self.zone.usual + self.zone.turned))

    @property
    def clock_time(self) -> datetime | None:
        """What the camera's clock would have shown, had nobody turned it in the course of the shoot."""
        return _moved(self.taken_at, None if self.zone is None else -self.zone.turned)


def _moved(time: datetime | None, by: timedelta | None) -> datetime | None:
    if time is None or not by:
        return time
    try:
        return time + by
    except OverflowError:  # a broken clock near the end of the calendar
        return time


ClockSettings = Mapping[str, timedelta | None]
"""By camera: what to add to its times; None where the user wants its clock left alone. Others were never asked of."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the upright picture."""

    x: float
    y: float
    width: float
    height: float


class EyeState(StrEnum):
    """Three states, because sunglasses and profiles are not closed eyes."""

    OPEN = "open"
    CLOSED = "closed"
    CANT_TELL = "can't tell"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a photo.

    Attributes:
        confidence: the detector's, 0 to 1.
        landmarks: right eye, left eye, nose, right and left corner of the mouth (the subject's own sides),
            as (x, y) fractions of the upright picture.
        eyes: both together; a wink is neither open nor closed.
        right_eye, left_eye: each, the subject's own sides.
        eyes_open: the chance, 0 to 1, that the eyes are open; None where it cannot be told.
        smile: 0 to 1; None where it cannot be told.
        gaze: 1 straight ahead from under lifted lids, 0 down or far aside; None where it cannot be told.
        sharpness: same scale as ``Sharpness.score``, measured in the face; None where too small.
        signature: what tells this face from others (``core.grouping.identities``); empty where it was not
            measured or is not wanted.
        identity: index of the person within the shoot, None where not known.
    """

    box: Box
    confidence: float
    landmarks: tuple[tuple[float, float], ...] = ()
    eyes: EyeState = EyeState.CANT_TELL
    right_eye: EyeState = EyeState.CANT_TELL
    left_eye: EyeState = EyeState.CANT_TELL
    eyes_open: float | None = None
    smile: float | None = None
    gaze: float | None = None
    sharpness: float | None = None
    identity: int | None = None
    signature: bytes = field(default=b"", repr=False, compare=False)

    def told(
        self, identity: int | None, eyes: EyeState, right_eye: EyeState, left_eye: EyeState, signature: bytes
    ) -> "Face":
        """The same face, better known. ``dataclasses.replace`` takes five times as long, for thousands of faces."""
        return Face(
            self.box,
            self.confidence,
            self.landmarks,
            eyes,
            right_eye,
            left_eye,
            self.eyes_open,
            self.smile,
            self.gaze,
            self.sharpness,
            identity,
            signature,
        )


@dataclass(frozen=True, slots=True)
class Sharpness:
    """How sharp the frame is where it matters.

    Attributes:
        score: of the sharpest region, an open-ended measure >= 0; only its order within one burst means
            something. That of each face is with the face.
        in_focus: the chance, 0 to 1, that anything in the frame is in focus and held still; None where it
            cannot be told. Needs no other frame to compare with.
        subject: where the sharpest region lies; None where there is no detail.
        detail: how strong the strongest shape of the frame is, be it blurred or sharp, in grey levels; None where it
            was not measured. Next to nothing where nothing is to be seen.
    """

    score: float
    in_focus: float | None = None
    subject: Box | None = None
    detail: float | None = None


@dataclass(frozen=True, slots=True)
class Exposure:
    """Brightness facts of the frame, all fractions of its pixels or of full scale.

    Attributes:
        mean: mean luma of the frame, 0 black to 1 white.
        clipped_high: share of the subject's pixels at or next to white.
        clipped_low: share of the subject's pixels at or next to black.
        score: 1 well exposed, 0 unusable.
        burnt: share of all pixels at or next to white.
        likeliness: how much like a well-exposed photograph the frame looks, an open-ended logarithm of odds;
            only differences between frames of one subject mean something.
    """

    mean: float
    clipped_high: float
    clipped_low: float
    score: float
    burnt: float = 0.0
    likeliness: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """What the frame looks like, as a vector.

    Attributes:
        vector: float32, shape (D,), as the model gave it (not normalised).
        model_sha256: the weights that made it; vectors of different weights are never compared.
    """

    vector: NDArray[np.float32]
    model_sha256: str


NO_EMBEDDING = Embedding(np.zeros(0, np.float32), "")
"""Stands in a kept analysis until the embedder in use has seen the photo; never leaves the pipeline."""


# One for all photos of a shoot: most have nothing else.
_NO_POINTS, _NO_DESCRIPTORS = np.zeros((0, 2), np.uint16), np.zeros((0, 32), np.uint8)
_NO_FOCUS = np.zeros((0, 0), np.float16)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What stands where in the frame: tells whether two frames show the same thing from the same place.

    Attributes:
        points: corners of the picture, uint16, shape (K, 2), x and y in 1/65535 of the longer side; none where they
            were left on disk, see ``without_corners``.
        descriptors: what each corner looks like, uint8, shape (K, 32), ORB; compare by Hamming distance.
        focus: sharpness of each part of the frame, float16, shape (rows, columns); (0, 0) where not measured.
    """

    points: NDArray[np.uint16] = field(default_factory=lambda: _NO_POINTS)
    descriptors: NDArray[np.uint8] = field(default_factory=lambda: _NO_DESCRIPTORS)
    focus: NDArray[np.float16] = field(default_factory=lambda: _NO_FOCUS)

    def without_corners(self) -> "Layout":
        """What is small of it."""
        return Layout(focus=self.focus.copy())


class Damage(StrEnum):
    """What is wrong with a photo's file."""

    TORN = "torn"  # a part of the picture shows something else, or nothing
    CUT_OFF = "cut off"  # the file ends too early
    UNREADABLE = "unreadable"  # no picture comes of it


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was measured in one decode of one photo.

    Attributes:
        width, height: pixels of the upright picture.
        phash: 64-bit perceptual hash; compare by Hamming distance.
        layout: what stands where.
        compression: mean step of the JPEG's luma quantisation, 1 and more; 0 for files without such loss.
        damage: of the photo's file; None for a sound one.
        stand_in: its RAW was measured in its place, and is sound.
    """

    photo_id: PhotoId
    width: int
    height: int
    sharpness: Sharpness
    exposure: Exposure
    faces: tuple[Face, ...]
    embedding: Embedding
    phash: int
    layout: Layout = field(default_factory=Layout)
    compression: float = 0.0
    damage: Damage | None = None
    stand_in: bool = False

    @property
    def damaged(self) -> bool:
        """What was measured is a damaged picture: it is not to be compared with sound ones."""
        return self.damage is not None and not self.stand_in


class ClusterKind(StrEnum):
    """What a cluster of the grid is."""

    SINGLE = "single"  # a frame on its own
    BURST = "burst"  # frames of one moment: pick one
    BRACKET = "bracket"  # exposure, focus or panorama set: belongs together, never culled to one


class TermName(StrEnum):
    """What frames of a burst are compared in; ``core.ranking.terms`` has a row for each."""

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
    NOBODY_CUT = "nobody_cut"
    FEWER_CUT = "fewer_cut"
    ALL_EYES_OPEN = "all_eyes_open"
    EYES_OPEN = "eyes_open"
    BEST_LOOK = "best_look"
    BEST_SMILE = "best_smile"
    MORE_SMILE = "more_smile"
    BEST_EXPOSED = "best_exposed"
    LESS_BURNT = "less_burnt"
    ORIGINAL = "original"
    BEST_SUM = "best_sum"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact about the suggested frame against its rivals, with its figures.

    Attributes:
        fact: what is so.
        count: how many it is so of; what is counted depends on the fact.
        of: of how many.
    """

    fact: Fact
    count: int = 0
    of: int = 0


class FlawKind(StrEnum):
    """What makes a frame a likely reject by itself; ``core.ranking.likely_rejects`` finds it and says it in words."""

    BLACK = "black"
    WHITE = "white"
    EMPTY = "empty"  # a misfire: no edge in it anywhere
    BLURRED = "blurred"  # shaken or out of focus, over the whole frame
    EYES_SHUT = "eyes_shut"  # the main person's


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw of a frame, with its figure.

    Attributes:
        kind: what is wrong.
        figure: what tells it, 0 to 1: the mean luma of BLACK and EMPTY and of WHITE that or the share of burnt
            pixels, the chance of focus of BLURRED, the chance that the eyes are open of EYES_SHUT.
    """

    kind: FlawKind
    figure: float


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
        together: why these frames are one group, such as "3 frames in 1.2 s, similarity 0.91".
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
    together: str = ""

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


class DecisionSource(StrEnum):
    """Who decided."""

    USER = "user"
    SUGGESTED = "suggested"  # the program; a re-run may replace it, and only it
    FILE = "file"  # another program: it is shown as its files say, and never kept


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one photo. None is "never touched": export leaves that property alone.

    Attributes:
        rating: 0 to 5 stars; 0 is the decision to have none.
        label: ``Label.NONE`` is the decision to have none.
        decided_at: UTC; of flag, rating and label.
        stars_of_camera: the rating is only what a camera or Windows put into the file: shown, but nobody's decision,
            and never kept.
        group: names the group the user put the photo in (``core.grouping.users_groups``), None where the program
            groups it. All photos of one name are one group, and nothing else is in it.
    """

    photo_id: PhotoId
    flag: Flag | None = None
    rating: int | None = None
    label: Label | None = None
    source: DecisionSource = DecisionSource.USER
    decided_at: datetime | None = None
    group: str | None = None
    stars_of_camera: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was ever decided of the photo itself; it may have been put in a group."""
        has_stars = self.rating is not None and not self.stars_of_camera
        return self.flag is None and self.label is None and not has_stars

    @property
    def without_cameras_stars(self) -> "Decision":
        """What somebody decided, and no more."""
        return replace(self, rating=None, stars_of_camera=False) if self.stars_of_camera else self
