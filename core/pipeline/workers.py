"""The work on one photo: one decode, and everything that is ever asked of the pixels."""

from dataclasses import dataclass
from functools import lru_cache

from core.analysis import exposure, sharpness
from core.analysis.faces import find_faces
from core.analysis.fingerprint import perceptual_hash
from core.ingest.decoder import decode, encode_jpeg, reduce, to_srgb
from core.protocols import Models, ModelsFactory
from core.types import Analysis, Embedding, Photo

MEASURES_VERSION = 1
"""Raised whenever the measures below change, so that kept ones are computed again."""

_WORKING_SIDE = 1280  # pixels: faces from about 3 % of the width are found at this size
_THUMBNAIL_SIDE = 512  # pixels: a large grid cell on a 200 % screen, a placeholder for the loupe
_THUMBNAIL_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Measured:
    """What comes back from a worker.

    Attributes:
        thumbnail: upright sRGB JPEG.
    """

    analysis: Analysis
    thumbnail: bytes


def measure_photo(photo: Photo, factory: ModelsFactory) -> Measured:
    """Decodes a photo once and measures it. Runs in a worker process.

    Raises:
        PhotoError: the file cannot be used.
        ModelError: the models cannot.
    """
    models = _load(factory)
    decoded = decode(photo.path, photo.orientation)
    working = to_srgb(reduce(decoded.rgb, _WORKING_SIDE), decoded.icc)
    tiles = sharpness.SharpnessMap(sharpness.luma(decoded.rgb))
    faces = find_faces(decoded.rgb, working, tiles, models.face_detector, models.face_landmarker)
    analysis = Analysis(
        photo_id=photo.id,
        width=decoded.width,
        height=decoded.height,
        sharpness=sharpness.measure(tiles),
        exposure=exposure.measure(sharpness.luma(working)),
        faces=faces,
        embedding=Embedding(models.embedder.embed(working), models.embedder.sha256),
        phash=perceptual_hash(working),
    )
    return Measured(analysis, encode_jpeg(reduce(working, _THUMBNAIL_SIDE), _THUMBNAIL_QUALITY))


@lru_cache(maxsize=1)
def _load(factory: ModelsFactory) -> Models:
    """The models of this process, loaded at its first photo."""
    return factory()
