"""The frames of one burst, and what is known of them together: what every term is measured on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.subject.main_people import MainPerson, main_people
from core.types import Analysis, PhotoId


@dataclass(frozen=True, slots=True)
class Burst:
    """The frames of one burst, and what is known of them together.

    Attributes:
        frames: in order of capture.
        people: the main ones; their faces by place in ``frames``.
        copies: each copy of a frame with its original.
    """

    frames: Sequence[Analysis]
    people: Sequence[MainPerson]
    copies: Mapping[PhotoId, PhotoId] = field(default_factory=dict)

    @classmethod
    def of(cls, frames: Sequence[Analysis], copies: Mapping[PhotoId, PhotoId]) -> "Burst":
        """Find who the frames are about. ``copies`` may hold others of the shoot."""
        ids = {frame.photo_id for frame in frames}
        among = {one: other for one, other in copies.items() if one in ids and other in ids}
        return cls(frames, main_people(frames), among)

    def versions(self) -> list[list[int]]:
        """Return the places of the frames that show one moment: copies with their original, others alone."""
        found: dict[PhotoId, list[int]] = {}
        for at, frame in enumerate(self.frames):
            found.setdefault(self.copies.get(frame.photo_id, frame.photo_id), []).append(at)
        return list(found.values())
