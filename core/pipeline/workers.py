"""The work on one photo: one decode, and everything that is ever asked of the pixels."""

from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import as_file, files

import simplejpeg

from core.analysis import exposure, layout, sharpness
from core.analysis.blur import Edges
from core.analysis.faces import find_faces, main_subject
from core.analysis.fingerprint import perceptual_hash
from core.ingest.decoder import decode
from core.ingest.frame import decode_frame
from core.ingest.pixels import to_srgb
from core.ingest.thumbnail import small_copy, thumbnail
from core.protocols import Embedder, Models, ModelsFactory
from core.scaling import Pyramid, reduce
from core.types import Analysis, Embedding, Photo, PhotoId, Sharpness

MEASURES_VERSION = 21
"""Raised whenever the measures below change, so that kept ones are computed again."""

EMBEDDING_VERSION = 3
"""Raised whenever the picture that the embedder is given changes, so that kept embeddings are made again; 3 leaves
those that were made before weights were checked."""

_WORKING_SIDE = 1280  # pixels: faces from about 3 % of the width are found at this size


@dataclass(frozen=True, slots=True)
class Measured:
    """What comes back from a worker.

    Attributes:
        thumbnail: upright sRGB JPEG; None where the kept one was enough.
    """

    analysis: Analysis
    thumbnail: bytes | None


def measure_photo(photo: Photo, factory: ModelsFactory) -> Measured:
    """Decode a photo once and measure it. Runs in a worker process.

    Raises:
        PhotoError: the file cannot be used.
        ModelError: the models cannot.
    """
    models = _load(factory)
    decoded = decode_frame(photo, decode)
    frame = Pyramid(decoded.rgb)
    working = to_srgb(frame.reduced(_WORKING_SIDE), decoded.icc)
    tiles = sharpness.SharpnessMap(frame)
    small = small_copy(working)
    kept = thumbnail(small)
    faces = find_faces(decoded.rgb, working, tiles, models)
    subject = tiles.subject()
    edges = Edges(sharpness.luma(working))
    analysis = Analysis(
        photo_id=photo.id,
        width=decoded.width,
        height=decoded.height,
        sharpness=Sharpness(tiles.frame(), edges.chance_of_focus(), subject, edges.detail()),
        exposure=exposure.measure(small, sharpness.luma(small), main_subject(faces, subject)),
        faces=faces,
        embedding=_embed(kept, models.embedder),
        phash=perceptual_hash(small),
        layout=layout.measure(small, tiles),
        compression=decoded.compression,
        damage=decoded.damage,
        stand_in=decoded.stand_in,
    )
    return Measured(analysis, kept)


def make_ready(factory: ModelsFactory) -> None:
    """Load the models that every photo needs and measure a picture of ours, so that photos find all in order.

    What fails here is the fault of this computer, and of no photo. Runs in a worker process before its first photo.

    Raises:
        ModelError: the models cannot be used.
    """
    with as_file(files("resources") / "icons" / "shortlist.png") as path:
        measure_photo(Photo(PhotoId(""), path), factory)


def embed_photo(photo: Photo, measured: Analysis, kept: bytes | None, factory: ModelsFactory) -> Measured:
    """Add the embedding to a photo that was measured before, when another embedder was in use.

    Args:
        photo: which one.
        measured: its measures, with any embedding.
        kept: its thumbnail, None where none is kept.
        factory: of the models, with the embedder that is in use now.

    Raises:
        PhotoError: the file cannot be used.
        ModelError: the models cannot.
    """
    made = None
    if kept is None:
        decoded = decode_frame(photo, decode)
        working = to_srgb(reduce(decoded.rgb, _WORKING_SIDE), decoded.icc)
        kept = made = thumbnail(working)
    analysis = replace(measured, embedding=_embed(kept, _load(factory).embedder))
    return Measured(analysis, made)


def _embed(thumbnail: bytes, embedder: Embedder) -> Embedding:
    """Embed the thumbnail as it is kept: whether now or after a change of embedder, the vector is the same."""
    return Embedding(embedder.embed(simplejpeg.decode_jpeg(thumbnail)), embedder.sha256)


@lru_cache(maxsize=1)
def _load(factory: ModelsFactory) -> Models:
    """Load the models of this process, at its first photo."""
    return factory()
