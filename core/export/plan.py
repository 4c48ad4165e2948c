"""Which sidecars an export of decisions would write, beside the photos or in a folder of their own."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import SidecarError
from core.export.planned import Action, PlannedFile
from core.sidecar.atomic_file import FileStamp, stamp_of, why_not_writable
from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.sidecar_names import SidecarNames, SidecarNaming
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_writer import SidecarFile, load_sidecar, write_sidecar
from core.types import Decision, Photo, PhotoId


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWrite(PlannedFile):
    """One sidecar to write.

    Attributes:
        photo_id: whose decision it holds.
        edit: what of it is written.
        base: the sidecar that is edited: mostly ``path`` itself; None where a new one is made.
        stamp: of ``base`` when planned.
        extension: see ``new_packet``.
    """

    photo_id: PhotoId
    edit: XmpEdit
    labels: LabelSet = ENGLISH
    base: Path | None = None
    stamp: FileStamp | None = None
    extension: str = ""

    def carry_out(self) -> None:
        """Edits the base once more and writes the sidecar; see the base class."""
        base = None if self.base is None else load_sidecar(self.base)
        if base is not None and base.stamp != self.stamp:
            raise SidecarError(self.path, "It was changed after the export was planned; export once more.")
        content = _content(self.path, base, self.edit, self.labels, self.extension)
        write_sidecar(self.path, content, base if self.base == self.path else None)


def plan_xmp(
    photos: Iterable[Photo],
    decisions: Mapping[PhotoId, Decision],
    out_dir: Path | None = None,
    naming: SidecarNaming = SidecarNaming.ADOBE,
    labels: LabelSet = ENGLISH,
) -> tuple[PlannedWrite, ...]:
    """Plans the sidecars of all photos with a decision.

    A sidecar that is there already is edited, so that nothing in it is lost. With ``out_dir`` set that is the
    one in ``out_dir``, else a copy of the one beside the photo.

    Args:
        photos: all photos of the shoot, also the undecided: they too may own a sidecar's name.
        decisions: by photo; those with nothing decided are left out.
        out_dir: write there, in the same subfolders as the photos', instead of beside them.
        naming: how new sidecars are named; see ``core.sidecar.sidecar_names``.
        labels: the texts of colour labels.
    """
    photos = tuple(photos)
    names = SidecarNames(photos, naming)
    elsewhere = None if out_dir is None else _Elsewhere(photos, out_dir)
    plan: list[PlannedWrite] = []
    writers: dict[str, Photo] = {}
    for photo in photos:
        decision = decisions.get(photo.id)
        if decision is None or decision.is_empty:
            continue
        for beside in names.to_write(photo):
            path = beside if elsewhere is None else elsewhere.path(beside)
            first = writers.setdefault(os.fspath(path).casefold(), photo)
            edit = XmpEdit.of(decision)
            if first is photo:
                plan.append(_plan_one(photo, path, beside, edit, labels, names.extension(photo, beside)))
            else:
                remark = f"It already holds the decision about {first.path.name}."
                plan.append(
                    PlannedWrite(
                        path=path, action=Action.REFUSED, remark=remark, photo_id=photo.id, edit=edit
                    )
                )
    return tuple(plan)


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


def _plan_one(
    photo: Photo, path: Path, beside: Path, edit: XmpEdit, labels: LabelSet, extension: str
) -> PlannedWrite:
    base = next((file for file in (path, beside) if _is_there(file)), None)
    action, remark, stamp = _foresee(path, base, edit, labels, extension)
    return PlannedWrite(
        path=path,
        action=action,
        remark=remark,
        photo_id=photo.id,
        edit=edit,
        labels=labels,
        base=base,
        stamp=stamp,
        extension=extension,
    )


def _foresee(
    path: Path, base: Path | None, edit: XmpEdit, labels: LabelSet, extension: str
) -> tuple[Action, str, FileStamp | None]:
    """What carrying out would come to, by making the content and throwing it away."""
    try:
        before = None if base is None else load_sidecar(base)
        content = _content(path, before, edit, labels, extension)
    except SidecarError as error:
        return Action.REFUSED, error.reason, None
    stamp = None if before is None else before.stamp
    if before is not None and base == path and before.data == content:
        return Action.UNCHANGED, "", stamp
    if reason := why_not_writable(path):
        return Action.REFUSED, reason, stamp
    return Action.UPDATE if base == path else Action.CREATE, "", stamp


def _is_there(path: Path) -> bool:
    """Also where it cannot be looked at: reading it then says why."""
    try:
        return stamp_of(path) is not None
    except OSError:
        return True


def _content(path: Path, base: SidecarFile | None, edit: XmpEdit, labels: LabelSet, extension: str) -> bytes:
    """The sidecar's new bytes.

    Raises:
        SidecarError: the base is refused; it names ``path``.
    """
    try:
        if base is None:
            return new_packet(edit, labels, extension)
        return edit_packet(base.data, edit, labels)
    except PacketError as error:
        raise SidecarError(path, str(error)) from error
