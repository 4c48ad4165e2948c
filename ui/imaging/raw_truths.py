"""What RAWs themselves hold, found in a thread of its own for those that are looked at."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QImage

from core.errors import PhotoError
from core.ingest.raw_truth import ALL_CHANNELS, RawTruth
from core.language import tr
from core.types import PhotoId
from ui.imaging.answers import Answers
from ui.imaging.overlays import blown_in, coloured
from ui.imaging.workers import RightOfWay

LOST, PARTLY, RECOVERABLE = QColor(225, 60, 50), QColor(255, 200, 0), QColor(60, 200, 90)

_LOG = logging.getLogger(__name__)
_KEPT = 30  # each a map of 1.5 MB at most
_SAME = 0.02  # relative: pictures of one shape


@dataclass(frozen=True, slots=True, eq=False)
class ToldByRaw:
    """What came of asking.

    Attributes:
        truth: None where there is no RAW, or it cannot be read.
        words: why there is nothing; "" where there is.
    """

    truth: RawTruth | None
    words: str = ""


class RawTruths(Answers[PhotoId, ToldByRaw]):
    """Measures the RAWs of photos that are asked for.

    Args:
        measure: gives a photo's; None where it has no RAW. Raises PhotoError.
        parent: of the object.
        way: as in ``Answers``.
    """

    def __init__(
        self,
        measure: Callable[[PhotoId], RawTruth | None],
        parent: QObject | None = None,
        way: RightOfWay | None = None,
    ) -> None:
        super().__init__("RAWs", _KEPT, ToldByRaw(None), parent, way)
        self._measure = measure

    def want(self, photo_ids: Sequence[PhotoId]) -> None:
        """Ask for photos, most wanted first; what was asked for before is called off."""
        self._workers.want(tuple(dict.fromkeys(each for each in photo_ids if each not in self._known)))

    def of(self, photo_id: PhotoId) -> ToldByRaw | None:
        """Return what a photo's RAW holds; None as long as that is not known. Never waits."""
        return self._latest(photo_id)

    def _find(self, photo_id: PhotoId) -> ToldByRaw:
        try:
            truth = self._measure(photo_id)
        except PhotoError as error:
            _LOG.info("No RAW measured: %s", error)
            return ToldByRaw(None, str(error.sentence))
        return ToldByRaw(truth, "" if truth is not None else tr("There is no RAW of this photo"))

    def _about(self, photo_id: PhotoId) -> str:
        return photo_id


def raw_clipping(picture: QImage, where: QRectF, target: QRectF, truth: RawTruth) -> QImage:
    """Paint what the RAW has lost in all channels, what in some, and what only looks blown; transparent elsewhere.

    Args:
        picture: the seen part of the photo, RGB32.
        where: where it lies in the view.
        target: where the whole photo lies there.
        truth: of its RAW.
    """
    blown = _as_shown(truth.blown, target.width() / target.height())
    rows = _places(picture.height(), where.top(), where.height(), target.top(), target.height(), len(blown))
    columns = _places(
        picture.width(), where.left(), where.width(), target.left(), target.width(), blown.shape[1]
    )
    seen = blown[rows[:, None], columns[None]]
    lost = seen == ALL_CHANNELS
    return coloured(
        (blown_in(picture) & (seen == 0), RECOVERABLE), ((seen != 0) & ~lost, PARTLY), (lost, LOST)
    )


def _as_shown(blown: NDArray[np.uint8], aspect: float) -> NDArray[np.uint8]:
    """Return the part of the map that the picture shows: cameras cut other shapes out of the middle."""
    rows, columns = blown.shape
    if aspect > columns / rows * (1 + _SAME):
        kept = max(1, round(columns / aspect))
        start = (rows - kept) // 2
        return blown[start : start + kept]
    if aspect < columns / rows * (1 - _SAME):
        kept = max(1, round(rows * aspect))
        start = (columns - kept) // 2
        return blown[:, start : start + kept]
    return blown


def _places(count: int, start: float, length: float, of: float, whole: float, cells: int) -> NDArray[np.intp]:
    """Return the cell of the map for each row or column of the picture."""
    share = (start + (np.arange(count) + 0.5) * length / max(1, count) - of) / whole
    return np.clip((share * cells).astype(np.intp), 0, cells - 1)
