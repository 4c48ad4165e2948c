"""The words of the product as frozen data: photos, measures, groups, decisions.

Nothing here knows a file format, a model or a screen. One module an idea; all others import them from here.
"""

from core.types.aim import NO_AIM, Aim, stored_box, turned_box
from core.types.audits import Audit
from core.types.clusters import (
    Cluster,
    ClusterKind,
    Fact,
    FrameScore,
    Grounds,
    GroupedBy,
    Reason,
    Scene,
    Sureness,
    Term,
    TermName,
)
from core.types.decisions import Accepted, Decision, DecisionSource, JournalEntry
from core.types.ids import ClusterId, PhotoId, SceneId
from core.types.marks import DECIDED, FileMarks, Flag, Label, Marks
from core.types.measures import (
    NO_EMBEDDING,
    Analysis,
    Box,
    Damage,
    Embedding,
    Exposure,
    EyeState,
    Face,
    Flaw,
    FlawKind,
    Layout,
    Sharpness,
)
from core.types.photo import ClockSettings, Photo, Shot, TimeSource, Zone, legible
from core.types.regions import FaceRegion, FaceRegions
from core.types.things import Pieces, PlacedThing, Thing
from core.types.written import WrittenWords

__all__ = [
    "DECIDED",
    "NO_AIM",
    "NO_EMBEDDING",
    "Accepted",
    "Aim",
    "Analysis",
    "Audit",
    "Box",
    "ClockSettings",
    "Cluster",
    "ClusterId",
    "ClusterKind",
    "Damage",
    "Decision",
    "DecisionSource",
    "Embedding",
    "Exposure",
    "EyeState",
    "Face",
    "FaceRegion",
    "FaceRegions",
    "Fact",
    "FileMarks",
    "Flag",
    "Flaw",
    "FlawKind",
    "FrameScore",
    "Grounds",
    "GroupedBy",
    "JournalEntry",
    "Label",
    "Layout",
    "Marks",
    "Photo",
    "PhotoId",
    "Pieces",
    "PlacedThing",
    "Reason",
    "Scene",
    "SceneId",
    "Sharpness",
    "Shot",
    "Sureness",
    "Term",
    "TermName",
    "Thing",
    "TimeSource",
    "WrittenWords",
    "Zone",
    "legible",
    "stored_box",
    "turned_box",
]
