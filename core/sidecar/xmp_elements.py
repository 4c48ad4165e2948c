"""New elements of a packet: lists, texts in languages and structures, set like what is there already."""

import re
from collections.abc import Iterable

from core.language import say
from core.sidecar.splices import Splice
from core.sidecar.xmp_namespaces import USUAL_PREFIXES, Name
from core.sidecar.xmp_packet import Description, Packet, PacketError

REFUSED = say("It cannot be edited without harm; it was left as it is.")

_START_TAG_END = re.compile(rb"\s*(/?)>")
_TAG_NAME = re.compile(rb"<([^\s/>]+)")


def home_of(packet: Packet, namespace: str) -> Description:
    """Return the Description that a new element goes into: one that knows its namespace, or else the first."""
    knowing = (one for one in packet.descriptions if namespace in one.prefixes.values())
    return next(knowing, packet.descriptions[0])


def insertion(data: bytes, home: Description, elements: Iterable[bytes]) -> Splice:
    """Put elements first into a Description, each on a line of its own where its attributes are."""
    end = _START_TAG_END.match(data, home.end)
    if end is None:
        raise PacketError(REFUSED)
    text = b"".join(home.space + element for element in elements)
    if not end[1]:
        return Splice(end.end(), end.end(), text)
    return Splice(home.end, end.end(), b">%s%s</%s>" % (text, home.space, _tag_of(data, home)))


class Prefixes:
    """The prefixes of namespaces within a new element, and the declarations of those the Description does not know.

    Args:
        home: where the element goes.
    """

    def __init__(self, home: Description) -> None:
        self._known = {uri: prefix for prefix, uri in reversed(home.prefixes.items()) if prefix}
        self._taken = set(home.prefixes)
        self._declared: dict[str, str] = {}

    def tag(self, name: Name) -> bytes:
        """Return the name of an element or attribute as it is written."""
        prefix = self._known.get(name.namespace)
        if prefix is None:
            usual = USUAL_PREFIXES[name.namespace]
            names = (usual, *(f"{usual}{number}" for number in range(1, len(self._taken) + 2)))
            prefix = next(one for one in names if one not in self._taken)
            self._known[name.namespace] = prefix
            self._declared[prefix] = name.namespace
            self._taken.add(prefix)
        return f"{prefix}:{name.local}".encode()

    @property
    def declarations(self) -> bytes:
        """What the outermost start tag has to declare, once all names were asked for."""
        return b"".join(
            b' xmlns:%s="%s"' % (prefix.encode(), uri.encode()) for prefix, uri in self._declared.items()
        )


def _tag_of(data: bytes, home: Description) -> bytes:
    """Return the name of a Description's tag as written: no attribute holds the sign that begins it."""
    match = _TAG_NAME.match(data, data.rfind(b"<", 0, home.end))
    if match is None:
        raise PacketError(REFUSED)
    return match[1]
