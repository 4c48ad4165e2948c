"""What an export was asked for, and the plan for it: the same for the window and the command line."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.export.contact_sheet import Thumbnail, to_contact_sheet
from core.export.documents import plan_document
from core.export.file_lists import to_names, to_paths
from core.export.kinds import ExportKind, Selection
from core.export.links import with_links_said
from core.export.metadata_template import MetadataTemplate, MetadataWords, MetadataWriter
from core.export.planned import PlannedFile
from core.export.proofs import ProofChoices, plan_proofs
from core.export.tables import Record, make_records, to_csv, to_json
from core.export.transfers import Transfer, plan_transfers
from core.export.trash import plan_trash
from core.export.xmp import XmpChoices, plan_xmp
from core.naming.codes import Codes, read_codes
from core.naming.facts import KnownOfShoot, PhotoFacts
from core.naming.names import Naming, NewName
from core.types import Cluster, Decision, FaceRegions, Flaw, Photo, PhotoId


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What the user asked for.

    Attributes:
        kind: the way out.
        selection: which photos.
        out_dir: where to write; None for beside the photos (documents: in the shoot's folder). Never None for
            copies, moves, links and proofs.
        xmp: how decisions are written, where they are.
        naming: how photos are named that are copied, moved or linked; None for the names they have. Never None for
            renaming.
        proofs: how the pictures of proofs are made.
    """

    kind: ExportKind
    selection: Selection = field(default_factory=Selection)
    out_dir: Path | None = None
    xmp: XmpChoices = field(default_factory=XmpChoices)
    naming: Naming | None = None
    proofs: ProofChoices = field(default_factory=ProofChoices)

    @classmethod
    def usual(cls, kind: ExportKind) -> "ExportRequest":
        """Return the request for the photos that are mostly meant."""
        return cls(kind, Selection(kind.usual_choice))


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to export.

    Attributes:
        photos: all photos of the shoot, in order.
        decisions: by photo.
        clusters: the groups.
        title: of the shoot, for contact sheet, proofs and names.
        thumbnail: gives small pictures.
        folders: what the user opened; empty for the folder that all photos have in common.
        rejects: the likely rejects with their flaws.
        people: the names of those in each photo, of the one seen most often in the shoot first.
        regions: whose face is where in each photo that was measured.
    """

    photos: Sequence[Photo]
    decisions: Mapping[PhotoId, Decision]
    clusters: Iterable[Cluster] = ()
    title: str = ""
    thumbnail: Thumbnail = lambda _photo: None
    folders: Sequence[Path] = ()
    rejects: Mapping[PhotoId, Sequence[Flaw]] = field(default_factory=dict)
    people: Mapping[PhotoId, Sequence[str]] = field(default_factory=dict)
    regions: Mapping[PhotoId, FaceRegions] = field(default_factory=dict)

    def facts(self, chosen: Iterable[Photo], shoot: str = "", start: int = 1) -> Iterator[PhotoFacts]:
        """Yield what placeholders can say of each photo, in order.

        Args:
            chosen: the photos.
            shoot: what the user calls the shoot; "" for its title.
            start: the counter of the first.
        """
        known = KnownOfShoot(self.decisions, self.clusters, self.people, shoot or self.title)
        return known.facts(chosen, start)


def plan_export(request: ExportRequest, material: Material) -> Iterator[PlannedFile]:
    """Plan an export, file by file, so that whoever collects the plan can stop. Nothing is written.

    Args:
        request: what and where to.
        material: what there is.

    Raises:
        TemplateError, CodesError: a metadata template cannot be understood.
        ValueError: copies, moves, links or proofs without a folder, or new names without a template.
        MarkError: the mark of proofs cannot be drawn.
    """
    named = [folder if folder.is_dir() else folder.parent for folder in material.folders]
    if not named and material.photos:
        named.append(shoot_folder(material.photos))
    if request.out_dir is not None:
        named.append(request.out_dir)
    return with_links_said(_plan(request, material), named)


def _plan(request: ExportRequest, material: Material) -> Iterator[PlannedFile]:
    photos, decisions = material.photos, material.decisions
    named_too = request.kind is ExportKind.XMP and request.xmp.looks
    chosen = request.selection.of(photos, decisions, looks=named_too)
    match request.kind:
        case ExportKind.XMP:
            words = _metadata(request.xmp.metadata, chosen, material)
            return plan_xmp(
                chosen,
                photos,
                decisions,
                request.out_dir,
                request.xmp,
                material.clusters,
                words,
                material.regions,
            )
        case ExportKind.COPY | ExportKind.MOVE | ExportKind.LINK:
            if request.out_dir is None:
                raise ValueError("copies, moves and links need a folder")
            names = _names(request.naming, chosen, material)
            return plan_transfers(chosen, photos, request.out_dir, Transfer(request.kind.value), names)
        case ExportKind.RENAME:
            if request.naming is None:
                raise ValueError("renaming needs a template")
            names = _names(request.naming, chosen, material)
            return plan_transfers(chosen, photos, None, Transfer.MOVE, names)
        case ExportKind.PROOFS:
            if request.out_dir is None:
                raise ValueError("proofs need a folder")
            return plan_proofs(request.out_dir, material.title, chosen, request.proofs, material.thumbnail)
        case ExportKind.TRASH:
            return plan_trash(chosen, photos, decisions)
        case _:
            path = (request.out_dir or shoot_folder(photos)) / request.kind.file_name
            render = _renderer(request.kind, chosen, material)
            return iter((plan_document(path, render),) if chosen else ())


def _names(naming: Naming | None, chosen: Iterable[Photo], material: Material) -> Iterator[NewName]:
    """Yield the new name of each photo; nothing where they keep theirs."""
    if naming is not None:
        for known in material.facts(chosen, naming.shoot, naming.start):
            yield naming.template.of(known)


def plan_metadata(template: MetadataTemplate, material: Material) -> Iterator[PlannedFile]:
    """Plan what a metadata template writes beside all photos, and nothing of what is decided about them.

    Raises:
        TemplateError, CodesError: the template cannot be understood.
    """
    photos = material.photos
    words = _metadata(template, photos, material)
    return plan_xmp(photos, photos, {}, choices=XmpChoices(metadata=template), metadata=words)


def _metadata(
    template: MetadataTemplate | None, chosen: Sequence[Photo], material: Material
) -> dict[PhotoId, MetadataWords]:
    """Return what a metadata template says of each photo; nothing where there is none.

    Raises:
        TemplateError: a field cannot be understood.
        CodesError: the list of codes cannot be read.
    """
    if not template:
        return {}
    codes = Codes() if template.codes_path is None else read_codes(template.codes_path)
    writer = MetadataWriter(template.parsed(), template.replaces, codes)
    known = material.facts(chosen)
    return {photo.id: writer.of(facts) for photo, facts in zip(chosen, known, strict=True)}


def shoot_folder(photos: Sequence[Photo]) -> Path:
    """Return the folder that all photos of a shoot lie in or below.

    That of the first where they have none in common.
    """
    try:
        return Path(os.path.commonpath([photo.path.parent for photo in photos]))
    except ValueError:  # several Windows drives
        return photos[0].path.parent


def _renderer(kind: ExportKind, chosen: Sequence[Photo], material: Material) -> Callable[[], bytes]:
    match kind:
        case ExportKind.CONTACT_SHEET:
            return lambda: to_contact_sheet(material.title, chosen, material.decisions, material.thumbnail)
        case ExportKind.PATHS:
            return lambda: to_paths(chosen)
        case ExportKind.NAMES:
            return lambda: to_names(chosen)
        case ExportKind.CSV:
            return lambda: to_csv(_records(chosen, material))
        case ExportKind.JSON:
            return lambda: to_json(_records(chosen, material))
        case _:
            raise ValueError(f"{kind} is not one file")


def _records(chosen: Sequence[Photo], material: Material) -> list[Record]:
    return make_records(chosen, material.decisions, material.clusters, material.rejects)
