"""Adding keywords to a packet: only added, never taken away, so that nobody's own word is lost.

A keyword stands in ``dc:subject``, which every program reads, and below our heading in ``lr:hierarchicalSubject``, by
which Lightroom, Bridge and digiKam know its place among keywords ("Shortlist|Rings").
"""

import re
from collections.abc import Sequence

from core.language import say
from core.sidecar.splices import Splice, apply
from core.sidecar.xmp_elements import Prefixes, home_of, insertion
from core.sidecar.xmp_namespaces import HIERARCHICAL_SUBJECT, RDF, SUBJECT, Name
from core.sidecar.xmp_packet import Packet, PacketError, Property, escape, parse

HEADING = "Shortlist"
"""Under which our keywords stand where keywords have a hierarchy."""

_REFUSED = say("Its keywords cannot be added to without harm; it was left as it is.")
_LIST_START = re.compile(rb"\s*<(?:([^\s:/>]+):)?(Bag|Seq|Alt)\b[^>]*?(/?)>")


def add_keywords(data: bytes, keywords: Sequence[str]) -> bytes:
    """Add keywords that are not there yet, leaving every other byte as it is.

    Args:
        data: a whole sidecar, or the packet embedded in a photo.
        keywords: none with a ``|``, which parts levels.

    Returns:
        The edited bytes; ``data`` itself where all of them are there.

    Raises:
        PacketError: the packet cannot be edited without loss.
    """
    for name, words in (
        (SUBJECT, keywords),
        (HIERARCHICAL_SUBJECT, [f"{HEADING}|{keyword}" for keyword in keywords]),
    ):
        data = add_to_list(data, name, words)
    return data


def add_to_list(data: bytes, name: Name, words: Sequence[str]) -> bytes:
    """Add to one list what is not there yet; as ``add_keywords``."""
    packet = parse(data)
    found = packet.find(name)
    known = {item.strip() for one in found for item in one.items}
    missing = [word for word in dict.fromkeys(words) if word not in known]
    if not missing:
        return data
    splice = _longer_list(data, found[0], missing) if found else _new_list(data, packet, name, missing)
    result = apply(data, [splice])
    _check(packet, result, name, missing)
    return result


def _longer_list(data: bytes, found: Property, words: Sequence[str]) -> Splice:
    """Put the words at the end of a list that is there, set like its other items."""
    start, end = found.inner
    begun = _LIST_START.match(data, start, end)
    if begun is None or found.value is not None:
        raise PacketError(_REFUSED)
    prefix = begun[1] + b":" if begun[1] else b""
    if begun[3]:  # an empty list: <rdf:Bag/>
        slash = begun.end() - 2
        tag = prefix + begun[2]
        return Splice(slash, begun.end(), b">%s</%s>" % (_items(prefix, words), tag))
    closing = data.rfind(b"</", start, end)
    last = data.rfind(b">", start, closing) + 1  # of the last item
    between = data[begun.end() : data.find(b"<", begun.end())]  # how this file sets items apart
    space = between if not between.strip() else b""
    return Splice(last, last, _items(prefix, words, space))


def _new_list(data: bytes, packet: Packet, name: Name, words: Sequence[str]) -> Splice:
    """Make a list of its own, first in the Description that knows the namespace, or else in the first."""
    home = home_of(packet, name.namespace)
    prefixes = Prefixes(home)
    tag, bag, item = (prefixes.tag(one) for one in (name, Name(RDF, "Bag"), Name(RDF, "li")))
    items = _items(item.removesuffix(b"li"), words)
    element = b"<%s%s><%s>%s</%s></%s>" % (tag, prefixes.declarations, bag, items, bag, tag)
    return insertion(data, home, [element])


def _items(prefix: bytes, words: Sequence[str], space: bytes = b"") -> bytes:
    return b"".join(b"%s<%sli>%s</%sli>" % (space, prefix, escape(word), prefix) for word in words)


def _check(before: Packet, result: bytes, name: Name, words: Sequence[str]) -> None:
    """Make sure the result says what was meant, and all else as before."""
    try:
        after = parse(result)
    except PacketError as error:
        raise PacketError(_REFUSED) from error
    meant = after.items(name) == (*before.items(name), *words)
    if not meant or _others(before, name) != _others(after, name):
        raise PacketError(_REFUSED)


def _others(packet: Packet, name: Name) -> list[tuple[Name, str | None, tuple[str, ...]]]:
    return sorted(
        ((one.name, one.value, one.items) for one in packet.properties if one.name != name), key=repr
    )
