"""How many pictures that are there twice are found, and how many frames of a burst are taken for such."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bootstrap import Services
from benchmarks.library.made import AT_ONCE, WAYS, make
from core.cancelling import never
from core.library.duplicates import Duplicate, duplicates_in
from core.library.library import ShootLibrary
from core.library.same_picture import Glimpse, same_picture
from core.persistence.library_rows import KnownFrame
from core.pipeline.runner import made_by, run
from core.settings import Settings
from core.shoot.shoot import Shoot
from core.types import TimeSource

_BURST = 3.0  # seconds
_AHEAD = 3  # frames


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        made: pairs, by what was made.
        found: those whose two files are in one set.
        neighbours: pairs of frames taken within three seconds in one folder.
        taken: those that are in one set.
        taken_blindly: those that would be, by their pixels alone.
        taken_undated: those that would be, had their files no dates.
        parts: made and found of the folders that the bounds were chosen on, and of the others.
        mixed: sets that hold frames of two presses of the shutter.
    """

    made: Counter[str]
    found: Counter[str]
    neighbours: int
    taken: int
    taken_blindly: int
    taken_undated: int
    parts: tuple[tuple[int, int], tuple[int, int]]
    mixed: int


def find_pairs(folders: Sequence[Path], photos: int, services: Services, made_in: Path) -> Found:
    """Make second pictures of so many photos of some folders, and look for them in a library of all.

    Args:
        folders: of photos.
        photos: how many.
        services: keep what was measured.
        made_in: where the second pictures are made; those that are there already are used.
    """
    settings = Settings()
    with TemporaryDirectory() as place:
        library = ShootLibrary(Path(place) / "library.sqlite")
        library.turn_on()
        parts = replace(services.dependencies(settings, regroups=False), library=library)
        found = Shoot()
        for folder in folders:
            shoot = Shoot()
            run([folder], settings, parts, never, shoot.apply)
            found.photos.update(shoot.photos)
        jpegs = sorted(
            each.path for each in found.photos.values() if each.path.suffix.lower() in (".jpg", ".jpeg")
        )
        origin = _second_pictures(jpegs[:: max(1, len(jpegs) // photos)][:photos], made_in)
        run([made_in], settings, parts, never, Shoot().apply)
        made = made_by(parts.models)
        store = library.file
        sets = duplicates_in(store, services.measures, services.thumbnails, made)
        frames = list(store.all_frames())

        def glimpse(frame: KnownFrame) -> Glimpse | None:
            layout, small = services.measures.layout(frame.photo, made), services.thumbnails.get(frame.photo)
            return (
                None if layout is None or small is None else Glimpse(layout, frame.width, frame.height, small)
            )

        blindly = undated = 0
        neighbours = list(_neighbours(frames))
        for one, other in neighbours:
            first, second = glimpse(one), glimpse(other)
            same = same_picture(first, second) if first is not None and second is not None else None
            blindly += same is not None
            undated += same is not None and same.as_whole
        library.close()
    return _counted(sets, origin, folders, neighbours, blindly=blindly, undated=undated)


def _second_pictures(photos: Sequence[Path], made_in: Path) -> dict[Path, tuple[Path, str]]:
    """Make a second picture of each photo in every way; return of which photo each is, and in which way."""
    origin: dict[Path, tuple[Path, str]] = {}
    made_in.mkdir(parents=True, exist_ok=True)
    for number, photo in enumerate(photos):
        for kind, way in enumerate(WAYS):
            # Two crops of one size beside each other may be two frames of a burst, for all that is known of them.
            folder = made_in / way if way in AT_ONCE else made_in
            folder.mkdir(exist_ok=True)
            path = folder / f"{number:04}-{kind}.jpg"
            if not path.exists():
                make(photo, way, path)
            origin[path] = photo, way
    return origin


def _counted(
    sets: Sequence[Sequence[Duplicate]],
    origin: Mapping[Path, tuple[Path, str]],
    folders: Sequence[Path],
    neighbours: Sequence[tuple[KnownFrame, KnownFrame]],
    *,
    blindly: int,
    undated: int,
) -> Found:
    """Count which second pictures, and which frames of a burst, are in one set.

    Args:
        sets: as they were found.
        origin: of each second picture, its photo and the way it was made.
        folders: of photos; every other one was there when the bounds were chosen.
        neighbours: pairs of frames of a burst.
        blindly: ``Found.taken_blindly``.
        undated: ``Found.taken_undated``.
    """
    home = {each.frame.photo.path: number for number, members in enumerate(sets) for each in members}
    hit = [each for each, (photo, _) in origin.items() if each in home and home[each] == home.get(photo)]
    hits = Counter(origin[each][1] for each in hit)
    chosen_on = set(sorted(folders)[::2])
    here = {each for each, (photo, _) in origin.items() if not chosen_on.isdisjoint(photo.parents)}
    within = len(here.intersection(hit))
    halves = (len(here), within), (len(origin) - len(here), len(hit) - within)
    taken = sum(
        one.photo.path in home and home[one.photo.path] == home.get(other.photo.path)
        for one, other in neighbours
    )
    photos = {photo for photo, _ in origin.values()}
    mixed = sum(
        len(
            {origin.get(path, (path, ""))[0] for path in (each.frame.photo.path for each in members)} & photos
        )
        > 1
        for members in sets
    )
    ways = Counter(way for _, way in origin.values())
    return Found(ways, hits, len(neighbours), taken, blindly, undated, halves, mixed)


def _neighbours(frames: Sequence[KnownFrame]) -> Iterator[tuple[KnownFrame, KnownFrame]]:
    dated = [each for each in frames if each.photo.time_source is TimeSource.EXIF and each.photo.taken_at]
    dated.sort(key=lambda each: (str(each.photo.path.parent), str(each.photo.taken_at), each.photo.path.name))
    for at, one in enumerate(dated):
        for other in dated[at + 1 : at + 1 + _AHEAD]:
            if other.photo.path.parent != one.photo.path.parent:
                break
            if _seconds(other) - _seconds(one) <= _BURST:
                yield one, other


def _seconds(frame: KnownFrame) -> float:
    """Return when a frame was taken, by the camera's clock."""
    return frame.photo.taken_at.replace(tzinfo=UTC).timestamp() if frame.photo.taken_at else 0.0
