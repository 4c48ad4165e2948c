"""What is measured of a photo.

Coordinates are fractions of the upright picture, 0 to 1; so are scores, unless a field says otherwise.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.types.ids import PhotoId


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the upright picture."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """The share of the picture that it takes up."""
        return self.width * self.height

    def shared_area(self, other: "Box") -> float:
        """Return the share of the picture that both cover."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(0.0, across) * max(0.0, down)

    def within_picture(self) -> "Box":
        """Return what of it lies in the picture; without width or height where nothing does."""
        left, top = max(0.0, self.x), max(0.0, self.y)
        right, bottom = min(1.0, self.x + self.width), min(1.0, self.y + self.height)
        return Box(left, top, max(0.0, right - left), max(0.0, bottom - top))


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
        right_eye, left_eye: each, the subject's own sides. In a shoot both are closed, and together cannot be told,
            where they may be narrow as well (``core.analysis.shut_eyes``).
        eyes_open: the chance, 0 to 1, that the eyes are open; None where it cannot be told.
        smile: 0 to 1; None where it cannot be told.
        gaze: 1 straight ahead from under lifted lids, 0 down or far aside; None where it cannot be told.
        sharpness: same scale as ``Sharpness.score``, measured in the face; None where too small.
        signature: what tells this face from others (``core.grouping.identities``); empty where it was not
            measured or is not wanted.
        identity: index of the person within the shoot, None where not known.
        key_name: what a key person is called, whom the user wants to count more; "" for everybody else.
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
    key_name: str = ""

    @property
    def eyes_look_closed(self) -> bool:
        """Whether each eye by itself looks closed; ``eyes`` says whether both surely are."""
        return self.right_eye is self.left_eye is EyeState.CLOSED

    def told(
        self, identity: int | None, eyes: EyeState, right_eye: EyeState, left_eye: EyeState, signature: bytes
    ) -> "Face":
        """Return the same face, better known.

        ``dataclasses.replace`` takes five times as long, for thousands of faces.
        """
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
            self.key_name,
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
        detail: how strong the strongest shape of the frame is, blurred or sharp, in grey levels; None where it
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
        """Return what is small of it."""
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
        """Whether what was measured is a damaged picture: it is not to be compared with sound ones."""
        return self.damage is not None and not self.stand_in

    def side_of(self, face: Face) -> float:
        """Return the shorter side of one of its faces, in pixels of the photo."""
        return min(face.box.width * self.width, face.box.height * self.height)


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
