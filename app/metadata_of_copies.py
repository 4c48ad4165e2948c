"""A metadata template for photos that were just copied from a card: an export of its own, which can be undone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from core.cancelling import Cancelled
from core.errors import ShortlistError
from core.export.carry_out import export
from core.export.kinds import ExportKind
from core.export.metadata_template import MetadataTemplate
from core.export.planned import PlannedFile
from core.export.request import Material, plan_metadata
from core.export.store import ExportStore
from core.export.words import export_title
from core.ingest.formats import Kind, kind_of
from core.language import tr
from core.offload.outcome import OffloadResult
from core.shoot.shoot import Shoot
from core.types import Photo

ReadShoot = Callable[[Sequence[Path]], Shoot]
"""Reads these photos, without measuring any."""


def plan_of_copies(
    template: MetadataTemplate, result: OffloadResult, title: str, read: ReadShoot
) -> Iterator[PlannedFile]:
    """Plan what a template writes about the copies: beside them, and never about what was decided.

    What was there before the copying may have been worked on since: there only what is empty is filled.

    Args:
        template: what is written.
        result: what was copied.
        title: what ``{shoot}`` stands for.
        read: finds the copies of one target as photos.

    Raises:
        ShortlistError: the list of codes cannot be read, or the copies cannot.
    """
    for root in result.plan.targets:
        files = sorted(path for path in result.copies | result.held if path.is_relative_to(root))
        copies = [path for path in files if kind_of(path) in (Kind.PICTURE, Kind.RAW)]
        if copies:
            shoot = read(copies)
            groups = list(shoot.clusters_in_order())
            new: list[Photo] = []
            former: list[Photo] = []
            for photo in shoot.photos.values():
                is_new = not result.copies.isdisjoint((photo.path, *photo.companions))
                (new if is_new else former).append(photo)
            for photos, words in ((new, template), (former, replace(template, replaces=False))):
                yield from plan_metadata(words, Material(photos, shoot.decisions, groups, title))


def written_of_copies(plan: Iterable[PlannedFile], store: ExportStore, cancelled: Cancelled) -> Iterator[str]:
    """Write what was planned of copies; yield what the user should know of it, in sentences.

    Args:
        plan: as of ``plan_of_copies``; made here, so that what is wrong with it is told as well.
        store: where it is noted, so that it can be undone.
        cancelled: asked before each file.
    """
    try:
        files = list(plan)
        yield from dict.fromkeys(one.remark for one in files if one.is_work and one.remark)
        result = export(files, store, export_title(ExportKind.XMP, None), cancelled=cancelled)
    except ShortlistError as error:
        yield tr("The metadata template was not written. {reason}").format(reason=error)
        return
    yield from map(str, result.refused)
