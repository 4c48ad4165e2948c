"""From photos to clusters and scenes: the one entry to grouping."""

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from core.cancelling import go_on
from core.grouping.brackets import BracketKind, bracket_kind, cut_out_brackets, find_panoramas
from core.grouping.bursts import find_bursts
from core.grouping.clocks import ClockOffset, find_clock_offsets
from core.grouping.copies import find_copies, may_hold_copies
from core.grouping.evidence import Alignments, Evidence
from core.grouping.grounds import grounds_of, users_grounds
from core.grouping.moments import moments
from core.grouping.scenes import SceneTree
from core.grouping.several_cameras import same_moments
from core.grouping.time_gaps import by_camera, clock_of, span_of
from core.grouping.users_groups import said_kind
from core.grouping.versions import find_versions, preferring_frames
from core.grouping.words import apart, versions_of_one_frame
from core.settings import GroupingRules
from core.types import (
    Analysis,
    ClockSettings,
    Cluster,
    ClusterId,
    ClusterKind,
    Photo,
    PhotoId,
    Scene,
    SceneId,
)

# Of the tree of scenes: tight bursts, but not each frame on its own.
_LEAVES = GroupingRules(burst_looseness=0.1)

_FAR = timedelta(hours=1)  # from a film to a frame of whose scene it is not

