"""A photo of the shoot, and what its files say of how it was taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from core.types.aim import NO_AIM, Aim
from core.types.ids import PhotoId
from core.types.marks import Marks
from core.types.written import WrittenWords

_NO_TEXT = re.compile("[\ud800-\udfff]")


class TimeSource(StrEnum):
    """Where ``Photo.taken_at`` comes from."""

    EXIF = "exif"
    FILE = "file"  # the file's modification time: a fallback, and shown as one


@dataclass(frozen=True, slots=True)
class Shot:
    """How the frame was exposed; None where the file does not say.

    Attributes:
        exposure_time: seconds.
        f_number: the aperture's f-number.
        iso: sensitivity as written by the camera.
        focal_length: millimetres, not converted to 35 mm.
        exposure_bias: EV, the compensation dialled in; steps of it tell a bracket.
        burst_id: a maker's own id of the burst, "" where there is none.
        auto_bracket: the camera was set to bracket its exposure by itself.
        lens: its model for people to read, "" where the file does not say.
        focus_bracket: the camera was set to shift its focus from frame to frame by itself.
    """

    exposure_time: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length: float | None = None
    exposure_bias: float | None = None
    burst_id: str = ""
    auto_bracket: bool = False
    lens: str = ""
    focus_bracket: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """How a photo's time compares with that of other zones; see ``core.grouping.real_time``.

    Attributes:
        usual: by how much the time of ``Photo.moment`` is ahead of UTC while the camera's clock stands as mostly.
        turned: by how much more it was ahead when the photo was taken: an hour of summer time, or a journey.
    """

    usual: timedelta
    turned: timedelta


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo of the shoot: a file, with the files that belong to it.

    Attributes:
        path: absolute path of the file that is shown and analysed.
        companions: other files of the same frame (the RAW of a JPEG, the film of a Live Photo).
        taken_at: the camera's clock, without time zone, with sub-seconds.
        utc_offset_minutes: the clock's offset where the file tells it.
        camera: serial number, else model, else ""; clocks are compared only within one camera.
        camera_name: maker and model for people to read.
        clock_shift: what turns this camera's time into the shoot's; None where its clock was never set against
            another's, so that its times compare with its own only.
        zone: what makes a real time of it; None where no file of the shoot tells its offset.
        orientation: the EXIF value, 1 to 8, by which it is shown.
        turn: the same where it is a sidecar's word against the file's own; else 0.
        width, height: pixels as stored, before orientation; 0 where not known before decoding.
        mtime_ns: with ``path`` and ``size_bytes`` the key under which measures are kept.
        content: what the file holds, the same for copies of it (``core.ingest.content``); "" where it was not read.
        marks: those embedded in the file itself.
        words: what the file, or a sidecar, says in words of what the picture shows.
        aim: where the camera focused, in the picture as stored.
        is_film: it is a film on its own: shown by a frame, decided on and exported like all others, never measured.
    """

    id: PhotoId
    path: Path
    companions: tuple[Path, ...] = ()
    taken_at: datetime | None = None
    time_source: TimeSource = TimeSource.FILE
    utc_offset_minutes: int | None = None
    camera: str = ""
    camera_name: str = ""
    orientation: int = 1
    width: int = 0
    height: int = 0
    size_bytes: int = 0
    mtime_ns: int = 0
    content: str = ""
    shot: Shot = field(default_factory=Shot)
    marks: Marks = field(default_factory=Marks)
    clock_shift: timedelta | None = None
    zone: Zone | None = None
    turn: int = 0
    words: WrittenWords = field(default_factory=WrittenWords)
    aim: Aim = NO_AIM
    is_film: bool = False

    @property
    def name(self) -> str:
        """What its file is called, to be read: bytes that are no text stand as "�"."""
        return legible(self.path.name)

    @property
    def moment(self) -> datetime | None:
        """What a clock on the wall showed when it was taken, if it goes by the shoot's: what people are shown.

        ``taken_at`` stays what the camera wrote, as exports do.
        """
        return _moved(self.taken_at, self.clock_shift) if self.clock_shift else self.taken_at

    @property
    def instant(self) -> datetime | None:
        """When it was really taken: what photos are put in order by, and what is between them is counted by."""
        if self.zone is None:
            return self.moment
        return _moved(self.moment, -(self.zone.usual + self.zone.turned))

    @property
    def clock_time(self) -> datetime | None:
        """What the camera's clock would have shown, had nobody turned it in the course of the shoot."""
        return _moved(self.taken_at, None if self.zone is None else -self.zone.turned)


def legible(name: str) -> str:
    """Return a name as it can be shown: what of it is no text would vanish, and two files would look like one."""
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", name)


def _moved(time: datetime | None, by: timedelta | None) -> datetime | None:
    if time is None or not by:
        return time
    try:
        return time + by
    except OverflowError:  # a broken clock near the end of the calendar
        return time


ClockSettings = Mapping[str, timedelta | None]
"""By camera: what to add to its times; None where the user wants its clock left alone. Others were never asked for."""
