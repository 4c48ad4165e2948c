"""What placeholders can say of one photo."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from core.ingest.frame_names import shared_stem
from core.types import Cluster, ClusterKind, Decision, Flag, Label, Photo, PhotoId, TimeSource

_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What is known of a photo when its name or a text about it is made; "", None where it is not known.

    Attributes:
        taken: by the clock of the shoot.
        is_dated_by_file: no camera says when it was taken, only its file does.
        shoot: what the user calls the shoot.
        counter: its place among the photos that are named together, from the number chosen on.
        name: what the names of its files share, as they are.
        folder: the name of the folder it lies in.
        camera: maker and model.
        serial: the body's serial number.
        focal_length: millimetres.
        scene, burst, frame: numbers from 1: of its scene, of its burst, and its own within that.
        look: what the user calls what it looks like.
        people: names of those in it, of the one seen most often in the shoot first.
    """

    taken: datetime | None = None
    is_dated_by_file: bool = False
    shoot: str = ""
    counter: int | None = None
    name: str = ""
    folder: str = ""
    camera: str = ""
    serial: str = ""
    lens: str = ""
    iso: int | None = None
    focal_length: float | None = None
    scene: int | None = None
    burst: int | None = None
    frame: int | None = None
    rating: int = 0
    flag: Flag = Flag.UNFLAGGED
    label: Label = Label.NONE
    look: str = ""
    people: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The last number in its name, as written there."""
        found: list[str] = _DIGITS.findall(self.name)
        return found[-1] if found else ""

    @classmethod
    def of(cls, photo: Photo, decision: Decision | None = None, people: Sequence[str] = ()) -> "PhotoFacts":
        """Return what its files and the user say of a photo; its groups, the shoot and a counter are not among it."""
        decision = decision or Decision(photo.id)
        return cls(
            taken=photo.moment,
            is_dated_by_file=photo.time_source is TimeSource.FILE,
            name=shared_stem(photo.path.name),
            folder=photo.path.parent.name,
            camera=photo.camera_name,
            # A camera that does not say its number is told by its model.
            serial=photo.camera if photo.camera != photo.camera_name else "",
            lens=photo.shot.lens,
            iso=photo.shot.iso,
            focal_length=photo.shot.focal_length,
            rating=decision.stars,
            flag=decision.flag or Flag.UNFLAGGED,
            label=decision.label or Label.NONE,
            look=decision.look or "",
            people=tuple(people),
        )


@dataclass(frozen=True, slots=True)
class KnownOfShoot:
    """What a shoot tells of its photos.

    Attributes:
        decisions: by photo.
        clusters: the groups, in the order of the shoot.
        people: names of those in each photo.
        title: what the user calls the shoot.
    """

    decisions: Mapping[PhotoId, Decision] = field(default_factory=dict)
    clusters: Iterable[Cluster] = ()
    people: Mapping[PhotoId, Sequence[str]] = field(default_factory=dict)
    title: str = ""

    def facts(self, chosen: Iterable[Photo], start: int = 1) -> Iterator[PhotoFacts]:
        """Yield what is known of each photo, in order.

        Args:
            chosen: the photos.
            start: the counter of the first.
        """
        places = _places(self.clusters)
        for counter, photo in zip(count(start), chosen, strict=False):
            known = PhotoFacts.of(photo, self.decisions.get(photo.id), self.people.get(photo.id, ()))
            scene, burst, frame = places.get(photo.id, (None, None, None))
            yield replace(known, shoot=self.title, counter=counter, scene=scene, burst=burst, frame=frame)


def _places(clusters: Iterable[Cluster]) -> dict[PhotoId, tuple[int, int | None, int | None]]:
    """Return the numbers of scene, burst and frame by photo; a frame on its own is in no burst."""
    scenes: dict[str, int] = {}
    bursts = 0
    found: dict[PhotoId, tuple[int, int | None, int | None]] = {}
    for cluster in clusters:
        scene = scenes.setdefault(cluster.scene_id, len(scenes) + 1)
        if cluster.kind is ClusterKind.SINGLE:
            found.update(dict.fromkeys(cluster.photo_ids, (scene, None, None)))
            continue
        bursts += 1
        for frame, photo_id in enumerate(cluster.photo_ids, 1):
            found[photo_id] = scene, bursts, frame
    return found
