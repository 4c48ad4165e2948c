"""Decisions as XMP metadata: which sidecars and photos an export would write, beside the photos or elsewhere."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self

from core.errors import PhotoError, SidecarError
from core.export.embeds import plan_photo
from core.export.metadata_template import MetadataTemplate, MetadataWords
from core.export.planned import Action, PlannedFile
from core.export.sidecars import SidecarContent, is_there, plan_sidecar
from core.ingest.exif_reader import read_metadata
from core.ingest.frame_names import folded
from core.ingest.scanner import ScannedFile
from core.language import Sentence, mark, say, tr
from core.ranking.reasons import in_words
from core.review.marks import find_conflict
from core.sidecar.belongings import SUFFIX, stills_of
from core.sidecar.destinations import destinations
from core.sidecar.file_marks import file_marks
from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.photo_embed import packet_and_tags
from core.sidecar.profiles import LIGHTROOM, Profile
from core.sidecar.said_in_photo import fields_said
from core.sidecar.sidecar_names import SidecarNames
from core.sidecar.xmp_edit import XmpAdvice, XmpEdit
from core.sidecar.xmp_fill import FilledMetadata
from core.sidecar.xmp_packet import PacketError, is_blank, parse
from core.sidecar.xmp_regions import called_otherwise
from core.sidecar.xmp_writer import load_sidecar
from core.types import Cluster, Decision, DecisionSource, FaceRegions, Photo, PhotoId, TimeSource


@dataclass(frozen=True, slots=True)
class XmpChoices:
    """How decisions are written.

    Attributes:
        profile: the program that is to read them.
        labels: the texts of colour labels.
        embed: into the photos themselves, where that program looks there. Rewrites their metadata.
        advice: with the program's suggestion, score and reasons, in our own namespace.
        looks: the names of looks as keywords.
        metadata: what else is written of every photo, None for nothing.
        regions: whose face is where, of people who have a name.
    """

    profile: Profile = LIGHTROOM
    labels: LabelSet = ENGLISH
    embed: bool = False
    advice: bool = False
    looks: bool = False
    metadata: MetadataTemplate | None = None
    regions: bool = False


USUAL = XmpChoices()

_CONTRADICTED = mark("Decided differently in another program since then.")


def plan_xmp(
    chosen: Iterable[Photo],
    photos: Iterable[Photo],
    decisions: Mapping[PhotoId, Decision],
    out_dir: Path | None = None,
    choices: XmpChoices = XmpChoices(),
    clusters: Iterable[Cluster] = (),
    metadata: Mapping[PhotoId, MetadataWords] = MappingProxyType({}),
    regions: Mapping[PhotoId, FaceRegions] = MappingProxyType({}),
) -> Iterator[PlannedFile]:
    """Plan the metadata of the photos that something is decided about; where wanted, of those in a named look too.

    Photos that a template says something of are written about in any case.

    A sidecar that is there already is edited, so that nothing in it is lost. With ``out_dir`` set that is the
    one in ``out_dir``, else a copy of the one beside the photo; and photos are then not written into.

    Args:
        chosen: the photos to write about; those with nothing decided are left out.
        photos: all photos of the shoot: the others too may own a sidecar's name.
        decisions: by photo.
        out_dir: write there, in the same subfolders as the photos', instead of beside them.
        choices: how.
        clusters: the groups, for ``choices.advice``.
        metadata: what ``choices.metadata`` says of each photo.
        regions: the named faces of each photo that was measured, for ``choices.regions``.
    """
    photos = tuple(photos)
    profile, labels = choices.profile, choices.labels
    names = SidecarNames(photos, profile.naming)
    elsewhere = None if out_dir is None else _Elsewhere(photos, out_dir)
    advice = _advice(clusters) if choices.advice else {}
    files = _Files(photos, names)
    for photo in chosen:
        decision = decisions.get(photo.id) or Decision(photo.id)
        said = _Said.of(
            photo, decision, choices, advice.get(photo.id), metadata.get(photo.id), regions.get(photo.id)
        )
        if said.is_nothing:
            continue
        goals = destinations(photo, names, profile, embed=choices.embed and elsewhere is None)
        for path in goals.photos:
            keeps_time = _is_dated_by_file(photo, path)
            embed = plan_photo(path, said.edit(path), labels, profile, keeps_time=keeps_time)
            yield from files.once(said.remarked(embed, path), files.name_of(embed.written), said)
        for beside in goals.sidecars:
            path = beside if elsewhere is None else elsewhere.path(beside)
            base = next((file for file in (path, beside) if is_there(file)), None)
            extension = names.extension(photo, beside)
            content = SidecarContent(path, base, said.edit(base), labels, profile, extension)
            planned = said.remarked(plan_sidecar(content), base)
            if planned.leads_to is not None and (owner := files.owner_of(planned.leads_to)) not in (
                None,
                photo,
            ):
                yield _is_anothers(planned, owner)
                continue
            # Files that are there are told apart by their names as they are; new ones could meet on some disks.
            name = files.name_of(planned.written)
            yield from files.once(planned, name if base == path else folded(name), said)


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What is written about one photo.

    Attributes:
        photo: it is about.
        decision: on the photo.
        advice: the program's own, where it is wanted.
        keywords: beside those in the template.
        filled: what a template says and the photo does not.
        faces: those with a name.
        remarks: what the user should know of what the template says.
    """

    photo: Photo
    decision: Decision
    advice: XmpAdvice | None
    keywords: tuple[str, ...]
    filled: FilledMetadata | None
    faces: FaceRegions | None
    remarks: tuple[Sentence, ...]

    @classmethod
    def of(
        cls,
        photo: Photo,
        decision: Decision,
        choices: XmpChoices,
        advice: XmpAdvice | None,
        words: MetadataWords | None,
        faces: FaceRegions | None,
    ) -> Self:
        """Choose what is written of all that is known."""
        return cls(
            photo,
            decision,
            advice,
            keywords=(decision.look,) if choices.looks and decision.look is not None else (),
            filled=None if words is None else _not_said_yet(photo, words.filled),
            faces=faces if choices.regions else None,
            remarks=() if words is None else tuple(words.remarks),
        )

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to write."""
        has_faces = self.faces is not None and bool(self.faces.faces)
        return self.decision.is_empty and not self.keywords and self.filled is None and not has_faces

    def edit(self, file: Path | None) -> XmpEdit:
        """Return how a sidecar or photo changes; None for a sidecar that is not there yet."""
        decision = _worth_writing(self.decision, file)
        return XmpEdit.of(decision, self.advice, self.keywords, self.filled, self.faces)

    def remarked(self, planned: PlannedFile, file: Path | None) -> PlannedFile:
        """Add what the user should know of what is written, to a sidecar or photo as it is now."""
        remarks = map(str, (*self.remarks, *_called_otherwise(file, self.faces)))
        words = " ".join(filter(None, (planned.remark, *remarks)))
        return replace(planned, remark=words) if planned.is_work and words != planned.remark else planned


class _Files:
    """Which photo each file of a plan is about: links and names that come to the same are seen through.

    Args:
        photos: all of the shoot.
        names: of their sidecars.
    """

    def __init__(self, photos: Iterable[Photo], names: SidecarNames) -> None:
        self._photos = photos
        self._names = names
        self._writers: dict[str, Photo] = {}
        self._real_folder = cache(os.path.realpath)

    def name_of(self, written: Path) -> str:
        """Return the one name of a file that several links may lead to, or to whose folder."""
        return os.path.join(self._real_folder(written.parent), written.name)  # noqa: PTH118 - once for every file

    def owner_of(self, target: Path) -> Photo | None:
        """Return the photo whose own sidecar a link leads to; asked seldom, so looked up only then."""
        return self._owners.get(self.name_of(target))

    @cached_property
    def _owners(self) -> dict[str, Photo]:
        return {
            self.name_of(sidecar): photo
            for photo in self._photos
            for sidecar in self._names.existing(photo)
            if not sidecar.is_symlink()
        }

    def once(self, planned: PlannedFile, name: str, said: _Said) -> Iterator[PlannedFile]:
        """Yield the planned file, unless another one of the plan comes to the same; another photo's is named."""
        first = self._writers.get(name)
        if first is None:
            self._writers[name] = said.photo
            yield _with_a_word(planned, said.decision)
        elif first is not said.photo:
            remark = tr("It already holds the decision about {photo}.").format(photo=first.path.name)
            yield replace(planned, action=Action.REFUSED, remark=remark)


