"""What a run makes of photos whose files are damaged, though something of them could be measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.errors import PhotoError
from core.ingest.damage import words
from core.ingest.frame import raws_of
from core.types import Analysis, Photo, PhotoId


def told(photos: Sequence[Photo], analyses: Iterable[Analysis]) -> Iterator[tuple[PhotoId, PhotoError]]:
    """Name the damaged ones among the measured photos of a shoot, each with what is wrong with it."""
    damaged = {analysis.photo_id: analysis for analysis in analyses if analysis.damage is not None}
    for photo in photos if damaged else ():
        analysis = damaged.get(photo.id)
        if analysis is not None and analysis.damage is not None:
            yield photo.id, PhotoError(photo.path, words(analysis.damage, analysis.stand_in))


def outdated(photos: Iterable[Photo], kept: Mapping[PhotoId, Analysis]) -> list[PhotoId]:
    """List the damaged photos of which the RAW has gone since they were measured, or has come."""
    damaged = {photo_id: analysis for photo_id, analysis in kept.items() if analysis.damage is not None}
    return [
        photo.id
        for photo in (photos if damaged else ())
        if photo.id in damaged and damaged[photo.id].stand_in != bool(raws_of(photo))
    ]
