"""Where the properties of an XMP packet stand in its bytes, as the XML parser expat saw them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from core.errors import ShortlistError
from core.language import say
from core.sidecar.xmp_namespaces import META, RDF, XML, Name

Span = tuple[int, int]
"""Offsets of the first byte and of the byte after the last."""

_SEPARATOR = " "  # between namespace and local name in expat's names; no local name has one
_TAG_NAME = re.compile(rb"<([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"""(\s+)([^\s=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG_END = re.compile(rb"\s*/?>")
_SPACE = b" \t\r\n"
_DEEPEST, _MOST_PREFIXES, _MOST_NODES = 200, 1000, 250_000  # each far beyond any real packet
# What expat says where a file ends too early: within a tag, a character, a section, or with elements still open.
_CUT_OFF = {
    expat.errors.codes[text]
    for text in (
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_NO_ELEMENTS,
    )
}
_HOLE = bytes(8)  # no text has as many zeros in a row, in whatever encoding
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
    | {char: f"&#{ord(char)};" for char in "\t\n\r"}
)


class PacketError(ShortlistError):
    """A packet is refused; the message says why, for the user, without naming a file."""


def escape(text: str) -> bytes:
    """Return the text as it stands in an attribute or an element, in UTF-8."""
    return text.translate(_ESCAPES).encode()


@dataclass(frozen=True, slots=True)
class Property:
    """One property of the picture.

    Attributes:
        value: its text, or None where it is no plain text (a list, a structure, a reference). Of a value with
            qualifiers (``rdf:value``) the value alone.
        whole: the attribute or element, with the white space before it.
        inner: the bytes a new value takes the place of.
        tag: of the element that holds the value, its name as written where it is empty (``<xmp:Label/>``): a new
            value opens it up.
        items: the texts of a list (``rdf:Bag``, ``rdf:Seq``, ``rdf:Alt``); empty for all else.
    """

    name: Name
    value: str | None
    whole: Span
    inner: Span
    tag: bytes = b""
    items: tuple[str, ...] = ()

    def replacement(self, value: str) -> bytes:
        """Return what stands in place of ``inner`` once the property has this value."""
        return b">%s</%s>" % (escape(value), self.tag) if self.tag else escape(value)


@dataclass(frozen=True, slots=True)
class Description:
    """An ``rdf:Description`` of the picture, directly within ``rdf:RDF``.

    Attributes:
        about: the URI it is about, mostly "".
        prefixes: namespace URI by prefix, as in force inside its start tag.
        end: offset after its last attribute, where further ones can be added.
        space: the white space before its last attribute: how this file sets its attributes.
        quote: the quotation mark of its last attribute.
    """

    about: str
    prefixes: dict[str, str]
    end: int
    space: bytes
    quote: bytes
    properties: list[Property] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Packet:
    """What is known of a packet.

    Attributes:
        toolkit: ``x:xmptk``, the program that made the packet; "" where it does not say.
        descriptions: those of the picture, in order; at least one.
        data: its bytes, which all offsets are places in.
    """

    toolkit: str
    descriptions: tuple[Description, ...]
    data: bytes = field(default=b"", repr=False, compare=False)

    @property
    def properties(self) -> Iterable[Property]:
        """All properties of the picture, in order."""
        return (found for description in self.descriptions for found in description.properties)

    def find(self, name: Name) -> list[Property]:
        """Return the properties of that name, in order; more than one where the file repeats itself."""
        return [found for found in self.properties if found.name == name]

    def value(self, name: Name) -> str | None:
        """Return the text of the first property of that name, without white space around it; of a list, its first."""
        first = next(iter(self.find(name)), None)
        if first is None:
            return None
        text = first.items[0] if first.value is None and first.items else first.value
        return None if text is None else text.strip()

    def items(self, name: Name) -> tuple[str, ...]:
        """Return the texts of the first list of that name, as written."""
        return next((found.items for found in self.find(name)), ())


def parse(data: bytes) -> Packet:
    """Find the properties of a packet.

    Args:
        data: a whole sidecar, with or without a byte order mark and an ``xpacket`` wrapper; zero bytes that some
            programs leave behind it do not count.

    Raises:
        PacketError: it is not sound UTF-8 XML with one ``rdf:RDF`` about one picture, or it has a DOCTYPE
            (whose entities could make any text of any other).
    """
    if is_blank(data):
        if b"\0" in data:
            raise PacketError(
                say("It holds nothing but zeros; the power may have failed while it was written.")
            )
        raise PacketError(say("The file is empty."))
    if _HOLE in data.rstrip(b"\0"):
        raise PacketError(
            say("Part of it is nothing but zeros; the power may have failed while it was written.")
        )
    if data.startswith(_WIDE) or data[1:2] == b"\0":
        raise PacketError(say("It is in UTF-16 or UTF-32; only UTF-8 can be edited without loss."))
    return _Parser(data.rstrip(b"\0")).packet()


def is_blank(data: bytes) -> bool:
    """Tell whether a file holds nothing that could be lost: no byte, or only white space and zeros."""
    return not data.strip(_SPACE + b"\0")


@dataclass(frozen=True, slots=True)
class _Attribute:
    space: bytes  # before it
    name: bytes
    whole: Span
    inner: Span


@dataclass(frozen=True, slots=True)
class _Content:
    inner: Span  # and ``tag``: as in ``Property``
    stop: int  # behind the end tag
    tag: bytes = b""
    text: str | None = None


class _Parser:
    """One parse. Expat vouches for sound XML and tells offsets; the tags themselves are cut up here."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._open: list[str] = []  # names of the open elements, outermost first
        self._scopes: list[dict[str, str]] = [{"xml": XML}]  # prefixes in force, one entry an open element
        self._declared: dict[str, str] = {}  # by the start tag to come
        self._toolkit = ""
        self._rdf_depth = 0
        self._descriptions: list[Description] = []
        self._description: Description | None = None
        self._text: list[str] = []  # of the property element that is open
        self._plain = True  # whether that one is only text
        self._items: list[str] = []  # of the list within it
        self._qualified: _Content | None = None  # its rdf:value, where it has qualifiers
        self._tag = self._value_tag = (0, 0)  # its start tag, and that of its rdf:value
        self._nodes = 0  # elements and attributes
        self._expat = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self._expat.buffer_text = True
        self._expat.XmlDeclHandler = self._on_declaration
        self._expat.StartDoctypeDeclHandler = self._on_doctype
        self._expat.StartNamespaceDeclHandler = self._on_prefix
        self._expat.StartElementHandler = self._on_start
        self._expat.EndElementHandler = self._on_end
        self._expat.CharacterDataHandler = self._text.append

    def packet(self) -> Packet:
        try:
            self._expat.Parse(self._data, True)
        except expat.ExpatError as error:
            if error.code in _CUT_OFF:
                raise PacketError(
                    say(
                        "It is not well-formed XML: it ends before its end, cut off maybe by a full disk or when the "
                        "power failed."
                    )
                ) from error
            cause = expat.ErrorString(error.code)
            raise PacketError(
                say("It is not well-formed XML (line {line}: {cause}).", line=error.lineno, cause=cause)
            ) from error
        if not self._rdf_depth:
            raise PacketError(say("It holds no XMP (no rdf:RDF)."))
        if not self._descriptions:
            raise PacketError(say("It does not describe a picture (no rdf:Description)."))
        if len({found.about for found in self._descriptions if found.about}) > 1:
            raise PacketError(say("It describes more than one picture."))
        return Packet(self._toolkit, tuple(self._descriptions), self._data)

    def _on_declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() != "utf-8":
            raise PacketError(
                say("It is in {encoding}; only UTF-8 can be edited without loss.", encoding=encoding)
            )

    def _on_doctype(self, *_: object) -> None:
        raise PacketError(say("It has a document type declaration, which XMP does not allow."))

    def _on_prefix(self, prefix: str | None, uri: str | None) -> None:
        self._declared[prefix or ""] = uri or ""

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._scopes.append(self._scopes[-1] | self._declared if self._declared else self._scopes[-1])
        self._declared = {}
        self._open.append(name)
        self._nodes += 1 + len(attributes)
        depth = len(self._open)
        if depth > _DEEPEST or len(self._scopes[-1]) > _MOST_PREFIXES or self._nodes > _MOST_NODES:
            raise PacketError(say("It is far too large or too deep to be metadata of a photo."))
        if name == _name(RDF, "RDF") and depth <= 2:
            if self._rdf_depth:
                raise PacketError(say("It holds more than one XMP packet."))
            self._rdf_depth = depth
        elif depth == self._rdf_depth + 1 and depth > 1 and self._open[-2] == _name(RDF, "RDF"):
            self._description = self._start_description(name, attributes)
        elif self._description and depth == self._rdf_depth + 2:
            self._start_property(attributes)
        elif self._description and depth > self._rdf_depth + 2:
            self._plain = False
            self._text.clear()
            self._start_within(name, attributes)
        elif depth == 1:
            self._toolkit = attributes.get(_name(META, "xmptk"), "")

    def _on_end(self, name: str) -> None:
        depth = len(self._open)
        if self._description and depth == self._rdf_depth + 2:
            self._end_property(name)
        elif self._description and name == _VALUE and self._may_be_value():
            content = self._content(self._value_tag)
            self._qualified = self._qualified or replace(content, text="".join(self._text))
        elif self._description and depth == self._rdf_depth + 4 and name == _name(RDF, "li"):
            self._items.append("".join(self._text))
        elif depth == self._rdf_depth + 1:
            self._description = None
        self._open.pop()
        self._scopes.pop()

    def _start_description(self, name: str, attributes: dict[str, str]) -> Description | None:
        """Return the description that starts; None for what is not about the picture.

        That is blank nodes, and nodes of other types.
        """
        if name != _name(RDF, "Description") or {_name(RDF, "nodeID"), _name(RDF, "ID")} & attributes.keys():
            return None
        prefixes = self._scopes[-1]
        end, written = self._cut_tag(self._expat.CurrentByteIndex)
        space, quote = b" ", b'"'
        properties = []
        for attribute in written:
            space = attribute.space
            quote = self._data[attribute.inner[1] : attribute.whole[1]]
            prefix, colon, local = attribute.name.decode().partition(":")
            if not colon or prefix == "xmlns" or prefixes[prefix] in (RDF, XML):
                continue
            found = Name(prefixes[prefix], local)
            value = attributes[_name(*found)]
            properties.append(Property(found, value, attribute.whole, attribute.inner))
        about = attributes.get(_name(RDF, "about"), attributes.get("about", ""))  # RDF of 1999 has it bare
        description = Description(about, prefixes, end, space, quote, properties)
        self._descriptions.append(description)
        return description

    def _start_property(self, attributes: dict[str, str]) -> None:
        self._tag = self._start_tag()
        self._plain = attributes.keys() <= {_name(XML, "lang")}
        self._text.clear()
        self._items.clear()
        self._qualified = self._value_attribute(attributes)

    def _start_within(self, name: str, attributes: dict[str, str]) -> None:
        """Look for ``rdf:value``, the value of a property with qualifiers (RDF/XML; XMP part 1, 7.8)."""
        if name == _VALUE and self._may_be_value():
            self._value_tag = self._start_tag()
        elif name == _name(RDF, "Description") and len(self._open) == self._rdf_depth + 3:
            self._qualified = self._qualified or self._value_attribute(attributes)

    def _may_be_value(self) -> bool:
        """Tell whether expat is directly within the property, or in the one description that stands there."""
        within = self._open[self._rdf_depth + 2 : -1]
        return within in ([], [_name(RDF, "Description")])

    def _value_attribute(self, attributes: dict[str, str]) -> "_Content | None":
        if _VALUE not in attributes:
            return None
        _, written = self._cut_tag(self._expat.CurrentByteIndex)
        prefixes = {f"{prefix}:value".encode() for prefix, uri in self._scopes[-1].items() if uri == RDF}
        inner = next(one.inner for one in written if one.name in prefixes)
        return _Content(inner, inner[1], b"", attributes[_VALUE])

    def _end_property(self, name: str) -> None:
        assert self._description is not None
        namespace, _, local = name.rpartition(_SEPARATOR)
        start = self._tag[0]
        while self._data[start - 1] in _SPACE:
            start -= 1
        content = self._content(self._tag)
        whole = start, content.stop
        if self._plain:
            content = replace(content, text="".join(self._text))
        elif self._qualified is not None:
            content = self._qualified
        found = Property(
            Name(namespace, local), content.text, whole, content.inner, content.tag, tuple(self._items)
        )
        self._description.properties.append(found)

    def _start_tag(self) -> Span:
        """Return the start tag that expat is at."""
        start = self._expat.CurrentByteIndex
        end, _ = self._cut_tag(start)
        closing = _TAG_END.match(self._data, end)
        assert closing is not None
        return start, closing.end()

    def _content(self, tag: Span) -> "_Content":
        """Return what stands in the element that ends where expat is now; its text is still unknown.

        Args:
            tag: the one that began it.
        """
        at = self._expat.CurrentByteIndex
        if at == tag[1] and self._data[at - 2 : at] == b"/>":  # expat ends it where it began
            return _Content((at - 2, at), at, self._tag_name(tag[0]))
        return _Content((tag[1], at), self._data.index(b">", at) + 1)

    def _cut_tag(self, start: int) -> tuple[int, list[_Attribute]]:
        """Return where the last attribute of a start tag ends, and all of them as written."""
        end = start + 1 + len(self._tag_name(start))
        attributes = []
        while match := _ATTRIBUTE.match(self._data, end):
            inner = match.span(3) if match.group(3) is not None else match.span(4)
            attributes.append(_Attribute(match[1], match[2], match.span(), inner))
            end = match.end()
        return end, attributes

    def _tag_name(self, start: int) -> bytes:
        match = _TAG_NAME.match(self._data, start)
        assert match is not None
        return match.group(1)


def _name(namespace: str, local: str) -> str:
    return f"{namespace}{_SEPARATOR}{local}"


_VALUE = _name(RDF, "value")