def _not_said_yet(photo: Photo, filled: FilledMetadata) -> FilledMetadata | None:
    """Leave out what the photo says itself, unless that is to be replaced; None where nothing is left."""
    if filled.texts and not filled.replaces:
        filled = filled.without(fields_said(stills_of(photo)))
    return filled if filled.texts else None


def _called_otherwise(file: Path | None, faces: FaceRegions | None) -> tuple[Sentence, ...]:
    """Say which names are not written, since another program calls these faces otherwise.

    Args:
        file: the sidecar or photo as it is now, None for none; what of it cannot be read, the plan refuses.
        faces: what is to be written.
    """
    if file is None or faces is None or not faces.faces:
        return ()
    try:
        is_sidecar = file.suffix.lower() == SUFFIX
        packet = load_sidecar(file).data if is_sidecar else packet_and_tags(file, XmpEdit())[0]
        found = () if packet is None or is_blank(packet) else called_otherwise(parse(packet), faces)
    except (SidecarError, PacketError):
        return ()
    return tuple(
        say("Another program calls {name} “{other}” here, and that stays.", name=name, other=other)
        for name, other in found
    )


def _worth_writing(decision: Decision, file: Path | None) -> Decision:
    """Carry what only files say to those that say nothing, never over one that says something.

    A camera's stars go into a new sidecar alone: programs that find one do not look for stars in the photo any more.
    """
    if file is not None:
        decision = decision.without_cameras_stars
    marks = file_marks(file) if file is not None and decision.source is DecisionSource.FILE else None
    if marks is None:
        return decision
    said = marks.marks
    return replace(
        decision,
        flag=decision.flag if said.flag is None else None,
        rating=decision.rating if said.rating is None else None,
        label=decision.label if said.label is None else None,
    )


