"""When a picture was taken and what it shows, as agencies' programs write it: in IPTC records (IIM 4.2, chapter 6)."""

from collections.abc import Iterator

from core.ingest.camera_time import CameraTime, parse_time
from core.types import WrittenWords

_RESOURCE, _IPTC = b"8BIM", 0x0404  # of Photoshop's resources, the one that holds the records
_MOST = 10_000  # records, or resources
_APPLICATION, _DATE_CREATED, _TIME_CREATED = 2, 55, 60
# Keywords; title, headline, caption; sublocation, city, state, country.
_KEYWORDS, _TITLES, _PLACES = (25,), (5, 105, 120), (92, 90, 95, 101)
_MOST_WORDS = 200  # of one kind


def iptc_time(block: bytes) -> CameraTime | None:
    """Read "date created" with "time created"; None where either is missing.

    Args:
        block: records, or Photoshop's image resources with the records in one of them.
    """
    records = dict(reversed(list(_records(block))))
    day, clock = (records.get(number, b"").decode("latin-1") for number in (_DATE_CREATED, _TIME_CREATED))
    return parse_time(f"{day} {clock}") if day and clock else None


def iptc_words(block: bytes) -> WrittenWords:
    """Read keywords, titles, captions and places.

    Args:
        block: as for ``iptc_time``.
    """
    found: dict[int, list[str]] = {}
    for number, value in _records(block):
        text = _text(value).strip()
        if text and len(found.setdefault(number, [])) < _MOST_WORDS:
            found[number].append(text)
    keywords, titles, places = (
        tuple(dict.fromkeys(text for number in numbers for text in found.get(number, ())))
        for numbers in (_KEYWORDS, _TITLES, _PLACES)
    )
    return WrittenWords(keywords, titles, places)


def iptc_numbers(block: bytes) -> frozenset[int]:
    """Return the numbers of the records that say anything.

    Args:
        block: as for ``iptc_time``.
    """
    return frozenset(number for number, value in _records(block) if value.strip(b" \0"))


def _text(value: bytes) -> str:
    """Decode a text: the records may name their character set, and mostly lie where they do."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


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


def _records(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and value of the data sets of the application record, in order.

    Args:
        block: records, or Photoshop's image resources with the records in one of them.
    """
    if block.startswith(_RESOURCE):
        block = _from_resources(block)
    at = 0
    for _ in range(_MOST):
        if block[at : at + 1] != b"\x1c" or at + 5 > len(block):
            break
        length = int.from_bytes(block[at + 3 : at + 5], "big")
        if length & 0x8000:  # of those longer than 32 KB, which no date is
            break
        if block[at + 1] == _APPLICATION:
            yield block[at + 2], block[at + 5 : at + 5 + length]
        at += 5 + length
