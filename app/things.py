"""What the photos of a shoot show, in words: asked when somebody searches, from what is measured."""

import logging

from app.bootstrap import Services
from app.run_settings import run_settings
from core.errors import ModelError
from core.pipeline.look_finder import vectors_of
from core.pipeline.runner import made_by
from core.shoot.shoot import Shoot
from core.types import PhotoId, Thing
from models.catalogue import DEFAULT_EMBEDDER
from models.things import ThingFinder

_log = logging.getLogger(__name__)


def find_things(shoot: Shoot, services: Services) -> dict[PhotoId, tuple[Thing, ...]]:
    """Name what the measured photos show; nothing of those the embedder that ships has not seen.

    A second for thousands of photos. Where the models are damaged nothing is found, with a warning in the log:
    names and words are searched all the same.
    """
    photos = tuple(shoot.photos.values())
    try:
        finder = ThingFinder()
        settings, _ = run_settings(services.places, embedder=DEFAULT_EMBEDDER)
        models = services.dependencies(settings, measure=False).models
        made = made_by(models)._replace(embedder_sha256=finder.embedder_sha256)
        known, features = vectors_of(photos, dict(shoot.analyses), made, services.measures)
        found = dict(zip((photo.id for photo in known), finder.find(features), strict=True))
    except ModelError as error:
        _log.warning("nothing is known of what photos show: %s", error)
        return {}
    return {photo_id: things for photo_id, things in found.items() if things}
