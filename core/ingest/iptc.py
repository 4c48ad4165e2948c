"""When a picture was taken, as agencies' programs write it: in IPTC records (IIM 4.2, chapter 6)."""

from core.ingest.camera_time import CameraTime, parse_time

_RESOURCE, _IPTC = b"8BIM", 0x0404  # of Photoshop's resources, the one that holds the records
_MOST = 10_000  # records, or resources
_APPLICATION, _DATE_CREATED, _TIME_CREATED = 2, 55, 60


def iptc_time(block: bytes) -> CameraTime | None:
    """Read "date created" with "time created"; None where either is missing.

    Args:
        block: records, or Photoshop's image resources with the records in one of them.
    """
    records = _records(_from_resources(block) if block.startswith(_RESOURCE) else block)
    day, clock = records.get(_DATE_CREATED, ""), records.get(_TIME_CREATED, "")
    return parse_time(f"{day} {clock}") if day and clock else None


def _from_resources(resources: bytes) -> bytes:
    """Find the records among Photoshop's resources: a mark, a number, a name and the length of each, padded to even."""
    at = 0
    for _ in range(_MOST):
        if resources[at : at + 4] != _RESOURCE:
            break
        number = int.from_bytes(resources[at + 4 : at + 6], "big")
        name = resources[at + 6] if at + 6 < len(resources) else 0
        start = at + 6 + (name + 2) // 2 * 2
        length = int.from_bytes(resources[start : start + 4], "big")
        start += 4
        if number == _IPTC:
            return resources[start : start + length]
        at = start + length + length % 2
    return b""


def _records(block: bytes) -> dict[int, str]:
    """Read the first value of each data set of the application record."""
    found: dict[int, str] = {}
    at = 0
    for _ in range(_MOST):
        if block[at : at + 1] != b"\x1c" or at + 5 > len(block):
            break
        length = int.from_bytes(block[at + 3 : at + 5], "big")
        if length & 0x8000:  # of those longer than 32 KB, which no date is
            break
        if block[at + 1] == _APPLICATION:
            found.setdefault(block[at + 2], block[at + 5 : at + 5 + length].decode("latin-1"))
        at += 5 + length
    return found
