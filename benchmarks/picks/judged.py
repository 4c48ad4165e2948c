"""What the program suggests in a folder whose bursts were judged."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from app.bootstrap import Services
from benchmarks.grouping.shoots import analysed
from benchmarks.picks.tally import Outcome
from benchmarks.picks.truth import labelled_bursts
from core.analysis.sharpness import luma
from core.ingest.decoder import decode
from core.learned import Learned
from core.ranking.burst import Burst
from core.ranking.score import rank, score
from core.ranking.terms.sharpness import detail
from core.settings import Weights
from core.shoot.shoot import Shoot
from core.types import Cluster, PhotoId, Sureness


def judge(folder: Path, services: Services, learned: Learned) -> Iterator[Outcome]:
    """Measure and group a folder as the program does, and say what became of each judged burst.

    Args:
        folder: with a table of verdicts.
        services: caches and models.
        learned: weights and thresholds, not fitted on this folder.
    """
    bursts = labelled_bursts(folder)
    if not bursts:
        return
    shoot = analysed(folder, services)
    ids = ids_by_name(shoot, folder)
    names = {photo_id: name for name, photo_id in ids.items()}
    for burst in bursts:
        frames = [ids[name] for name in burst.verdicts if ids.get(name) in shoot.analyses]
        if frames:
            cluster = rank(_shown(frames, shoot), shoot.analyses, Weights(), (), shoot.copies, learned)
            measured = Burst.of([shoot.analyses[frame] for frame in frames], shoot.copies)
            pick = cluster.suggested_pick
            yield Outcome(
                burst,
                names[pick] if pick is not None else None,
                cluster.sureness if pick is not None else Sureness.CLOSE,
                chosen=names[score(measured, Weights(), learned)[0].photo_id],
                sharpest=_sharpest(measured, names),
                laplacian=max(burst.verdicts, key=lambda name: _laplacian(folder / name)),
                has_people=bool(measured.people),
            )


def ids_by_name(shoot: Shoot, folder: Path) -> dict[str, PhotoId]:
    """Return the photos by their paths within the folder, as tables of verdicts name them."""
    return {photo.path.relative_to(folder).as_posix(): photo.id for photo in shoot.photos.values()}


def _shown(frames: list[PhotoId], shoot: Shoot) -> Cluster:
    """Return the group in which the user finds the burst: that with most of its frames, of equals the first."""
    counts = Counter(shoot.cluster_of(frame).id for frame in frames)
    largest = max(counts, key=lambda cluster_id: counts[cluster_id])
    return shoot.clusters[largest]


def _sharpest(measured: Burst, names: dict[PhotoId, str]) -> str:
    compared = detail(measured.frames)
    best = int(np.argmax(compared)) if compared is not None else 0
    return names[measured.frames[best].photo_id]


def _laplacian(path: Path) -> float:
    """Compute the one-line baseline: the variance of the Laplacian of the whole frame."""
    grey = luma(decode(path, orientation=1).rgb)
    return float(cv2.Laplacian(grey, cv2.CV_64F).var())
