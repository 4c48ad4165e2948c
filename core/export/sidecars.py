"""One sidecar of an export: made anew, or edited so that nothing in it is lost."""

from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import SidecarError
from core.export.planned import (
    CHANGED_MEANWHILE,
    Action,
    Difference,
    PlannedFile,
    Prepared,
    folders_to_make,
    link_of,
    packet_differences,
)
from core.export.touched import Touched
from core.language import tr
from core.sidecar.atomic_file import FileStamp, stamp_of, why_not_writable
from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.profiles import LIGHTROOM, Profile
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_packet import PacketError, is_blank
from core.sidecar.xmp_writer import SidecarFile, backup_to_make, load_sidecar, write_sidecar


@dataclass(frozen=True, slots=True)
class SidecarContent:
    """What a sidecar is to say.

    Attributes:
        path: the sidecar; never a link.
        base: the sidecar that is edited: mostly ``path`` itself; None where a new one is made.
        edit: what of it is written.
        labels: the user's label texts.
        profile: the program that is to read it.
        extension: see ``new_packet``.
    """

    path: Path
    base: Path | None
    edit: XmpEdit
    labels: LabelSet = ENGLISH
    profile: Profile = LIGHTROOM
    extension: str = ""

    def load(self) -> SidecarFile | None:
        """Load the base as it is now. Raises SidecarError."""
        return None if self.base is None else load_sidecar(self.base)

    def of(self, base: SidecarFile | None) -> bytes:
        """Return the new bytes, made from the base.

        Raises:
            SidecarError: the base is refused; it names ``path``.
        """
        try:
            if base is None or is_blank(base.data):
                return new_packet(self.edit, self.labels, self.extension, self.profile)
            return edit_packet(base.data, self.edit, self.labels, self.profile)
        except PacketError as error:
            raise SidecarError(self.path, error.sentence) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSidecar(PlannedFile):
    """One sidecar to write.

    Attributes:
        content: what it is to say.
        stamp: of the base when planned.
    """

    content: SidecarContent
    stamp: FileStamp | None = None

    def prepare(self) -> Prepared:
        """Edit the base once more; see the base class."""
        self.check_link()
        base = self.content.load()
        if base is not None and base.stamp != self.stamp:
            raise SidecarError(self.path, CHANGED_MEANWHILE)
        data = self.content.of(base)
        before = base if self.content.base == self.written else None
        touched = [*folders_to_make(self.written)]
        if before is not None and (backup := backup_to_make(before)):
            touched.append(Touched.write(backup, None, before.data))
        touched.append(Touched.write(self.written, before.data if before else None, data, self.link))
        return Prepared(tuple(touched), lambda: write_sidecar(self.written, data, before))

    def differences(self) -> tuple[Difference, ...]:
        """Return the properties that would change, of the sidecar that stands there now or of none."""
        try:
            base = self.content.load()
            after = self.content.of(base)
            is_edited = base is not None and self.content.base == self.written and not is_blank(base.data)
            return packet_differences(base.data if base is not None and is_edited else None, after)
        except (SidecarError, PacketError):
            return ()


def plan_sidecar(content: SidecarContent) -> PlannedSidecar:
    """Foresee what writing comes to, by making the content and throwing it away.

    Args:
        content: with paths as they are named; where one is a link, the plan says so.
    """
    action, remark, stamp, leads_to = Action.UPDATE, "", None, None
    path = content.path
    try:
        leads_to = link_of(path)
        if leads_to is not None:
            content = replace(content, path=leads_to, base=leads_to if content.base == path else content.base)
        base = content.load()
        data = content.of(base)
        stamp = None if base is None else base.stamp
        if base is not None and content.base == content.path and base.data == data:
            action = Action.UNCHANGED
        elif reason := why_not_writable(content.path):
            action, remark = Action.REFUSED, str(reason)
        elif content.base != content.path:
            action = Action.CREATE
        elif base is not None and is_blank(base.data):
            remark = tr("There is nothing in it, not a byte or only zeros; a new one takes its place.")
    except SidecarError as error:
        action, remark = Action.REFUSED, error.reason
    return PlannedSidecar(
        path=path, action=action, remark=remark, content=content, stamp=stamp, leads_to=leads_to
    )


def is_there(path: Path) -> bool:
    """Tell whether there is a sidecar to edit; also where it cannot be looked at: reading it then says why."""
    try:
        return stamp_of(path) is not None
    except OSError:
        return True
