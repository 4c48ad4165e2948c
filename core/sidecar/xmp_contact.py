"""The contact information of a picture's creator: a structure whose parts are set one by one, the others kept."""

import re
from collections.abc import Mapping, Sequence

from core.language import say
from core.sidecar.xmp_elements import Prefixes
from core.sidecar.xmp_namespaces import CONTACT, RDF, Name
from core.sidecar.xmp_packet import Description, PacketError, Property, escape

_ELEMENT = re.compile(rb"<(?:[^\s:/>]+:)?(Ci\w+)(?:\s[^>]*)?>([^<]*)</[^>]*>|<(?:[^\s:/>]+:)?(Ci\w+)\s*/>")
_ATTRIBUTE = re.compile(rb"""\s(?:[^\s:="'/>]+:)(Ci\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG = re.compile(rb"<(/?)((?:[^\s:/>]+:)?[^\s/>]+)([^>]*)>")
_WRAPPING = re.compile(rb"(?:[^\s:/>]+:)?(Description|CreatorContactInfo)")


def parts_of(data: bytes, found: Sequence[Property]) -> dict[str, bytes]:
    """Return the parts that are there, by local name, as they are written.

    Raises:
        PacketError: something in it is no plain text, and would be lost.
    """
    parts: dict[str, bytes] = {}
    for one in found:
        whole = data[slice(*one.whole)]
        bare = _ELEMENT.sub(b"", whole)
        wrapping = [tag[2] for tag in _TAG.finditer(bare)]
        if not all(map(_WRAPPING.fullmatch, wrapping)) or _TAG.sub(b"", bare).strip():
            raise PacketError(
                say("Its {name} is not plain text, so it cannot be replaced without loss.", name=CONTACT)
            )
        for tag in _TAG.finditer(bare):
            for attribute in _ATTRIBUTE.finditer(tag[3]):
                parts.setdefault(attribute[1].decode(), attribute[2] or attribute[3] or b"")
        for element in _ELEMENT.finditer(whole):
            parts.setdefault((element[1] or element[3]).decode(), element[2] or b"")
    return parts


def with_parts(parts: Mapping[str, bytes], texts: Mapping[Name, str], *, replaces: bool) -> dict[str, bytes]:
    """Return the parts with some of them set: where ``replaces`` all of those, else those that are empty."""
    set_now = {name.local: escape(text) for name, text in texts.items()}
    return {
        **parts,
        **{local: text for local, text in set_now.items() if replaces or not parts.get(local, b"").strip()},
    }


def element_of(home: Description, parts: Mapping[str, bytes]) -> bytes:
    """Write the structure as one element."""
    prefixes = Prefixes(home)
    tag, resource = prefixes.tag(CONTACT), prefixes.tag(Name(RDF, "parseType"))
    tags = {local: prefixes.tag(Name(CONTACT.namespace, local)) for local in parts}
    inner = b"".join(b"<%s>%s</%s>" % (tags[local], text, tags[local]) for local, text in parts.items())
    return b'<%s%s %s="Resource">%s</%s>' % (tag, prefixes.declarations, resource, inner, tag)
