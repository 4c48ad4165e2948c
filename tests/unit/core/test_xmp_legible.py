"""Packets of many hands: read whatever their form, and edited where nothing is lost by it."""

import pytest

from core.sidecar.label_names import label_of
from core.sidecar.xmp_edit import XmpEdit, edit_packet
from core.sidecar.xmp_packet import PacketError, parse
from core.sidecar.xmp_reader import read_packet
from core.types import Label

HEAD = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
END = "</rdf:RDF></x:xmpmeta>"


def packet(content: str) -> str:
    start = '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:q="urn:q">'
    return f"{HEAD}{start}{content}</rdf:Description>{END}"


QUALIFIED = [
    '<xmp:Rating rdf:parseType="Resource"><rdf:value>3</rdf:value><q:by>me</q:by></xmp:Rating>',
    '<xmp:Rating rdf:parseType="Resource"><q:by>me</q:by><rdf:value> 3 </rdf:value></xmp:Rating>',
    "<xmp:Rating><rdf:Description><rdf:value>3</rdf:value><q:by>9</q:by></rdf:Description></xmp:Rating>",
    '<xmp:Rating><rdf:Description rdf:value="3" q:by="me"/></xmp:Rating>',
    "<xmp:Rating rdf:value='3' q:by='me'/>",
]


@pytest.mark.parametrize("form", QUALIFIED)
def test_a_value_with_qualifiers_is_read_and_replaced_alone(form: str) -> None:
    data = packet(form).encode()
    assert read_packet(data).rating == 3
    edited = edit_packet(data, XmpEdit(rating=5))
    assert edited == packet(form.replace("3", "5").replace(" 5 ", "5")).encode()
    assert read_packet(edited).rating == 5


def test_a_value_of_something_else_is_not_taken_for_the_stars() -> None:
    within = "<q:of rdf:parseType='Resource'><rdf:value>3</rdf:value></q:of>"
    data = packet(f"<xmp:Rating rdf:parseType='Resource'>{within}</xmp:Rating>").encode()
    assert read_packet(data).rating is None
    with pytest.raises(PacketError, match="not plain text"):
        edit_packet(data, XmpEdit(rating=5))


@pytest.mark.parametrize(
    ("form", "stars"),
    [
        ("<xmp:Rating>3.0</xmp:Rating>", 3),
        ("<xmp:Rating>3,0</xmp:Rating>", 3),
        ("<xmp:Rating>+3</xmp:Rating>", 3),
        ("<xmp:Rating>\n 3\n</xmp:Rating>", 3),
        ("<xmp:Rating>&#51;</xmp:Rating>", 3),
        ("<xmp:Rating><rdf:Alt><rdf:li>3</rdf:li></rdf:Alt></xmp:Rating>", 3),
        ("<xmp:Rating><![CDATA[3]]></xmp:Rating>", 3),
        ("<xmp:Rating/>", None),
        ("<xmp:Rating>nan</xmp:Rating>", None),
        ("<xmp:Rating>1e999</xmp:Rating>", None),
        ("<xmp:Rating>75</xmp:Rating>", None),
    ],
)
def test_stars_are_read_however_they_are_spelled(form: str, stars: int | None) -> None:
    assert read_packet(packet(form).encode()).rating == stars


THREE = packet("<xmp:Rating>3</xmp:Rating>")


@pytest.mark.parametrize(
    "data",
    [
        THREE.encode("utf-16"),
        THREE.encode("utf-16-le"),
        THREE.encode("utf-16-be"),
        THREE.encode("utf-32"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + THREE).encode("utf-16"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><!-- é -->' + THREE).encode("latin-1"),
        b'\n<?xml version="1.0"?>' + THREE.encode(),
        b"some text " + THREE.encode() + b" and more",
        THREE.encode() + THREE.replace("3<", "1<").encode(),
        THREE.encode() + bytes(4000),
    ],
)
def test_what_cannot_be_edited_without_loss_can_be_read(data: bytes) -> None:
    assert read_packet(data).rating == 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (bytes(4000), "nothing but zeros"),
        (THREE[:200].encode(), "not well-formed"),
        (THREE[:-20].encode(), "not well-formed"),
        (b'<!DOCTYPE x [<!ENTITY e "3">]>' + THREE.encode(), "document type"),
        (THREE[:200].encode("utf-16"), "UTF-16"),
        (b"<x:xmpmeta" * 100, "not well-formed"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_cause(data: bytes, reason: str) -> None:
    with pytest.raises(PacketError, match=reason):
        read_packet(data)


def test_zeros_behind_a_packet_stay_when_it_is_edited() -> None:
    edited = edit_packet(THREE.encode() + bytes(40), XmpEdit(rating=1))
    assert edited == THREE.replace("3<", "1<").encode() + bytes(40)
    assert parse(edited).value(parse(edited).descriptions[0].properties[0].name) == "1"


def test_labels_are_known_in_traditional_chinese_too() -> None:
    names = {
        "紅色": Label.RED,
        "黃色": Label.YELLOW,
        "綠色": Label.GREEN,
        "藍色": Label.BLUE,
        "紫色": Label.PURPLE,
    }
    assert {text: label_of(text) for text in names} == names
