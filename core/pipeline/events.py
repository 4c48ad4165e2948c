"""What the pipeline tells its listeners: frozen batches, each with the id of its run."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from core.grouping.clocks import ClockOffset
from core.grouping.group import Grouper
from core.ranking.group_ranker import GroupRanker
from core.types import Analysis, Cluster, FileMarks, Photo, PhotoId, Scene


class Stage(StrEnum):
    """The stages a run goes through, in order."""

    SCAN = "scan"
    METADATA = "metadata"
    ANALYSIS = "analysis"
    GROUPING = "grouping"


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; a screen drops those whose run is not its current one."""

    run_id: int


@dataclass(frozen=True, slots=True)
class PhotosFound(Event):
    """The shoot, in order of capture: all photos once, when the metadata stage is done.

    Attributes:
        skipped: counts of files left out, by a reason fit to show ("hidden", "not a photo", "video").
    """

    photos: tuple[Photo, ...]
    skipped: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewsReady(Event):
    """Small pictures embedded in the files or kept from an earlier run, as upright JPEG bytes."""

    previews: tuple[tuple[PhotoId, bytes], ...]


@dataclass(frozen=True, slots=True)
class MarksRead(Event):
    """What sidecars and photos say was decided in other programs, once the metadata stage is done.

    Attributes:
        marks: for each photo with any, the files that say so, the one written last first.
    """

    marks: tuple[tuple[PhotoId, tuple[FileMarks, ...]], ...]


@dataclass(frozen=True, slots=True)
class PhotosAnalyzed(Event):
    """Measures are there; a thumbnail of each is in the thumbnail cache."""

    analyses: tuple[Analysis, ...]


@dataclass(frozen=True, slots=True)
class ClustersUpdated(Event):
    """The whole grouping as of now; replaces the former one.

    Attributes:
        copies: each photo that is a copy of another, with its original; told once, when all is measured.
        grouper: made it, and groups anew at once when the user moves a slider or a frame; None where the groups
            are an earlier run's, until ``GrouperReady``.
        ranker: ranked them, and ranks the groups that are made anew.
        analyses: all that ranking goes by, once after those of an earlier run were shown without what nobody waits for.
        clocks: cameras whose clocks the pictures tell, and of which the user said nothing yet; told with the copies.
    """

    clusters: tuple[Cluster, ...]
    scenes: tuple[Scene, ...]
    grouper: Grouper | None = None
    copies: tuple[tuple[PhotoId, PhotoId], ...] = ()
    clocks: tuple[ClockOffset, ...] = ()
    ranker: GroupRanker = field(default_factory=GroupRanker, compare=False)
    analyses: tuple[Analysis, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class GrouperReady(Event):
    """What groups anew at once is there; the groups shown are as it would make them.

    Attributes:
        analyses: all that ranking goes by, as in ``ClustersUpdated``.
    """

    grouper: Grouper
    analyses: tuple[Analysis, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleFound(Event):
    """Who is who in the photos measured by now; replaces what was found before.

    Attributes:
        analyses: of all photos with faces, each face with its person (see ``core.grouping.identities``).
    """

    analyses: tuple[Analysis, ...]


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """How far the run is.

    Attributes:
        rate: photos a second over the last seconds; 0 where not known yet.
        seconds_left: None where not known yet.
    """

    stage: Stage
    done: int
    total: int
    rate: float = 0.0
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class PhotoFailed(Event):
    """One file cannot be used; the rest goes on."""

    path: Path
    reason: str
    photo_id: PhotoId | None = None


@dataclass(frozen=True, slots=True)
class NotKept(Event):
    """A cache cannot be written: the run goes on, and the next opening does its work again. Told once a run.

    Attributes:
        reason: a sentence.
        library: it is the library of all shoots alone, which is not found in from other shoots.
    """

    reason: str
    library: bool = False


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The run is over.

    Attributes:
        computed: photos analysed in this run; the others came from the cache.
        unmeasured: photos that are still to be analysed, by a run that goes on where this one ended.
        cancelled: it ended before its time, called off or by trouble that concerns all photos.
        seconds: wall time of the run.
    """

    photos: int
    computed: int
    failed: int
    cancelled: bool
    seconds: float
    unmeasured: int = 0
