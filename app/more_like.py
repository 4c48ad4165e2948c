"""Which photos show something like a piece of one of them."""

from app.bootstrap import Services, local_models
from app.run_settings import run_settings
from app.things import made_by_ours, piece_models, pieces_of
from core.analysis.pieces import cut_out
from core.cancelling import Cancelled
from core.errors import PhotoError
from core.ingest.decoder import decode
from core.ingest.frame import decode_frame
from core.ingest.pixels import to_srgb
from core.pipeline.look_finder import vectors_of
from core.pipeline.piece_finder import NearPiece, nearest
from core.pipeline.runner import made_by
from core.pipeline.thumbnail_work import Told, thumbnail_of
from core.protocols import RgbImage
from core.scaling import reduce
from core.shoot.shoot import Shoot
from core.types import Box, Photo, PhotoId
from models.catalogue import DEFAULT_EMBEDDER

_SIDE = 2048  # pixels: a tenth of the frame is nearly as large as the embedder wants it


def more_like(
    photo_id: PhotoId, box: Box, shoot: Shoot, services: Services, cancelled: Cancelled, tell: Told
) -> list[NearPiece]:
    """Return the other measured photos by how near one of their pieces is to a box of a photo, nearest first.

    Args:
        photo_id: one of the shoot.
        box: what of it is asked for.
        shoot: photos and analyses; nothing in it may change meanwhile.
        services: keep the pieces; those that are missing are made, some 70 ms of processor time a photo.
        cancelled: ends it early, with what is known by then.
        tell: told how many photos of how many were taken to pieces.

    Raises:
        ModelError: the models cannot be used.
        PhotoError: the photo cannot be read, nor is its thumbnail kept.
    """
    vector = piece_models().embedder.embed(cut_out(_picture(shoot.photos[photo_id], services), box))
    pieces_of(shoot, services, cancelled, tell)
    settings, _ = run_settings(services.places, embedder=DEFAULT_EMBEDDER)
    made = made_by(local_models(settings, services.places))
    photos = [photo for photo in shoot.photos.values() if photo.id in shoot.analyses]
    known, vectors = vectors_of(photos, shoot.analyses, made, services.measures)
    whole = {photo.id: each for photo, each in zip(known, vectors, strict=True)}
    found = nearest(vector, photos, whole, made_by_ours(), services.measures)
    return [each for each in found if each.photo_id != photo_id]


def _picture(photo: Photo, services: Services) -> RgbImage:
    """Return a photo large enough to cut a small thing out of; its thumbnail where the file is away."""
    try:
        decoded = decode_frame(photo, decode)
    except PhotoError:
        kept = thumbnail_of(photo, services.thumbnails)
        if kept is None:
            raise
        return kept
    return to_srgb(reduce(decoded.rgb, _SIDE), decoded.icc)
