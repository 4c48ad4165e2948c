"""What the user can set, declared once with its default and meaning."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts when the frames of a burst are ranked.

    Only their proportions matter. A term that cannot be told in a burst leaves its share to the others.
    Closed eyes lose a portrait whatever else is right, so eyes lead; sharpness alone picks the
    photographer's choice 65 % of the time (PhotoTriage study), so it comes next.
    """

    eyes: float = 0.40
    sharpness: float = 0.35
    smile: float = 0.10
    exposure: float = 0.15


@dataclass(frozen=True, slots=True)
class GroupingRules:
    """When two frames belong together. Similarities are cosines of mean-centred embeddings, -1 to 1.

    Attributes:
        burst_gap: seconds between two frames beyond which they are never one burst.
        burst_similarity: least similarity within a burst.
        quick_gap: frames this many seconds apart are one burst at ``quick_similarity`` already:
            nobody changes the subject in so short a time, but a flash can miss.
        quick_similarity: see ``quick_gap``.
        scene_min_size: fewest bursts that HDBSCAN calls a scene.
        scene_minutes: minutes that weigh as much as the whole range of visual distance.
    """

    burst_gap: float = 30.0
    burst_similarity: float = 0.75
    quick_gap: float = 1.5
    quick_similarity: float = 0.45
    scene_min_size: int = 2
    scene_minutes: float = 6.0


@dataclass(frozen=True, slots=True)
class Settings:
    """One run's settings.

    Attributes:
        recursive: subfolders are part of the shoot.
        embedder: which model tells what looks alike, by its name among the models that can be installed.
        photo_timeout: seconds after which a photo that is still being decoded is given up, by name.
    """

    recursive: bool = True
    embedder: str = "efficientnet-lite0"
    photo_timeout: float = 60.0
    weights: Weights = field(default_factory=Weights)
    grouping: GroupingRules = field(default_factory=GroupingRules)
