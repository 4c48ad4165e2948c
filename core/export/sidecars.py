"""Which sidecars an export of decisions would write, beside the photos or in a folder of their own."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import SidecarError
from core.export.planned import (
    CHANGED_MEANWHILE,
    Action,
    Difference,
    PlannedFile,
    Prepared,
    folders_to_make,
)
from core.persistence.export_rows import Touched
from core.sidecar.atomic_file import FileStamp, stamp_of, why_not_writable
from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.sidecar_names import SidecarNames, SidecarNaming
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_packet import PacketError, parse
from core.sidecar.xmp_writer import SidecarFile, backup_to_make, load_sidecar, write_sidecar
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

    def prepare(self) -> Prepared:
        """Edits the base once more; see the base class."""
        base = None if self.base is None else load_sidecar(self.base)
        if base is not None and base.stamp != self.stamp:
            raise SidecarError(self.path, CHANGED_MEANWHILE)
        content = self._content(base)
        before = base if self.base == self.path else None
        touched = [*folders_to_make(self.path)]
        if before is not None and (backup := backup_to_make(before)):
            touched.append(Touched.write(backup, None, before.data))
        touched.append(Touched.write(self.path, before.data if before else None, content))
        return Prepared(tuple(touched), lambda: write_sidecar(self.path, content, before))

    def differences(self) -> tuple[Difference, ...]:
        """The properties that would change, of the sidecar that stands there now or of none."""
        try:
            base = None if self.base is None else load_sidecar(self.base)
            after = _values(self._content(base))
            before = _values(base.data) if base is not None and self.base == self.path else {}
        except (SidecarError, PacketError):
            return ()
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        return tuple(Difference(name, before.get(name, ""), after.get(name, "")) for name in names)

    def _content(self, base: SidecarFile | None) -> bytes:
        return _content(self.path, base, self.edit, self.labels, self.extension)


def plan_xmp(
    chosen: Iterable[Photo],
    photos: Iterable[Photo],
    decisions: Mapping[PhotoId, Decision],
    out_dir: Path | None = None,
    naming: SidecarNaming = SidecarNaming.ADOBE,
    labels: LabelSet = ENGLISH,
) -> Iterator[PlannedWrite]:
    """Plans the sidecars of the photos that something is decided about.

    A sidecar that is there already is edited, so that nothing in it is lost. With ``out_dir`` set that is the
    one in ``out_dir``, else a copy of the one beside the photo.

    Args:
        chosen: the photos to write about; those with nothing decided are left out.
        photos: all photos of the shoot: the others too may own a sidecar's name.
        decisions: by photo.
        out_dir: write there, in the same subfolders as the photos', instead of beside them.
        naming: how new sidecars are named; see ``core.sidecar.sidecar_names``.
        labels: the texts of colour labels.
    """
    photos = tuple(photos)
    names = SidecarNames(photos, naming)
    elsewhere = None if out_dir is None else _Elsewhere(photos, out_dir)
    writers: dict[str, Photo] = {}
    for photo in chosen:
        decision = decisions.get(photo.id)
        if decision is None or decision.is_empty:
            continue
        for beside in names.to_write(photo):
            path = beside if elsewhere is None else elsewhere.path(beside)
            first = writers.setdefault(os.fspath(path).casefold(), photo)
            edit = XmpEdit.of(decision)
            if first is photo:
                yield _plan_one(photo, path, beside, edit, labels, names.extension(photo, beside))
            else:
                remark = f"It already holds the decision about {first.path.name}."
                yield PlannedWrite(
                    path=path, action=Action.REFUSED, remark=remark, photo_id=photo.id, edit=edit
                )


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


def _values(data: bytes) -> dict[str, str]:
    """The plain properties of a sidecar, by name, as the file has them."""
    packet = parse(data)
    return {str(found.name): found.value for found in packet.properties if found.value is not None}