def _is_dated_by_file(photo: Photo, file: Path) -> bool:
    """Tell whether a file of the photo says itself when it was taken; else its own time has to serve for that."""
    if file == photo.path:
        return photo.time_source is TimeSource.FILE
    try:
        status = file.stat()
        found = read_metadata(ScannedFile(file, status.st_size, status.st_mtime_ns))
    except (PhotoError, OSError):
        return True
    return found.photo.time_source is TimeSource.FILE


def _with_a_word(planned: PlannedFile, decision: Decision) -> PlannedFile:
    """Say so where another program's later decision would be written over."""
    if planned.action is not Action.UPDATE or decision.decided_at is None:
        return planned
    marks = file_marks(planned.path)
    if marks is None or find_conflict(decision, [marks]) is None:
        return planned
    return replace(planned, remark=" ".join(filter(None, (planned.remark, tr(_CONTRADICTED)))))


def _is_anothers(planned: PlannedFile, owner: Photo) -> PlannedFile:
    """Refuse what is written about one photo where it would stand as the decision about another."""
    remark = tr("It is a link to the sidecar of {photo}; it was left as it is.").format(photo=owner.path.name)
    return replace(planned, action=Action.REFUSED, remark=remark)


def _advice(clusters: Iterable[Cluster]) -> dict[PhotoId, XmpAdvice]:
    """Return the advice on the frames of bursts; others have nothing to be weighed against."""
    return {
        score.photo_id: XmpAdvice(
            suggested=(suggested := score.photo_id == cluster.suggested_pick),
            score=score.total,
            reasons=tuple(in_words(reason.nameless()) for reason in cluster.reasons) if suggested else (),
        )
        for cluster in clusters
        for score in cluster.scores
    }


class _Elsewhere:
    """Where sidecars go in a folder of their own: in the photos' subfolders, so that no two names meet."""

    def __init__(self, photos: Iterable[Photo], out_dir: Path) -> None:
        self._out_dir = Path(os.path.abspath(out_dir))  # noqa: PTH100 - resolve() would follow links
        folders = {os.fspath(photo.path.parent) for photo in photos}
        try:
            self._root = Path(os.path.commonpath(folders)) if folders else Path()
        except ValueError:  # photos on several Windows drives
            self._root = Path()

    def path(self, beside: Path) -> Path:
        if beside.is_relative_to(self._root):
            return self._out_dir / beside.relative_to(self._root)
        return self._out_dir.joinpath(beside.drive.strip(":\\/"), *beside.parts[1:])
