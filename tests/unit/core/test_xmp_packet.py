"""Editing bytes: what was meant is there afterwards, and nothing else has moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sidecar.splices import Splice, apply
from core.sidecar.xmp_namespaces import GOOD, LABEL, PICK, RATING, Name
from core.sidecar.xmp_packet import PacketError, parse
from core.sidecar.xmp_properties import Changes, find_splices, set_properties

BOM = b"\xef\xbb\xbf"
FOREIGN = Name("http://example.org/ns/", "Note")


def packet(body: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Elsewhere">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f"{body}\n </rdf:RDF>\n</x:xmpmeta>\n"
    ).encode()


def description(attributes: str = "", elements: str = "") -> str:
    return (
        f'  <rdf:Description rdf:about=""\n   xmlns:xmp="http://ns.adobe.com/xap/1.0/"{attributes}>'
        f"{elements}\n  </rdf:Description>"
    )


def edited(data: bytes, changes: Changes) -> bytes:
    return set_properties(data, parse(data), changes)


def outside(data: bytes, splices: tuple[Splice, ...], after: bool) -> bytes:
    """The bytes beyond the splices: of the file before, or of the file after they were applied."""
    parts, at, shift = [], 0, 0
    for splice in splices:
        start = splice.start + shift
        parts.append(data[at:start])
        at = start + len(splice.text) if after else splice.end
        shift += len(splice.text) - (splice.end - splice.start) if after else 0
    return b"".join([*parts, data[at:]])


# Everything XML 1.0 can hold, and no lone carriage returns: XML itself reads those as line feeds.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
)


@st.composite
def packets(draw: st.DrawFn) -> bytes:
    """Packets by many hands: forms, prefixes, quotes, line ends, repetitions, foreign parts."""
    prefix = draw(st.sampled_from(("xmp", "xap", "ns1")))
    quote = draw(st.sampled_from(('"', "'")))
    line_end = draw(st.sampled_from(("\n", "\r\n", " ")))

    def escaped(text: str) -> str:
        for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
            text = text.replace(char, entity)
        return text

    blocks = []
    for _ in range(draw(st.integers(1, 3))):
        attributes, elements = "", ""
        for name in draw(st.lists(st.sampled_from(("Rating", "Label", "Other")), unique=True)):
            value = escaped(draw(texts))
            form = draw(st.sampled_from(("attribute", "element", "empty")))
            if form == "attribute":
                attributes += f"{line_end}{prefix}:{name}={quote}{value}{quote}"
            elif form == "element":
                elements += f"{line_end}<{prefix}:{name}>{value}</{prefix}:{name}>"
            else:
                elements += f"{line_end}<{prefix}:{name}/>"
        if draw(st.booleans()):
            elements += (
                f"{line_end}<f:Note xmlns:f={quote}{FOREIGN.namespace}{quote}>{escaped(draw(texts))}</f:Note>"
            )
        if draw(st.booleans()):
            elements += f"{line_end}<{prefix}:List><rdf:Bag><rdf:li>/></rdf:li></rdf:Bag></{prefix}:List>"
        blocks.append(
            f"<rdf:Description rdf:about={quote}{quote}{line_end}"
            f"xmlns:{prefix}={quote}{RATING.namespace}{quote}{attributes}>{elements}</rdf:Description>"
        )
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    text = f"<rdf:RDF xmlns:rdf={quote}{rdf}{quote}>{line_end.join(blocks)}</rdf:RDF>{line_end}"
    return (BOM if draw(st.booleans()) else b"") + text.encode()


changes_to_make = st.dictionaries(
    st.sampled_from((RATING, LABEL, PICK, GOOD)), st.one_of(st.none(), texts.filter(str.strip)), min_size=1
)


@given(packets(), changes_to_make)
def test_what_was_meant_is_there_and_every_other_byte_is_as_it_was(data: bytes, changes: Changes) -> None:
    splices = find_splices(parse(data), changes)
    result = edited(data, changes)
    assert result == apply(data, splices)
    assert outside(data, splices, after=False) == outside(result, splices, after=True)
    for name, value in changes.items():
        assert [found.value for found in parse(result).find(name)] == ([] if value is None else [value])


@given(packets(), changes_to_make)
def test_editing_twice_is_editing_once(data: bytes, changes: Changes) -> None:
    once = edited(data, changes)
    assert edited(once, changes) is once


@given(packets(), changes_to_make)
def test_what_was_not_meant_is_as_before(data: bytes, changes: Changes) -> None:
    def others(packet: bytes) -> list[tuple[Name, str | None]]:
        return [(found.name, found.value) for found in parse(packet).properties if found.name not in changes]

    assert others(edited(data, changes)) == others(data)


@given(st.binary(max_size=200) | packets().map(lambda data: data[: len(data) // 2]))
def test_any_bytes_are_understood_or_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(PacketError) as refused:
        parse(data)
    assert str(refused.value).endswith(".")


def test_a_value_is_replaced_in_the_form_it_has() -> None:
    attribute = packet(description(' xmp:Rating="2"'))
    assert edited(attribute, {RATING: "5"}) == attribute.replace(b'"2"', b'"5"')
    element = packet(description(elements="<xmp:Rating>2</xmp:Rating>"))
    assert edited(element, {RATING: "5"}) == element.replace(b">2<", b">5<")
    empty = packet(description(elements="<xmp:Rating />"))
    assert edited(empty, {RATING: "5"}) == empty.replace(b"<xmp:Rating />", b"<xmp:Rating >5</xmp:Rating>")


def test_the_old_prefix_is_the_same_property() -> None:
    data = packet(description(' xap:Rating="2" xmlns:xap="http://ns.adobe.com/xap/1.0/"'))
    assert edited(data, {RATING: "5"}) == data.replace(b'"2"', b'"5"')


def test_a_missing_property_is_set_like_the_others_of_the_file() -> None:
    data = packet(description("\n   xmp:Other='x'")).replace(b"\n", b"\r\n")
    assert edited(data, {RATING: "5"}) == data.replace(b"='x'", b"='x'\r\n   xmp:Rating='5'")


def test_a_new_namespace_is_declared_even_where_its_prefix_means_something_else() -> None:
    data = packet('  <rdf:Description rdf:about="" xmlns:xmpDM="urn:other" xmpDM:pick="x"/>')
    result = edited(data, {PICK: "1"})
    assert b'xmpDM:pick="x"' in result
    assert b'xmpDM1:pick="1"' in result


def test_repetitions_are_dropped_with_their_white_space() -> None:
    twice = packet(description('\n   xmp:Rating="2"', "\n   <xmp:Other/>\n   <xmp:Rating>1</xmp:Rating>"))
    once = packet(description('\n   xmp:Rating="5"', "\n   <xmp:Other/>"))
    assert edited(twice, {RATING: "5"}) == once
    assert edited(once, {RATING: None}) == packet(description("", "\n   <xmp:Other/>"))


def test_blocks_about_something_else_are_not_touched() -> None:
    blank = '  <rdf:Description rdf:nodeID="n" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="1"/>\n'
    nested = "<xmp:Part><rdf:Description><xmp:Rating>1</xmp:Rating></rdf:Description></xmp:Part>"
    data = packet(blank + description(' xmp:Rating="2"', nested))
    assert edited(data, {RATING: "5"}) == data.replace(b'"2"', b'"5"')


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\0" * 100, "nothing but zeros"),
        (bytes(40) + packet(description())[40:], "Part of it is nothing but zeros"),
        (
            packet(description())[:99] + bytes(64) + packet(description())[163:],
            "Part of it is nothing but zeros",
        ),
        (packet(description()).decode().encode("utf-16"), "UTF-16"),
        (packet(description()).decode().encode("utf-16-le"), "UTF-16"),
        (packet(description()).decode().encode("utf-32"), "UTF-16"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + packet(description()), "ISO-8859-1"),
        (b'<!DOCTYPE x [<!ENTITY e "5">]>' + packet(description()), "document type"),
        (packet(description()).replace(b"</x:xmpmeta>", b""), "not well-formed"),
        (packet(description(" no:prefix='1'")), "not well-formed"),
        (packet(description()).replace(b'about=""', b'about="\xff"'), "not well-formed"),
        (b"<svg/>", "no XMP"),
        (packet(""), "no rdf:Description"),
        (packet('<rdf:Description rdf:about="a"/><rdf:Description rdf:about="b"/>'), "more than one"),
        (packet(description(elements="<xmp:Rating><rdf:Bag/></xmp:Rating>")), "xmp:Rating is not plain text"),
        (packet(description(elements='<xmp:Rating rdf:resource="5"/>')), "xmp:Rating is not plain text"),
    ],
)
def test_what_cannot_be_edited_without_loss_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(PacketError, match=reason):
        edited(data, {RATING: "5"})


def test_wherever_a_sidecar_was_cut_off_it_is_said_so() -> None:
    data = packet(description(" xmp:Label='Grün'", "<xmp:Nickname>Käthe</xmp:Nickname>"))
    for length in range(2, data.rindex(b"</x:xmpmeta>") + 11):
        for rest in (b"", b"\0" * 30):  # what the power leaves of a file that was being written
            with pytest.raises(PacketError, match="ends before its end"):
                edited(data[:length] + rest, {RATING: "5"})


def test_text_behind_a_tag_that_ends_in_white_space_is_no_attribute_of_it() -> None:
    body = description(' xmp:Rating="3" ', 'foo:bar="1"').replace(
        "</rdf", '<xmp:Label />other:thing="2"</rdf'
    )
    found = parse(packet(body))
    assert [(one.name.local, one.value) for one in found.properties] == [("Rating", "3"), ("Label", "")]


def test_a_text_that_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(PacketError, match="it was left as it is"):
        edited(packet(description()), {LABEL: "bell\a"})
