"""Filling in the fields of a metadata template, leaving every other byte of a packet as it is.

What a packet says already stays, unless the user wants it replaced; keywords are only ever added. A field that is
replaced is replaced as a whole, in all its languages: what it said in another one would speak of another picture.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from core.sidecar.metadata_fields import FIELD_OF, Form, MetadataField
from core.sidecar.splices import Splice, apply
from core.sidecar.xmp_contact import element_of, parts_of, with_parts
from core.sidecar.xmp_elements import REFUSED, Prefixes, home_of, insertion
from core.sidecar.xmp_keywords import add_to_list
from core.sidecar.xmp_namespaces import CONTACT, RDF, Name
from core.sidecar.xmp_packet import Description, Packet, PacketError, Property, escape, parse
from core.sidecar.xmp_properties import set_properties

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LISTS = {Form.LANGUAGES: "Alt", Form.ORDERED: "Seq", Form.BAG: "Bag"}
_EMPTY_LIST = re.compile(rb"\s*(<(?:[^\s:/>]+:)?(?:Bag|Seq|Alt)\s*(/>|>\s*</[^>]*>)\s*)?")


@dataclass(frozen=True, slots=True)
class FilledMetadata:
    """What the fields of a template say of one photo.

    Attributes:
        texts: by the field's word; several for a list, else one. None is empty.
        replaces: what is there gives way; else only what is empty is filled.
    """

    texts: tuple[tuple[str, tuple[str, ...]], ...]
    replaces: bool = False

    def without(self, words: frozenset[str]) -> "FilledMetadata":
        """Return the same without some fields."""
        return FilledMetadata(tuple(one for one in self.texts if one[0] not in words), self.replaces)


def fill_packet(data: bytes, filled: FilledMetadata) -> bytes:
    """Fill in fields.

    Args:
        data: a whole sidecar, or the packet embedded in a photo.
        filled: what to write.

    Returns:
        The edited bytes; ``data`` itself where nothing had to change.

    Raises:
        PacketError: the packet cannot be edited without loss.
    """
    packet = parse(data)
    meant = {FIELD_OF[word]: tuple(map(_clean, texts)) for word, texts in filled.texts}
    wanted = {
        field: texts
        for field, texts in meant.items()
        if field.form in (Form.ADDED, Form.PART) or filled.replaces or is_empty(data, packet, field.name)
    }
    plain = {field.name: texts[0] for field, texts in wanted.items() if field.form is Form.TEXT}
    contact = {field.name: texts[0] for field, texts in wanted.items() if field.form is Form.PART}
    lists = {field: texts for field, texts in wanted.items() if field.form in _LISTS}
    result = set_properties(data, packet, plain) if plain else data
    result = _with_elements(result, lists, contact, replaces=filled.replaces)
    for field, texts in wanted.items():
        if field.form is Form.ADDED:
            result = add_to_list(result, field.name, texts)
    return result


def is_empty(data: bytes, packet: Packet, name: Name) -> bool:
    """Tell whether a packet says nothing in a property: it is not there, or there is nothing in it."""
    return all(_says_nothing(data, found) for found in packet.find(name))


def _says_nothing(data: bytes, found: Property) -> bool:
    if found.value is not None:
        return not found.value.strip()
    if found.items:
        return not any(item.strip() for item in found.items)
    return _EMPTY_LIST.fullmatch(data, *found.inner) is not None


def _with_elements(
    data: bytes,
    lists: Mapping[MetadataField, Sequence[str]],
    contact: Mapping[Name, str],
    *,
    replaces: bool,
) -> bytes:
    """Put in lists, texts in languages and the contact information, each in place of what is there."""
    packet = parse(data)
    elements: dict[Name, bytes] = {}
    for field, texts in lists.items():
        found = packet.find(field.name)
        if len(found) != 1 or found[0].value is not None or found[0].items != tuple(texts):
            elements[field.name] = _element(home_of(packet, field.name.namespace), field, texts)
    if contact:
        former = parts_of(data, packet.find(CONTACT))
        parts = with_parts(former, contact, replaces=replaces)
        if parts != former:
            elements[CONTACT] = element_of(home_of(packet, CONTACT.namespace), parts)
    if not elements:
        return data
    splices = [Splice(*one.whole, b"") for name in elements for one in packet.find(name)]
    new: dict[int, list[bytes]] = {}
    for name, element in elements.items():
        new.setdefault(packet.descriptions.index(home_of(packet, name.namespace)), []).append(element)
    splices += [insertion(data, packet.descriptions[at], added) for at, added in new.items()]
    result = apply(data, sorted(splices))
    _check(data, packet, result, {field.name: texts for field, texts in lists.items()}, elements.keys())
    return result


def _element(home: Description, field: MetadataField, texts: Sequence[str]) -> bytes:
    prefixes = Prefixes(home)
    tag, item = prefixes.tag(field.name), prefixes.tag(Name(RDF, "li"))
    kind = prefixes.tag(Name(RDF, _LISTS[field.form]))
    language = b' xml:lang="x-default"' if field.form is Form.LANGUAGES else b""
    items = b"".join(b"<%s%s>%s</%s>" % (item, language, escape(text), item) for text in texts)
    return b"<%s%s><%s>%s</%s></%s>" % (tag, prefixes.declarations, kind, items, kind, tag)


def _check(
    data: bytes,
    before: Packet,
    result: bytes,
    lists: Mapping[Name, Sequence[str]],
    changed: Set[Name],
) -> None:
    """Make sure that the result says what was meant, and of everything else the same as before."""
    try:
        after = parse(result)
    except PacketError as error:
        raise PacketError(REFUSED) from error
    for name in changed:
        found = after.find(name)
        if len(found) != 1 or found[0].items != tuple(lists.get(name, ())):
            raise PacketError(REFUSED)
    if _others(data, before, changed) != _others(result, after, changed):
        raise PacketError(REFUSED)


def _others(data: bytes, packet: Packet, changed: Set[Name]) -> list[tuple[Name, bytes]]:
    return sorted(
        (found.name, data[slice(*found.inner)]) for found in packet.properties if found.name not in changed
    )


def _clean(text: str) -> str:
    """Return the text without what no XML can hold, and with one kind of line end."""
    return _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
