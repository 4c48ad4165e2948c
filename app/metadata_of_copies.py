"""A metadata template for photos that were just copied from a card: an export of its own, which can be undone."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from core.export.metadata_template import MetadataTemplate
from core.export.planned import PlannedFile
from core.export.request import Material, plan_metadata
from core.ingest.formats import Kind, kind_of
from core.offload.plan import OffloadPlan
from core.shoot.shoot import Shoot

ReadShoot = Callable[[Sequence[Path]], Shoot]
"""Reads these photos, without measuring any."""


def plan_of_copies(
    template: MetadataTemplate, plan: OffloadPlan, title: str, read: ReadShoot
) -> Iterator[PlannedFile]:
    """Plan what a template writes about the copies: beside them, and never about what was decided.

    Args:
        template: what is written.
        plan: what was copied.
        title: what ``{shoot}`` stands for.
        read: finds the copies of one target as photos.

    Raises:
        ShortlistError: the list of codes cannot be read, or the copies cannot.
    """
    for root in dict.fromkeys(place.root for file in plan.files for place in file.places):
        places = (place for file in plan.files for place in file.places if place.root == root)
        copies = [place.path for place in places if kind_of(place.name) in (Kind.PICTURE, Kind.RAW)]
        there = [path for path in copies if path.is_file()]
        if there:
            shoot = read(there)
            photos, groups = list(shoot.photos.values()), list(shoot.clusters_in_order())
            yield from plan_metadata(template, Material(photos, shoot.decisions, groups, title))
