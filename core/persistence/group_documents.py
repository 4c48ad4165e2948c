"""The grouping of a whole shoot as one document and back: JSON, with photos by their place in its list of them."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from core.grouping.clocks import Agreement, ClockOffset
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    EyeState,
    Fact,
    FrameScore,
    Grounds,
    GroupedBy,
    PhotoId,
    Reason,
    Scene,
    SceneId,
    Sureness,
    Term,
    TermName,
)

NamedFace = tuple[int | None, EyeState, EyeState, EyeState]
"""Whose face it is, and how its eyes were judged by what is usual of that person: both, right, left."""

_EYES = {state.value: state for state in EyeState}
_KINDS = {kind.value: kind for kind in ClusterKind}
_SURENESS = {sureness.value: sureness for sureness in Sureness}
_FACTS = {fact.value: fact for fact in Fact}
_GROUPED_BY = {by.value: by for by in GroupedBy}
_TERMS = {name.value: name for name in TermName}


@dataclass(frozen=True, slots=True)
class KeptGroups:
    """What was found out of a shoot as a whole.

    Attributes:
        photos: of the shoot, in order.
        clusters: of these photos and no others, ranked.
        copies: each copy of a photo with its original.
        clocks: cameras whose clocks the pictures tell, and of which the user said nothing.
        people: of each photo with faces, in their order; empty where people are not told apart.
    """

    photos: tuple[PhotoId, ...]
    clusters: tuple[Cluster, ...]
    scenes: tuple[Scene, ...]
    copies: tuple[tuple[PhotoId, PhotoId], ...]
    clocks: tuple[ClockOffset, ...]
    people: Mapping[PhotoId, tuple[NamedFace, ...]]


def write_groups(groups: KeptGroups) -> bytes:
    """Write the grouping as a document."""
    place = {photo_id: index for index, photo_id in enumerate(groups.photos)}
    document = {
        "photos": groups.photos,
        "scenes": [[scene.id, _moment(scene.starts_at), _moment(scene.ends_at)] for scene in groups.scenes],
        "clusters": [_write_cluster(cluster, place) for cluster in groups.clusters],
        "copies": [[place[copy], place[original]] for copy, original in groups.copies],
        "clocks": [[clock.camera, clock.reference, *astuple(clock.agreement)] for clock in groups.clocks],
        "people": [[place[photo_id], faces] for photo_id, faces in groups.people.items()],
    }
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), 1)


def read_groups(document: bytes) -> KeptGroups:
    """Read the grouping. Raises one of ``core.persistence.documents.UNREADABLE``."""
    try:
        groups = json.loads(zlib.decompress(document))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    photos = tuple(groups["photos"])
    clusters = tuple([_read_cluster(values, photos) for values in groups["clusters"]])
    members: dict[SceneId, list[ClusterId]] = {}
    for cluster in clusters:
        members.setdefault(cluster.scene_id, []).append(cluster.id)
    return KeptGroups(
        photos,
        clusters,
        tuple(
            Scene(scene_id, tuple(members[scene_id]), _time(starts_at), _time(ends_at))
            for scene_id, starts_at, ends_at in groups["scenes"]
        ),
        tuple((photos[copy], photos[original]) for copy, original in groups["copies"]),
        tuple(
            ClockOffset(camera, reference, Agreement(*agreement))
            for camera, reference, *agreement in groups["clocks"]
        ),
        {
            photos[at]: tuple(
                [(person, _EYES[eyes], _EYES[right], _EYES[left]) for person, eyes, right, left in faces]
            )
            for at, faces in groups["people"]
        },
    )


def _write_cluster(cluster: Cluster, place: Mapping[PhotoId, int]) -> list[Any]:
    return [
        cluster.id,
        cluster.kind,
        [place[photo_id] for photo_id in cluster.photo_ids],
        cluster.scene_id,
        place[cluster.suggested_pick] if cluster.suggested_pick is not None else None,
        cluster.margin,
        cluster.sureness,
        [[reason.fact, reason.count, reason.of] for reason in cluster.reasons],
        [
            [
                place[score.photo_id],
                score.total,
                [[term.name, term.value, term.weight] for term in score.terms],
            ]
            for score in cluster.scores
        ],
        [cluster.grounds.by, cluster.grounds.seconds, cluster.grounds.similarity]
        if cluster.grounds
        else None,
    ]


def _read_cluster(values: list[Any], photos: Sequence[PhotoId]) -> Cluster:
    name, kind, places, scene, pick, margin, sureness, reasons, scores, grounds = values
    return Cluster(
        ClusterId(name),
        _KINDS[kind],
        tuple([photos[at] for at in places]),
        SceneId(scene),
        photos[pick] if pick is not None else None,
        margin,
        _SURENESS[sureness],
        tuple([Reason(_FACTS[fact], count, of) for fact, count, of in reasons]),
        tuple(
            [
                FrameScore(
                    photos[at],
                    total,
                    tuple([Term(_TERMS[name], value, weight) for name, value, weight in terms]),
                )
                for at, total, terms in scores
            ]
        ),
        Grounds(_GROUPED_BY[grounds[0]], *grounds[1:]) if grounds is not None else None,
    )


def _moment(time: datetime | None) -> str | None:
    return time.isoformat() if time is not None else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None