NOWHERE: Mapping[PhotoId, str] = {}
"""No frame was put anywhere by the user."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Every photo in exactly one cluster, every cluster in exactly one scene; both in order of time."""

    clusters: tuple[Cluster, ...]
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Frames that are one group, with all that does not depend on the other groups."""

    photos: tuple[Photo, ...]
    cluster: Cluster


def group(photos: Sequence[Photo], analyses: Mapping[PhotoId, Analysis], rules: GroupingRules) -> Grouping:
    """Group a shoot, as far as it is analysed; frames that are not are grouped by time alone.

    Args:
        photos: in order of capture.
        analyses: measures, as many as there are.
        rules: how tight.
    """
    return Grouper(photos, analyses, Alignments()).group(rules)


class Grouper:
    """Groups one shoot again and again, as the rules change: what was compared once is remembered.

    Scenes are sought over the tightest bursts, so that one tree serves all sensitivities; a looser burst
    belongs to the scene of its first frame.

    Args:
        photos: in order of capture.
        analyses: measures, as many as there are.
        alignments: frames already laid over each other; those of this shoot are added.
    """

    def __init__(
        self, photos: Sequence[Photo], analyses: Mapping[PhotoId, Analysis], alignments: Alignments
    ) -> None:
        analyses = dict(analyses)  # those of this run: one that continues adds to its own
        self._evidence = Evidence(analyses, [photo.id for photo in photos], alignments)
        self._photos = tuple(photos)
        self._analyses = analyses
        self._alignments = alignments
        self._place = {photo.id: index for index, photo in enumerate(photos)}
        self._known: dict[tuple[PhotoId, ...], list[_Group]] = {}
        self._copies_among: dict[tuple[PhotoId, ...], dict[PhotoId, PhotoId]] = {}
        self._shares_clock = any(photo.clock_shift is not None for photo in photos)
        self._panoramas: list[_Group] = []
        self._sequences: list[list[Photo]] = []
        self._films = frozenset(photo.id for photo in photos if photo.is_film)
        self._versions = find_versions([photo for photo in photos if not photo.is_film])
        apart = self._films | self._versions.keys()
        self._alone = [self._as_group([photo], None) for photo in photos if photo.id in apart]
        for sequence in by_camera([photo for photo in photos if photo.id not in apart]):
            runs = find_panoramas(sequence, self._evidence)
            self._panoramas += [self._as_group(run, BracketKind.PANORAMA) for run in runs]
            taken = {photo.id for run in runs for photo in run}
            self._sequences.append([photo for photo in sequence if photo.id not in taken])
        tight = self._groups(_LEAVES)
        self._tight_of = {photo.id: index for index, each in enumerate(tight) for photo in each.photos}
        by_clock: dict[Hashable, list[int]] = {}
        for row, each in enumerate(tight):
            if not self._is_film(each):
                by_clock.setdefault(clock_of(each.photos[0]), []).append(row)
        self._put_films_into_scenes(tight, by_clock)
        self._trees = [(rows, self._scene_tree([tight[row] for row in rows])) for rows in by_clock.values()]

    def _is_film(self, group: _Group) -> bool:
        return group.photos[0].id in self._films

    def _put_films_into_scenes(self, tight: Sequence[_Group], by_clock: dict[Hashable, list[int]]) -> None:
        """Let each film be in the scene of the frame next to it in time; one far from all is a scene of its own."""
        stills = [row for row, each in enumerate(tight) if not self._is_film(each)]
        for row, each in enumerate(tight):
            if self._is_film(each):
                film = each.photos[0]
                at = bisect_left(stills, row)
                near = [
                    (_apart(film, tight[still].photos), still) for still in stills[max(0, at - 1) : at + 1]
                ]
                apart, still = min(near, default=(_FAR, row))
                if apart < _FAR:
                    self._tight_of[film.id] = still
                else:
                    by_clock[film.id] = [row]

    def group(self, rules: GroupingRules, placed: Mapping[PhotoId, str] = NOWHERE) -> Grouping:
        """Group the shoot under these rules.

        Args:
            rules: how tight.
            placed: the groups the user made, by name as in ``core.grouping.users_groups``: frames of one name are
                one group, whatever the rules.
        """
        placed = {photo_id: name for photo_id, name in placed.items() if photo_id not in self._films}
        scene_of = {
            rows[tight]: (clock, number)
            for clock, (rows, tree) in enumerate(self._trees)
            for number, scene in enumerate(tree.cut(rules))
            for tight in scene
        }
        members: dict[tuple[int, int], list[_Group]] = {}
        for each in self._around(self._groups(rules), placed) if placed else self._groups(rules):
            members.setdefault(scene_of[self._tight_of[each.photos[0].id]], []).append(each)
        clusters: list[Cluster] = []
        scenes: list[Scene] = []
        for groups in members.values():
            scene_id = SceneId(f"scene-{groups[0].photos[0].id}")
            own = [replace(each.cluster, scene_id=scene_id) for each in groups]
            starts_at, ends_at = span_of(photo for each in groups for photo in each.photos)
            cluster_ids = tuple(cluster.id for cluster in own)
            scenes.append(Scene(scene_id, cluster_ids, starts_at, ends_at))
            clusters += own
        return Grouping(tuple(clusters), tuple(scenes))

    def prepare(self) -> None:
        """Compare beforehand what a slider may ask for, so that the first move of it is as quick as the rest."""
        for looseness in (0.0, 0.25, 0.5, 0.75, 1.0):
            self._groups(GroupingRules(burst_looseness=looseness))

    def copies(self) -> dict[PhotoId, PhotoId]:
        """Return each copy of a photo with its original; see ``core.grouping.copies``."""
        found = find_copies(self._photos, self._analyses, self._evidence.likeness, self._alignments)
        return preferring_frames(found, self._versions)

    def copies_among(self, photo_ids: Sequence[PhotoId]) -> dict[PhotoId, PhotoId]:
        """Return the same for the photos of one group, as if nothing else of the shoot were there."""
        key = tuple(photo_ids)
        if key not in self._copies_among:
            photos = [self._photos[self._place[photo_id]] for photo_id in photo_ids]
            self._copies_among[key] = (
                find_copies(photos, self._analyses, self._evidence.likeness, self._alignments)
                if may_hold_copies(photos)
                else {}
            )
        return self._copies_among[key]

    def clock_offsets(self, settled: ClockSettings) -> tuple[ClockOffset, ...]:
        """Find how far the clocks of several cameras are apart, of which the user has said nothing yet."""
        if {photo.camera for photo in self._photos if photo.camera} <= settled.keys():
            return ()
        found = find_clock_offsets(self._photos, self._analyses, self._evidence.likeness, self._alignments)
        return tuple(offset for offset in found if offset.camera not in settled)

    def why_apart(self, one: PhotoId, other: PhotoId) -> str:
        """Say what keeps two photos of different groups apart, fit to show."""
        if self._versions.get(one, one) == self._versions.get(other, other):
            return versions_of_one_frame()
        photos = (self._photos[self._place[one]], self._photos[self._place[other]])
        return apart(*photos, self._evidence)

    def _groups(self, rules: GroupingRules) -> list[_Group]:
        """Return all groups, in order of their first frame."""
        groups = [*self._panoramas, *self._alone]
        for sequence in self._sequences:
            for burst in find_bursts(sequence, self._evidence, rules):
                key = tuple(photo.id for photo in burst.photos)
                known = self._known.get(key)
                if known is None:
                    go_on()
                    known = [
                        self._as_group(part, bracket_kind(part, self._evidence))
                        for part in cut_out_brackets(burst.photos, self._evidence)
                    ]
                    self._known[key] = known
                groups += [moment for each in known for moment in self._moments_of(each, rules)]
        return self._joined(self._in_order(groups), rules) if self._shares_clock else self._in_order(groups)

    def _moments_of(self, group: _Group, rules: GroupingRules) -> list[_Group]:
        """Return a group as one or more: a burst that runs on is one for each moment."""
        if group.cluster.kind is ClusterKind.BRACKET:
            return [group]
        parts = moments(group.photos, self._evidence, rules)
        if len(parts) == 1:
            return [group]
        found = []
        for part in parts:
            key = tuple(photo.id for photo in part)
            if key not in self._known:
                self._known[key] = [self._as_group(part, bracket_kind(part, self._evidence))]
            found += self._known[key]
        return found

    def _joined(self, groups: list[_Group], rules: GroupingRules) -> list[_Group]:
        """Return the same groups, with bursts of several cameras in one where they are one moment."""
        bursts = [
            each
            for each in groups
            if each.cluster.kind is not ClusterKind.BRACKET
            and each.photos[0].id not in self._versions
            and not self._is_film(each)
        ]
        moments = same_moments([each.photos for each in bursts], self._evidence, rules)
        gone = {bursts[index].cluster.id for members in moments for index in members}
        left = [each for each in groups if each.cluster.id not in gone]
        for members in moments:
            photos = [photo for index in members for photo in bursts[index].photos]
            photos.sort(key=lambda photo: self._place[photo.id])
            key = tuple(photo.id for photo in photos)
            if key not in self._known:
                self._known[key] = [self._as_group(photos, None)]
            left += self._known[key]
        return self._in_order(left)

    def _in_order(self, groups: Sequence[_Group]) -> list[_Group]:
        return sorted(groups, key=lambda each: self._place[each.photos[0].id])

    def _around(self, groups: Sequence[_Group], placed: Mapping[PhotoId, str]) -> list[_Group]:
        """Return the user's groups, and what is left of the others."""
        users: dict[str, list[Photo]] = {}
        left: list[_Group] = []
        for each in groups:
            free = [photo for photo in each.photos if photo.id not in placed]
            for photo in each.photos:
                if photo.id in placed:
                    users.setdefault(placed[photo.id], []).append(photo)
            if len(free) == len(each.photos):
                left.append(each)
            elif free:
                left.append(self._as_group(free, bracket_kind(free, self._evidence)))
        for name, photos in users.items():
            photos.sort(key=lambda photo: self._place[photo.id])
            said = said_kind(name)
            own = self._as_group(photos, bracket_kind(photos, self._evidence) if said is None else None)
            kind = own.cluster.kind if said is None or len(photos) < 2 else said
            grounds = users_grounds(len(photos), said)
            left.append(replace(own, cluster=replace(own.cluster, kind=kind, grounds=grounds)))
        return self._in_order(left)

    def _as_group(self, photos: Sequence[Photo], bracket: BracketKind | None) -> _Group:
        kind = ClusterKind.BURST if len(photos) > 1 else ClusterKind.SINGLE
        cluster = Cluster(
            id=ClusterId(f"cluster-{photos[0].id}"),
            kind=ClusterKind.BRACKET if bracket else kind,
            photo_ids=tuple(photo.id for photo in photos),
            scene_id=SceneId(""),
            grounds=grounds_of(photos, bracket, self._evidence),
        )
        return _Group(tuple(photos), cluster)

    def _scene_tree(self, groups: Sequence[_Group]) -> SceneTree:
        """Build the tree over bursts of one clock, in order."""

        def looks(part: slice) -> NDArray[np.float32]:
            return np.stack([self._look(each.photos) for each in groups[part]])

        return SceneTree(looks, _minutes(groups))

    def _look(self, photos: Sequence[Photo]) -> NDArray[np.float32]:
        """Return the mean unit vector of frames; zeros where none is analysed."""
        likeness = self._evidence.likeness
        known = [v for photo in photos if (v := likeness.vector(photo.id)) is not None]
        if not known:
            return np.zeros(likeness.width, np.float32)
        return np.asarray(np.mean(known, axis=0), np.float32)


def _apart(film: Photo, frames: Sequence[Photo]) -> timedelta:
    """Return how far a film is from the nearest of some frames in time; ``_FAR`` where that is not known."""
    times = [frame.instant for frame in frames if frame.instant is not None]
    return (
        min((abs(time - film.instant) for time in times), default=_FAR) if film.instant is not None else _FAR
    )


def _minutes(groups: Sequence[_Group]) -> NDArray[np.float64]:
    """Return the time of each group in minutes since the first; one without a time stands where its neighbour does."""
    first: datetime | None = None
    minutes = np.zeros(len(groups))
    for index, each in enumerate(groups):
        time = each.photos[0].instant
        if time is not None:
            first = first or time
            minutes[index] = (time - first).total_seconds() / 60
        elif index:
            minutes[index] = minutes[index - 1]
    return minutes
