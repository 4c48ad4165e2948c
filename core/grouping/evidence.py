"""What speaks for two frames being one moment, from the cheap to the expensive, each looked at once."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from core.cancelling import go_on
from core.grouping.geometry import Alignment, align
from core.grouping.likeness import Likeness
from core.grouping.other_people import shows_others
from core.types import Analysis, Layout, PhotoId

MOST_BY_OVERLAP = 0.7
"""What frames that cover each other add to a bond."""

# Weights from a logistic regression over pairs of neighbouring frames of five labelled shoots, each shoot
# judged by the other four; cosine counts 1 and overlap ``MOST_BY_OVERLAP``.
_HASH = 0.55
_HASH_BITS = 32  # differing bits of two unrelated pictures
_HOPELESS = 0.2  # cosine under which corners are not looked at: unrelated pictures have 0.0 +- 0.2
_SAME_VIEW = 1.1  # similarity and hash together
_SAME_FRAMING, _MANY_CORNERS = 0.93, 20
_TURNED = 0.2  # of the longer side, from one frame to the next

_LAYOUTS_AT_HAND = 500  # photos: a frame is laid over others taken near it; 5 MB

Pair = tuple[PhotoId, PhotoId]


class Alignments:
    """How frames lie over each other, each pair laid once; outlives a grouping, for it depends on no mean.

    Corners take more memory than all else that is known of a photo, and are looked at a few times: so they may stay
    elsewhere until then.

    Args:
        known: pairs laid before; None for frames that do not lie over each other.
        layout_of: finds the corners of photos whose analysis comes without; None where they cannot be had.
    """

    def __init__(
        self,
        known: Mapping[Pair, Alignment | None] = MappingProxyType({}),
        layout_of: Callable[[PhotoId], Layout | None] | None = None,
    ) -> None:
        self._known = dict(known)
        self._layout_of = layout_of and lru_cache(_LAYOUTS_AT_HAND)(layout_of)

    def __len__(self) -> int:
        return len(self._known)

    def since(self, count: int) -> dict[Pair, Alignment | None]:
        """Return the pairs laid after the first ``count``."""
        return dict(islice(self._known.items(), count, None))

    def between(self, one: Analysis, other: Analysis) -> Alignment | None:
        """Lay the second frame over the first, see ``core.grouping.geometry.align``."""
        pair = (one.photo_id, other.photo_id)
        if pair not in self._known:
            go_on()
            self._known[pair] = align(self._with_corners(one), self._with_corners(other))
        return self._known[pair]

    def _with_corners(self, analysis: Analysis) -> Analysis:
        if len(analysis.layout.points) or self._layout_of is None:
            return analysis
        layout = self._layout_of(analysis.photo_id)
        return analysis if layout is None else replace(analysis, layout=layout)


class Evidence:
    """How strongly pairs of analysed frames of one shoot are bound by what they show.

    Args:
        analyses: measures, as many as there are.
        order: the photos of the shoot.
        alignments: those already known.
    """

    def __init__(
        self, analyses: Mapping[PhotoId, Analysis], order: Sequence[PhotoId], alignments: Alignments
    ) -> None:
        self.likeness = Likeness(analyses, order)
        self._analyses = analyses
        self._alignments = alignments
        self._looks: dict[Pair, tuple[float, float]] = {}
        self._others: dict[Pair, bool] = {}

    def is_known(self, photo: PhotoId) -> bool:
        """Tell whether the photo is analysed."""
        return photo in self._analyses

    def analysis(self, photo: PhotoId) -> Analysis:
        """Return the measures of an analysed photo."""
        return self._analyses[photo]

    def similarity(self, one: PhotoId, other: PhotoId) -> float:
        """Return the cosine, -1 to 1, of two analysed photos."""
        return self._look(one, other)[0]

    def alignment(self, one: PhotoId, other: PhotoId) -> Alignment | None:
        """Return how the second of two analysed photos lies over the first."""
        return self._alignments.between(self._analyses[one], self._analyses[other])

    def overlap(self, one: PhotoId, other: PhotoId) -> float:
        """Return the common part of two analysed frames, 0 to 1."""
        alignment = self.alignment(one, other)
        return alignment.overlap if alignment else 0.0

    def is_same_framing(self, one: PhotoId, other: PhotoId) -> bool:
        """Tell whether the camera stood still between two analysed photos, as on a tripod, whatever the light."""
        if self.similarity(one, other) < _HOPELESS:
            return False
        alignment = self.alignment(one, other)
        return (
            alignment is not None
            and alignment.overlap >= _SAME_FRAMING
            and alignment.corners >= _MANY_CORNERS
        )

    def is_turned(self, one: PhotoId, other: PhotoId) -> bool:
        """Return whether the camera turned so far between two analysed photos that it frames something else."""
        alignment = self.alignment(one, other)
        return alignment is not None and math.hypot(alignment.right, alignment.down) >= _TURNED

    def shows_others(self, one: PhotoId, other: PhotoId) -> bool:
        """Return whether main people of one analysed photo gave place to others in the next."""
        known = self._others.get((one, other))
        if known is None:
            known = self._others[one, other] = shows_others(self._analyses[one], self._analyses[other])
        return known

    def may_overlap(self, one: PhotoId, other: PhotoId) -> bool:
        """Tell whether two analysed photos are alike enough to make a look at their corners worthwhile."""
        return self.similarity(one, other) >= _HOPELESS

    def is_same_view(self, one: PhotoId, other: PhotoId) -> bool:
        """Tell whether two analysed photos are so alike that the camera cannot have turned by a quarter frame."""
        return self._look(one, other)[1] >= _SAME_VIEW

    def look(self, one: PhotoId, other: PhotoId) -> float:
        """Return similarity and likeness of hashes of two analysed photos in one number, about -1 to 1.5."""
        return self._look(one, other)[1]

    def bond(self, one: PhotoId, other: PhotoId) -> float:
        """Return ``look`` and the common part of the frames, up to ``MOST_BY_OVERLAP`` more."""
        similarity, look = self._look(one, other)
        if similarity < _HOPELESS:
            return look
        return look + MOST_BY_OVERLAP * self.overlap(one, other)

    def _look(self, one: PhotoId, other: PhotoId) -> tuple[float, float]:
        """Return similarity, and it together with the likeness of the hashes."""
        known = self._looks.get((one, other))
        if known is None:
            similarity = self.likeness.between(one, other) or 0.0
            differing = (self._analyses[one].phash ^ self._analyses[other].phash).bit_count()
            known = similarity, similarity + _HASH * max(0.0, 1 - differing / _HASH_BITS)
            self._looks[one, other] = known
        return known
