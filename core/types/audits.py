"""A sample of rejects that the user looks through, to learn how many keepers are among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.types.ids import PhotoId


@dataclass(frozen=True, slots=True)
class Audit:
    """A random sample of what the program alone rejected, and what the user said of it so far.

    Attributes:
        seed: draws the same sample of the same rejects again.
        rejects: all that it was drawn from, in the order it was spread over: ``core.review.audit.sample.rejects``.
        drawn: the sample, in the random order in which it is to be looked through.
        answers: by photo of the sample, whether it is a keeper; those that nobody looked at yet are not in it.
        drawn_at: UTC.
    """

    seed: int
    rejects: tuple[PhotoId, ...]
    drawn: tuple[PhotoId, ...]
    drawn_at: datetime
    answers: Mapping[PhotoId, bool] = field(default_factory=dict)

    @property
    def keepers(self) -> tuple[PhotoId, ...]:
        """Those of the sample that the user would have kept, in the order of the sample."""
        return tuple(photo_id for photo_id in self.drawn if self.answers.get(photo_id))
