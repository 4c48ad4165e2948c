"""Decisions written into the photo itself: only where the user asked for it, and only into its XMP packet.

The exception is two numbers: where Windows has put its own stars beside it, they are made to agree.

First the change is worked out from the file's header (``plan_embed``), then made (``write_embed``). Where the packet
has room, only its changed bytes are written in place, so that a photo of any size costs as little as a
sidecar; else a new file with the same bytes around the packet takes the photo's place. The change knows its
own undoing, for a journal to keep before anything is written.
"""

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from core.errors import SidecarError
from core.files import open_file, open_to_change
from core.language import say
from core.sidecar.atomic_file import FileStamp, fill_whole, sentence, set_time, why_not_writable
from core.sidecar.exif_stars import StarsTag, windows_stars
from core.sidecar.jpeg_slot import JpegSlot
from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.packet_slot import PacketSlot, put_edited, wrapped
from core.sidecar.png_slot import PngSlot
from core.sidecar.profiles import LIGHTROOM, Container, Profile, container_of
from core.sidecar.splices import Overlaid, Splice, copy_spliced, narrowed, undoing
from core.sidecar.tiff_slot import TiffSlot, is_plain_tiff
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_packet import PacketError

_CHANGED = say("Another program has written it meanwhile; it was left as it is.")


@dataclass(frozen=True, slots=True)
class PhotoEdit:
    """What to do to the bytes of one photo.

    Attributes:
        path: the photo.
        stamp: of the photo the edit was worked out from.
        splices: sorted; empty where the photo says all of it already.
        undoing: the splices that bring the former bytes back once the edit is made.
        in_place: the file keeps its length and is written where it lies; else a new one takes its place.
        mtime_ns: the time the file has afterwards, where that is the date of the photo; None for now, so that other
            programs notice.
    """

    path: Path
    stamp: FileStamp
    splices: tuple[Splice, ...]
    undoing: tuple[Splice, ...]
    in_place: bool
    mtime_ns: int | None = None

    def undone(self, stamp: FileStamp) -> "PhotoEdit":
        """Return the edit that takes this one back.

        Args:
            stamp: of the photo as it is now.
        """
        return replace(self, stamp=stamp, splices=self.undoing, undoing=self.splices)


def plan_embed(
    path: Path,
    edit: XmpEdit,
    labels: LabelSet = ENGLISH,
    profile: Profile = LIGHTROOM,
    *,
    keeps_time: bool = False,
) -> PhotoEdit:
    """Work out what an edit changes in a photo; reads its header, and nothing of the picture if all fits.

    Args:
        path: a JPEG, PNG, TIFF or DNG file.
        edit: what to write.
        labels: the user's texts of the labels.
        profile: the program that is to read it.
        keeps_time: the file's time is the only date the photo has.

    Raises:
        SidecarError: the photo cannot be read, or cannot be edited without harm.
    """
    try:
        with open_file(path) as stream:
            status = os.fstat(stream.fileno())
            splices = narrowed(stream, _all_splices(path, stream, edit, labels, profile))
            # Another name of the same file may be somebody's backup of it: then it must not change too.
            in_place = status.st_nlink == 1 and all(splice.growth == 0 for splice in splices)
            mtime_ns = status.st_mtime_ns if keeps_time else None
            return PhotoEdit(path, _stamp(status), splices, undoing(stream, splices), in_place, mtime_ns)
    except PacketError as error:
        raise SidecarError(path, error.sentence) from error
    except OSError as error:
        raise SidecarError(path, sentence(error)) from error


def packet_and_tags(path: Path, edit: XmpEdit) -> tuple[bytes | None, tuple[StarsTag, ...]]:
    """Return the packet a photo bears, None where it has none, and the other tags an edit would change.

    Raises:
        SidecarError: the photo cannot be read, or its packet cannot be edited without harm.
    """
    try:
        with open_file(path) as stream:
            slot = _slot(path, stream)
            return _packet(slot), _stars_tags(slot, stream, edit)
    except PacketError as error:
        raise SidecarError(path, error.sentence) from error
    except OSError as error:
        raise SidecarError(path, sentence(error)) from error


