"""Drawing a random sample of rejects that spreads over sureness, scenes and bursts, and in which all are as likely.

The rejects are put in order: by sureness, then scene, then burst. Along that order two neighbours at a time are drawn
against each other, and the winner takes the chances of both, up to one (the ordered pivotal method of Deville and
Tillé, 1998). So each stretch of the order, whether all clear ones or one scene's, gives its share to the sample,
within two frames. It costs the proof nothing: see ``core.review.audit.bound``.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from core.types import Audit, Cluster, Decision, Flag, PhotoId, SceneId, Sureness

Stratum = tuple[Sureness, SceneId]
"""What rejects of one kind have in common: how sure the program was, and where they were taken."""

Chance = Callable[[int, int], bool]
"""Whether something happens whose chance is the first number out of the second."""

_ORDER = list(Sureness)


def stratum_of(cluster: Cluster) -> Stratum:
    """Return the stratum of a burst's rejects."""
    return cluster.sureness, cluster.scene_id


def rejects(clusters: Iterable[Cluster], decisions: Mapping[PhotoId, Decision]) -> tuple[PhotoId, ...]:
    """Return what the program alone rejected: by suggestions that were accepted, or that a command would export.

    What the user rejected by hand, or another program, is not in it.

    Args:
        clusters: of the shoot, scene by scene in order of time.
        decisions: by photo.

    Returns:
        In the order that a sample spreads over: by sureness, scene, burst and capture.
    """
    ordered = sorted(clusters, key=lambda cluster: _ORDER.index(cluster.sureness))
    return tuple(
        photo_id
        for cluster in ordered
        for photo_id in cluster.photo_ids
        if photo_id in decisions and is_programs_reject(decisions[photo_id])
    )


def is_programs_reject(decision: Decision) -> bool:
    """Say whether the program alone rejected a photo."""
    return decision.flag is Flag.REJECT and decision.is_programs


def draw(population: Sequence[PhotoId], size: int, seed: int) -> Audit:
    """Draw a sample; the same one of the same rejects by the same seed.

    Args:
        population: of ``rejects``.
        size: how many to draw, 0 and more; all are drawn where there are fewer.
        seed: any number.
    """
    chances = random.Random(seed)
    places = pivotal(len(population), min(size, len(population)), lambda so, of: chances.randrange(of) < so)
    # In random order, a user who stops early has still seen a random sample, only a smaller one.
    mixed = sorted((chances.random(), place) for place in places)
    drawn = tuple(population[place] for _, place in mixed)
    return Audit(seed, tuple(population), drawn, datetime.now(UTC))


def pivotal(count: int, size: int, happens: Chance) -> list[int]:
    """Return the places of a sample of ``size`` out of ``count``, ascending; each has the chance size / count.

    Chances are counted in parts of ``count``, so that nothing is lost by rounding.
    """
    if not size:
        return []
    chosen: list[int] = []
    holder, held = 0, 0  # a place and its chance
    for place in range(count):
        together = held + size
        if together < count:
            if not happens(held, together):
                holder = place
            held = together
        else:
            held = together - count
            if happens(count - size, count - held):
                chosen.append(holder)
                holder = place
            else:
                chosen.append(place)
    return sorted(chosen)
