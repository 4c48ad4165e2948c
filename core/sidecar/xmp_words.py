"""What a packet says in words of what its picture shows."""

import re
from collections.abc import Iterator

from core.sidecar.xmp_namespaces import (
    CITY,
    COUNTRY,
    DESCRIPTION,
    DIGIKAM_TAGS,
    HEADLINE,
    HIERARCHICAL_SUBJECT,
    LOCATION,
    STATE,
    SUBJECT,
    TITLE,
    Name,
)
from core.sidecar.xmp_packet import Packet
from core.sidecar.xmp_regions import named_faces
from core.types import WrittenWords

MOST_WORDS, LONGEST_TEXT = 200, 2000
"""Keywords and characters of one text that are kept; nobody searches beyond."""

_LEVELS = re.compile(r"[|/]")  # Lightroom's, digiKam's
_SEPARATORS = re.compile(r"[;,]")  # where somebody put a list into one text


def words_of(packet: Packet) -> WrittenWords:
    """Read keywords, titles, captions, places and named faces."""
    keywords = [
        *_texts(packet, SUBJECT, separated=True),
        *(_leaf(text) for name in (HIERARCHICAL_SUBJECT, DIGIKAM_TAGS) for text in _texts(packet, name)),
    ]
    return WrittenWords(
        _each_once(keywords),
        _each_once([text for name in (TITLE, HEADLINE, DESCRIPTION) for text in _texts(packet, name)]),
        _each_once([text for name in (LOCATION, CITY, STATE, COUNTRY) for text in _texts(packet, name)]),
        named_faces(packet)[:MOST_WORDS],
    )


def _texts(packet: Packet, name: Name, *, separated: bool = False) -> Iterator[str]:
    for found in packet.find(name):
        if found.value is None:
            yield from found.items
        elif separated:
            yield from _SEPARATORS.split(found.value)
        else:
            yield found.value


def _leaf(path: str) -> str:
    return _LEVELS.split(path)[-1]


def _each_once(texts: list[str]) -> tuple[str, ...]:
    stripped = (text.strip()[:LONGEST_TEXT] for text in texts)
    return tuple(dict.fromkeys(text for text in stripped if text))[:MOST_WORDS]
