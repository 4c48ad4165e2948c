"""When a picture was taken and how it is to be turned, by its packet."""

from core.ingest.camera_time import CameraTime, parse_time
from core.ingest.capture_time import PacketTimes
from core.sidecar.xmp_namespaces import (
    CREATE_DATE,
    DATE_CREATED,
    DATE_DIGITIZED,
    DATE_TAKEN,
    OFFSET_DIGITIZED,
    OFFSET_TAKEN,
    ORIENTATION,
    Name,
)
from core.sidecar.xmp_packet import Packet


def times_of(packet: Packet) -> PacketTimes:
    """Read the times that a packet gives for its picture."""
    taken = _time(packet, DATE_TAKEN, OFFSET_TAKEN) or _time(packet, DATE_CREATED)
    digitized = _time(packet, DATE_DIGITIZED, OFFSET_DIGITIZED) or _time(packet, CREATE_DATE)
    return PacketTimes(taken, digitized)


def orientation_of(packet: Packet) -> int | None:
    """Read the orientation, 1 to 8 as in Exif; None where there is none."""
    text = packet.value(ORIENTATION) or ""
    return int(text) if len(text) == 1 and text in "12345678" else None


def _time(packet: Packet, name: Name, offset: Name | None = None) -> CameraTime | None:
    ahead = packet.value(offset) if offset is not None else None
    return parse_time(packet.value(name) or "", offset=ahead or "")
