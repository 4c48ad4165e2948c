"""A folder's shoot, measured as the product measures it and grouped by the code of now."""

from dataclasses import replace
from pathlib import Path

from app.bootstrap import Services
from core.cancelling import never
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper
from core.pipeline.events import ClustersUpdated, PhotosAnalyzed
from core.pipeline.runner import made_by, run
from core.settings import Settings
from core.shoot.shoot import Shoot


def analysed(folder: Path, services: Services, embedder: str = Settings().embedder) -> Shoot:
    """Return the shoot of a folder after a whole run, with complete measures, corners and all.

    Measures are taken from an earlier run where they are kept; groups never, for they are what is judged.
    """
    shoot, settings = Shoot(), Settings(embedder=embedder)
    dependencies = services.dependencies(settings)
    run([folder], settings, dependencies, never, shoot.apply)
    photos, models = tuple(shoot.photos.values()), dependencies.models
    made = made_by(models)
    kept = services.measures.analyses(photos, made).whole
    layouts = {photo.id: services.measures.layout(photo, made) for photo in photos if photo.id in kept}
    complete = {one: replace(kept[one], layout=layout) for one, layout in layouts.items() if layout}
    grouper = Grouper(photos, complete, Alignments())
    grouping = grouper.group(settings.grouping)
    shoot.apply(PhotosAnalyzed(0, tuple(complete.values())))
    shoot.apply(ClustersUpdated(0, grouping.clusters, grouping.scenes, grouper))
    return shoot
