"""One photo of an export that decisions are embedded into."""

from dataclasses import dataclass
from pathlib import Path

from core.errors import SidecarError
from core.export.planned import (
    CHANGED_MEANWHILE,
    Action,
    Difference,
    PlannedFile,
    Prepared,
    link_of,
    packet_differences,
)
from core.export.touched import FileState, Rewrite, Touch, Touched
from core.sidecar.atomic_file import FileStamp, why_not_writable
from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.photo_embed import PhotoEdit, packet_and_tags, plan_embed, write_embed
from core.sidecar.profiles import LIGHTROOM, Profile
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_packet import PacketError


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEmbed(PlannedFile):
    """One photo to write into.

    Attributes:
        edit: what is written.
        labels: the user's label texts.
        profile: the program that is to read it.
        stamp: of the photo when planned.
        keeps_time: the file's time is the only date the photo has.
    """

    edit: XmpEdit
    labels: LabelSet = ENGLISH
    profile: Profile = LIGHTROOM
    stamp: FileStamp | None = None
    keeps_time: bool = False

    def prepare(self) -> Prepared:
        """Work the change out once more; see the base class."""
        self.check_link()
        change = plan_embed(self.written, self.edit, self.labels, self.profile, keeps_time=self.keeps_time)
        if change.stamp != self.stamp:
            raise SidecarError(self.path, CHANGED_MEANWHILE)
        return Prepared((_touched(change, self.link),), lambda: write_embed(change))

    def differences(self) -> tuple[Difference, ...]:
        """Return the properties that would change in the photo's packet, and the tags beside it."""
        try:
            before, tags = packet_and_tags(self.written, self.edit)
            if before is None:
                after = new_packet(self.edit, self.labels, profile=self.profile)
            else:
                after = edit_packet(before, self.edit, self.labels, self.profile)
            others = tuple(Difference(tag.name, str(tag.before), str(tag.after)) for tag in tags)
            return (*packet_differences(before, after), *others)
        except (SidecarError, PacketError):
            return ()


def plan_photo(
    path: Path, edit: XmpEdit, labels: LabelSet, profile: Profile, *, keeps_time: bool = False
) -> PlannedEmbed:
    """Foresee what embedding comes to; reads the photo's header only."""
    action, remark, stamp, leads_to = Action.UPDATE, "", None, None
    try:
        leads_to = link_of(path)
        change = plan_embed(path, edit, labels, profile)
        stamp = change.stamp
        if not change.splices:
            action = Action.UNCHANGED
        elif reason := why_not_writable(path):
            action, remark = Action.REFUSED, str(reason)
    except SidecarError as error:
        action, remark = Action.REFUSED, error.reason
    return PlannedEmbed(
        path=path,
        action=action,
        remark=remark,
        edit=edit,
        labels=labels,
        profile=profile,
        stamp=stamp,
        keeps_time=keeps_time,
        leads_to=leads_to,
    )


def _touched(change: PhotoEdit, link: Path | None) -> Touched:
    size = change.stamp.size
    written = zip(change.undoing, change.splices, strict=True)
    return Touched(
        touch=Touch.EMBEDDED,
        path=change.path,
        source=link,
        rewrites=tuple(Rewrite(undo.start, undo.text, splice.text) for undo, splice in written),
        before=FileState(size),
        after=FileState(size + sum(splice.growth for splice in change.splices)),
        mtime_ns=change.mtime_ns,
    )
