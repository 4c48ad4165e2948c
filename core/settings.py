"""What the user can set, declared once with its default and meaning."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts when the frames of a burst are ranked, against what was learned: ``core.learned``.

    0 is not at all, 0.5 as learned, 1 twice as much; only the proportions matter. The terms are those of
    ``core.ranking.terms.table``.
    """

    sharpness: float = 0.5
    seen: float = 0.5
    whole: float = 0.5
    eyes: float = 0.5
    smile: float = 0.5
    exposure: float = 0.5


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
        pair_folders: a RAW and a JPEG of one name are one photo although they lie in two folders of a shoot, such as
            ``RAW`` and ``JPG``.
        identity: whether faces are told apart, so that people can be found again within a shoot.
        embedder: which model tells what looks alike, by its name among the models that can be installed.
        photo_timeout: seconds after which a photo that is still being decoded is given up, by name.
    """

    recursive: bool = True
    pair_folders: bool = False
    identity: bool = True
    embedder: str = "efficientnet-lite0"
    photo_timeout: float = 60.0
    weights: Weights = field(default_factory=Weights)
    grouping: GroupingRules = field(default_factory=GroupingRules)
