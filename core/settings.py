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
    """How readily frames are taken for one burst, and bursts for one scene.

    Attributes:
        burst_looseness: 0 tight to 1 loose; 0.5 is what the benchmark is tuned for.
        scene_looseness: likewise.
    """

    burst_looseness: float = 0.5
    scene_looseness: float = 0.5


@dataclass(frozen=True, slots=True)
class Settings:
    """One run's settings.

    Attributes:
        recursive: subfolders are part of the shoot.
        identity: whether faces are told apart, so that people can be found again within a shoot.
        embedder: which model tells what looks alike, by its name among the models that can be installed.
        photo_timeout: seconds after which a photo that is still being decoded is given up, by name.
    """

    recursive: bool = True
    identity: bool = True
    embedder: str = "efficientnet-lite0"
    photo_timeout: float = 60.0
    weights: Weights = field(default_factory=Weights)
    grouping: GroupingRules = field(default_factory=GroupingRules)