def write_embed(edit: PhotoEdit) -> None:
    """Make an edit last on the disk; does nothing where there is nothing to change.

    Args:
        edit: as planned; its undoing is noted by now, for a write in place that is cut off half way.

    Raises:
        SidecarError: the photo cannot be written, or another program wrote it since; it is as it was.
    """
    if not edit.splices:
        return
    if reason := why_not_writable(edit.path):
        raise SidecarError(edit.path, reason)
    try:
        if edit.in_place:
            _write_in_place(edit)
            if edit.mtime_ns is not None:
                set_time(edit.path, edit.mtime_ns)
        else:
            _write_anew(edit)
    except OSError as error:
        raise SidecarError(edit.path, sentence(error)) from error


def _write_in_place(edit: PhotoEdit) -> None:
    with open_to_change(edit.path) as file:
        _check_unchanged(edit, file)
        try:
            _overwrite(file, edit.splices)
        except OSError:
            _overwrite(file, edit.undoing)
            with contextlib.suppress(OSError):
                set_time(edit.path, edit.stamp.mtime_ns)  # for nothing has changed
            raise


def _overwrite(file: BinaryIO, splices: tuple[Splice, ...]) -> None:
    for splice in splices:
        file.seek(splice.start)
        file.write(splice.text)
    os.fsync(file.fileno())


def _write_anew(edit: PhotoEdit) -> None:
    def fill(target: BinaryIO) -> None:
        with open_file(edit.path) as source:
            _check_unchanged(edit, source)
            copy_spliced(source, target, edit.splices)

    def check(new: Path) -> None:
        size = edit.stamp.size + sum(splice.growth for splice in edit.splices)
        with open_file(new) as written:
            if written.seek(0, os.SEEK_END) != size or undoing(written, edit.undoing) != edit.splices:
                raise SidecarError(edit.path, say("It could not be copied whole; it was left as it is."))
        with open_file(edit.path) as source:
            _check_unchanged(edit, source)

    # No file is open while the names change: Windows would not allow it.
    fill_whole(edit.path, fill, check, edit.mtime_ns)


def _check_unchanged(edit: PhotoEdit, file: BinaryIO) -> None:
    if _stamp(os.fstat(file.fileno())) != edit.stamp:
        raise SidecarError(edit.path, _CHANGED)


def _stamp(status: os.stat_result) -> FileStamp:
    return FileStamp(status.st_mtime_ns, status.st_size)


def _slot(path: Path, stream: BinaryIO) -> PacketSlot:
    match container_of(path):
        case Container.JPEG:
            return JpegSlot(stream)
        case Container.PNG:
            return PngSlot(stream)
        case Container.TIFF | Container.DNG:
            if not is_plain_tiff(stream.read(4)):
                raise PacketError(say("It is no plain TIFF or DNG file; use a sidecar instead."))
            return TiffSlot(stream)
        case None:
            raise PacketError(
                say("Decisions are never embedded into files of this format; use a sidecar instead.")
            )


def _all_splices(
    path: Path, stream: BinaryIO, edit: XmpEdit, labels: LabelSet, profile: Profile
) -> tuple[Splice, ...]:
    """Return the splices of the packet, and those that keep the tags of Windows from saying otherwise."""
    slot = _slot(path, stream)
    if edit != XmpEdit() and not slot.is_sole:
        raise PacketError(
            say(
                "It holds more than one XMP packet, and programs disagree which of them counts; "
                "use a sidecar instead."
            )
        )
    stars = slot.with_exif(tuple(tag.splice for tag in _stars_tags(slot, stream, edit)))
    if stars:  # a TIFF file may get another directory: without the former stars in it
        slot = _slot(path, cast(BinaryIO, Overlaid(stream, stars)))
    return tuple(sorted((*stars, *_splices(slot, edit, labels, profile))))


def _stars_tags(slot: PacketSlot, stream: BinaryIO, edit: XmpEdit) -> tuple[StarsTag, ...]:
    if edit.rating is None or slot.exif is None:
        return ()
    return windows_stars(stream, slot.exif, edit.rating)


def _splices(slot: PacketSlot, edit: XmpEdit, labels: LabelSet, profile: Profile) -> tuple[Splice, ...]:
    if edit == XmpEdit():
        return ()
    packet = _packet(slot)
    if packet is None:
        return put_edited(slot, wrapped(new_packet(edit, labels, profile=profile)))
    edited = edit_packet(packet, edit, labels, profile)
    return () if edited is packet else put_edited(slot, edited)


def _packet(slot: PacketSlot) -> bytes | None:
    """Return the packet without a zero byte at its end, which some cameras write and no XML parser takes."""
    return None if slot.packet is None else slot.packet.rstrip(b"\0")
