"""One property of a packet as a tree of elements with their places in the bytes: for structures within lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from core.sidecar.xmp_elements import REFUSED
from core.sidecar.xmp_namespaces import RDF, XML, Name
from core.sidecar.xmp_packet import Packet, PacketError, Property, Span

_DESCRIPTION = Name(RDF, "Description")
_LISTS = (Name(RDF, "Bag"), Name(RDF, "Seq"), Name(RDF, "Alt"))
_SEPARATOR = " "


@dataclass(slots=True)
class Element:
    """One element.

    Attributes:
        whole: from its start tag to behind its end tag.
        inner: what is between its tags; where it is empty (``<rdf:Bag/>``) there is nothing.
        text: directly within it.
    """

    name: Name
    attributes: dict[Name, str]
    whole: Span
    inner: Span
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    @property
    def is_collapsed(self) -> bool:
        """Whether it is written without an end tag."""
        return self.inner[1] == self.whole[1]

    def parts(self) -> dict[Name, "Element | str"]:
        """Return the parts of a structure by name: attributes, elements, and those of a Description within it."""
        found: dict[Name, Element | str] = {
            name: value for name, value in self.attributes.items() if name.namespace not in ("", RDF, XML)
        }
        for child in self.children:
            if child.name == _DESCRIPTION:
                found |= child.parts()
            else:
                found[child.name] = child
        return found

    def value(self, name: Name) -> str:
        """Return the text of a part, without white space around it; "" where there is none."""
        part = self.parts().get(name, "")
        return (part if isinstance(part, str) else part.text).strip()

    def list_within(self) -> "Element | None":
        """Return the list that this part holds."""
        return next((child for child in self.children if child.name in _LISTS), None)

    def items(self) -> Iterator["Element"]:
        """Yield the items of a list."""
        return (child for child in self.children if child.name == Name(RDF, "li"))


def tree_of(packet: Packet, found: Property) -> Element:
    """Return a property's element.

    Args:
        packet: as ``parse`` found it.
        found: a property of it that is no attribute.

    Raises:
        PacketError: it is none that can be understood by itself.
    """
    home = next(one for one in packet.descriptions if any(each is found for each in one.properties))
    declared = b"".join(
        b' xmlns%s="%s"' % (b":" + prefix.encode() if prefix else b"", _escaped(uri))
        for prefix, uri in home.prefixes.items()
        if prefix != "xml"
    )
    head = b"<around%s>" % declared
    return _Tree(head, packet.data[slice(*found.whole)], found.whole[0]).root()


def _escaped(uri: str) -> bytes:
    return uri.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode()


class _Tree:
    """Builds the tree; ``start`` is where the text lies in the packet."""

    def __init__(self, head: bytes, text: bytes, start: int) -> None:
        self._text = head + text + b"</around>"
        self._moved = start - len(head)
        self._open: list[Element] = []
        self._root: Element | None = None
        self._expat = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters

    def root(self) -> Element:
        try:
            self._expat.Parse(self._text, True)
        except expat.ExpatError as error:
            raise PacketError(REFUSED) from error
        if self._root is None:
            raise PacketError(REFUSED)
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._expat.CurrentByteIndex
        element = Element(
            _name(name), {_name(one): value for one, value in attributes.items()}, (at, at), (at, at)
        )
        if len(self._open) == 1:
            self._root = self._root or element
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _characters(self, text: str) -> None:
        self._open[-1].text += text

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        at, begun = self._expat.CurrentByteIndex, element.whole[0]
        start = self._behind_start_tag(begun)
        if self._text[start - 2 : start] == b"/>":
            inner, behind = (start, start), start
        else:
            inner, behind = (start, at), self._text.index(b">", at) + 1
        element.whole = begun + self._moved, behind + self._moved
        element.inner = inner[0] + self._moved, inner[1] + self._moved

    def _behind_start_tag(self, at: int) -> int:
        """Return where a start tag ends: at the first ``>`` outside quotes."""
        quote = 0
        while quote or self._text[at] != 0x3E:
            sign = self._text[at]
            if quote:
                quote = 0 if sign == quote else quote
            elif sign in b"\"'":
                quote = sign
            at += 1
        return at + 1


def _name(name: str) -> Name:
    namespace, _, local = name.rpartition(_SEPARATOR)
    return Name(namespace, local)
