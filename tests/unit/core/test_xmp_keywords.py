"""Keywords are added to what is there, and every other byte stays."""

import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export.carry_out import export
from core.export.kinds import ExportKind, Selection
from core.export.planned import Action
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.export.undo import undo
from core.export.xmp import XmpChoices
from core.keyword_names import keyword_name
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_keywords import add_keywords
from core.sidecar.xmp_namespaces import HIERARCHICAL_SUBJECT, SUBJECT
from core.sidecar.xmp_packet import PacketError, parse
from core.types import Decision, Flag, Photo, PhotoId
from fixtures.photo_files import rich_jpeg

HEAD = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
TAIL = "</rdf:RDF></x:xmpmeta>"
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def sidecar(description: str) -> bytes:
    return (HEAD + description + TAIL).encode()


def words(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    packet = parse(data)
    return packet.items(SUBJECT), packet.items(HIERARCHICAL_SUBJECT)


BAG = "<dc:subject>\n  <rdf:Bag>\n   <rdf:li>dog</rdf:li>\n   <rdf:li>sea</rdf:li>\n  </rdf:Bag>\n </dc:subject>"
KINDS = {
    "nothing in it": ('<rdf:Description rdf:about=""/>', ()),
    "single quotes": ("<rdf:Description rdf:about='' xmlns:a='urn:a' a:b='c' />", ()),
    "no attributes": ("<rdf:Description></rdf:Description>", ()),
    "other elements": (
        f'<rdf:Description rdf:about="" {DC}><dc:format>image/jpeg</dc:format></rdf:Description>',
        (),
    ),
    "a list": (f'<rdf:Description rdf:about="" {DC}>{BAG}</rdf:Description>', ("dog", "sea")),
    "a list in one line": (
        f'<rdf:Description rdf:about="" {DC}><dc:subject><rdf:Seq><rdf:li>dog</rdf:li></rdf:Seq></dc:subject>'
        "</rdf:Description>",
        ("dog",),
    ),
    "an empty list": (
        f'<rdf:Description rdf:about="" {DC}><dc:subject><rdf:Bag/></dc:subject></rdf:Description>',
        (),
    ),
    "prefixes used otherwise": (
        '<rdf:Description rdf:about="" xmlns:dc="urn:not-dc" xmlns:lr="urn:not-lr" dc:subject="mine"/>',
        (),
    ),
    "two descriptions": (
        f'<rdf:Description rdf:about="" xmlns:a="urn:a" a:b="c"/><rdf:Description rdf:about="" {DC}>{BAG}'
        "</rdf:Description>",
        ("dog", "sea"),
    ),
    "a comment behind the list": (
        f'<rdf:Description rdf:about="" {DC}>{BAG.replace("</rdf:Bag>", "<!-- more --></rdf:Bag>")}'
        "</rdf:Description>",
        ("dog", "sea"),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_keyword_is_added_and_every_other_byte_stays(kind: str) -> None:
    description, before = KINDS[kind]
    data = sidecar(description)
    result = add_keywords(data, ["First dance"])
    assert words(result) == ((*before, "First dance"), ("Shortlist|First dance",))
    rest = iter(result)
    assert all(byte in rest for byte in data.replace(b" />", b">").replace(b"/>", b">")), "in their order"
    assert add_keywords(result, ["First dance"]) is result, "said once"
    assert words(add_keywords(result, ["Cake"]))[0] == (*before, "First dance", "Cake")


@pytest.mark.parametrize(
    "description",
    [
        f'<rdf:Description rdf:about="" {DC} dc:subject="one, two"/>',
        f'<rdf:Description rdf:about="" {DC}><dc:subject>one</dc:subject></rdf:Description>',
        f'<rdf:Description rdf:about="" {DC}><dc:subject rdf:resource="urn:x"/></rdf:Description>',
        f'<rdf:Description rdf:about="" {DC}><dc:subject><rdf:Bag><rdf:li>a</rdf:li></rdf:Bag>'
        "<!-- </rdf:Bag> --></dc:subject></rdf:Description>",
    ],
)
def test_what_is_no_list_is_left_alone_and_named(description: str) -> None:
    with pytest.raises(PacketError, match="keywords cannot be added"):
        add_keywords(sidecar(description), ["Ring"])


@given(st.text(max_size=30).map(keyword_name).filter(bool))
def test_any_name_arrives_as_it_was_given(name: str) -> None:
    data = new_packet(XmpEdit(Flag.PICK, keywords=(name,)))
    assert words(data) == ((name,), (f"Shortlist|{name}",))
    again = edit_packet(data, XmpEdit(rating=3, keywords=(name,)))
    assert words(again) == words(data)


@pytest.mark.skipif(not shutil.which("exiftool"), reason="ExifTool is not installed")
def test_exiftool_reads_the_keywords(tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    path.write_bytes(add_keywords(sidecar(KINDS["a list"][0]), ["Straße & <Tor>"]))
    said = subprocess.run(
        ["exiftool", "-s3", "-sep", ";", "-XMP-dc:Subject", "-XMP-lr:HierarchicalSubject", str(path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert said == ["dog;sea;Straße & <Tor>", "Shortlist|Straße & <Tor>"]


# Through an export


def material(tmp_path: Path) -> Material:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(rich_jpeg()[0])
    photos = [Photo(PhotoId(name), tmp_path / f"{name}.jpg") for name in "abc"]
    decisions = {
        photos[0].id: Decision(photos[0].id, Flag.PICK, look="Ring"),
        photos[1].id: Decision(photos[1].id, look="Ring"),
        photos[2].id: Decision(photos[2].id, Flag.PICK),
    }
    return Material(photos, decisions, folders=[tmp_path])


def test_names_of_looks_go_out_only_where_they_are_asked_for(tmp_path: Path) -> None:
    shoot = material(tmp_path)
    plain = list(plan_export(ExportRequest(ExportKind.XMP, Selection()), shoot))
    assert [planned.path.name for planned in plain] == ["a.xmp", "c.xmp"]
    assert not any("subject" in str(planned.differences()) for planned in plain)
    named = list(plan_export(ExportRequest(ExportKind.XMP, Selection(), xmp=XmpChoices(looks=True)), shoot))
    assert [planned.path.name for planned in named] == ["a.xmp", "b.xmp", "c.xmp"]
    assert "dc:subject: none → Ring" in map(str, named[1].differences())
    assert "lr:hierarchicalSubject: none → Shortlist|Ring" in map(str, named[1].differences())
    assert "subject" not in str(named[2].differences())


@pytest.mark.parametrize("embed", [False, True])
def test_undoing_the_export_takes_the_keywords_back_to_the_last_byte(tmp_path: Path, embed: bool) -> None:
    shoot = material(tmp_path)
    (tmp_path / "a.xmp").write_bytes(sidecar(KINDS["a list"][0]))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    request = ExportRequest(ExportKind.XMP, Selection(), xmp=XmpChoices(embed=embed, looks=True))
    plan = list(plan_export(request, shoot))
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        assert not export(plan, store, "XMP").refused
        target = tmp_path / ("a.jpg" if embed else "a.xmp")
        assert b"Shortlist|Ring" in target.read_bytes()
        assert before[target.name] != target.read_bytes()
        again = list(plan_export(request, shoot))
        assert {planned.action for planned in again} == {Action.UNCHANGED}
        record = store.last()
        assert record is not None
        assert not undo(store, record).refused
    after = {name: (tmp_path / name).read_bytes() for name in before}
    assert after == before
