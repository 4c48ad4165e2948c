"""What an export was asked for, and the plan for it: the same for the window and the command line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.export.picks import plan_picks
from core.export.plan import plan_xmp
from core.export.planned import PlannedFile
from core.export.tables import TableFormat, plan_table
from core.sidecar.sidecar_names import SidecarNaming
from core.types import Cluster, Decision, Photo, PhotoId


class ExportKind(StrEnum):
    """What is written."""

    XMP = "xmp"
    COPY = "copy"
    LINK = "link"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What the user asked for.

    Attributes:
        out_dir: where to write; None for beside the photos (lists: in the shoot's folder). Never None for
            copies and links.
        naming: counts for sidecars only.
    """

    kind: ExportKind
    out_dir: Path | None = None
    naming: SidecarNaming = SidecarNaming.ADOBE


def plan_export(
    request: ExportRequest,
    photos: Sequence[Photo],
    decisions: Mapping[PhotoId, Decision],
    clusters: Iterable[Cluster],
) -> Sequence[PlannedFile]:
    """Plans an export. Nothing is written before the plan is carried out.

    Args:
        request: what and where to.
        photos: all photos of the shoot, not empty.
        decisions: by photo.
        clusters: the groups.

    Raises:
        ValueError: copies or links without a folder.
    """
    match request.kind:
        case ExportKind.XMP:
            return plan_xmp(photos, decisions, request.out_dir, request.naming)
        case ExportKind.COPY | ExportKind.LINK:
            if request.out_dir is None:
                raise ValueError("copies and links need a folder")
            return plan_picks(photos, decisions, request.out_dir, link=request.kind is ExportKind.LINK)
        case ExportKind.CSV | ExportKind.JSON:
            table_format = TableFormat(request.kind.value)
            folder = request.out_dir or photos[0].path.parent
            path = folder / f"shortlist.{request.kind}"
            return plan_table(path, table_format, photos, decisions, clusters)
