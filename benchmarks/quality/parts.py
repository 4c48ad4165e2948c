"""Milliseconds a photo spends in each part of its analysis, in one process and on one thread."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from core.analysis import exposure, sharpness
from core.analysis.blur import Edges
from core.analysis.face_search import detect
from core.analysis.faces import find_faces
from core.ingest.decoder import decode
from core.ingest.pixels import to_srgb
from core.ingest.thumbnail import small_copy
from core.scaling import Pyramid
from models.local import LocalModels

Result = TypeVar("Result")


def milliseconds(photos: Sequence[Path]) -> dict[str, float]:
    """Return the mean over some photos, by part; reading faces includes telling people apart."""
    models, nobody = LocalModels()(), LocalModels(identity=False)()
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(part: str, work: Callable[[], Result]) -> Result:
        start = time.perf_counter()
        result = work()
        spent[part] += time.perf_counter() - start
        return result

    for path in photos:
        decoded = timed("decode", lambda: decode(path))  # noqa: B023
        rgb, icc = decoded.rgb, decoded.icc
        frame = Pyramid(rgb)
        working = timed("reduce", lambda: to_srgb(frame.reduced(1280), icc))  # noqa: B023
        tiles = timed("sharpness", lambda: sharpness.SharpnessMap(frame))  # noqa: B023
        timed("subject", tiles.subject)
        timed("in focus", lambda: Edges(sharpness.luma(working)).chance_of_focus())  # noqa: B023
        small = small_copy(working)
        timed("exposure", lambda: exposure.measure(small, sharpness.luma(small)))  # noqa: B023
        timed("find faces", lambda: detect(rgb, working, models.face_detector))  # noqa: B023
        timed("find and read faces", lambda: find_faces(rgb, working, tiles, nobody))  # noqa: B023
        timed("find, read and sign", lambda: find_faces(rgb, working, tiles, models))  # noqa: B023
        timed("embedding", lambda: models.embedder.embed(small))  # noqa: B023
    return {part: 1000 * seconds / max(1, len(photos)) for part, seconds in spent.items()}
