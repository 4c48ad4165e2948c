"""Metadata templates: what is empty is filled, nothing foreign is changed, and other people's readers agree."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.export.carry_out import export
from core.export.kinds import Choice, ExportKind, Selection
from core.export.metadata_template import (
    MetadataTemplate,
    MetadataTemplateError,
    MetadataWriter,
    load_template,
    save_template,
)
from core.export.planned import Action, PlannedFile
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.export.xmp import XmpChoices
from core.naming.codes import Codes, CodesError, read_codes
from core.naming.facts import PhotoFacts
from core.naming.template import TemplateError
from core.sidecar.metadata_fields import FIELDS
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_fill import FilledMetadata, fill_packet
from core.sidecar.xmp_packet import PacketError, parse
from core.types import Decision, Flag, Photo, PhotoId
from fixtures.exports import THEIRS, contents, undo_last
from fixtures.photo_files import rich_jpeg
from fixtures.referees import exiftool_tags, exiv2_xmp

ALL = {
    "creator": "Anna Muster; Ben",
    "creator-title": "Staff",
    "email": "anna@example.org",
    "phone": "+49 30 1",
    "website": "https://example.org/?a=1&b=2",
    "copyright": "© {date:%Y} Anna <Muster>",
    "usage": "One use",
    "credit": "A/M",
    "source": "AM",
    "instructions": "Call first",
    "job": "J-{counter:03}",
    "event": "{shoot}",
    "location": "Harbour",
    "city": "Kiel",
    "state": "SH",
    "country": "Germany",
    "headline": "Boats",
    "title": "{name}",
    "caption": "=7= and =b9#2= in {shoot},\nphoto {counter:1}",
    "writer": "am",
    "persons": "=7=; Zoë",
    "keywords": "boat; sea; boat",
}
CODES = Codes({"7": ("Ada Smith", "Smith"), "b9": ("Bo Berg", "Berg")})
KNOWN = PhotoFacts(taken=datetime(2024, 5, 1), shoot="Regatta", counter=12, name="IMG_1")
HEAD = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
TAIL = "</rdf:RDF></x:xmpmeta>"
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
)


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExportStore]:
    with closing(ExportStore.open(tmp_path_factory.mktemp("journal") / "exports.sqlite")) as store:
        yield store


def sidecar(inner: str, attributes: str = "") -> bytes:
    return f'{HEAD}<rdf:Description rdf:about="" {SPACES} {attributes}>\n {inner}\n</rdf:Description>{TAIL}'.encode()


def filled(replaces: bool = False, **texts: str) -> FilledMetadata:
    template = MetadataTemplate({word.replace("_", "-"): text for word, text in texts.items()}, replaces)
    return MetadataWriter(template.parsed(), replaces, CODES).of(KNOWN).filled


def everything() -> FilledMetadata:
    return MetadataWriter(MetadataTemplate(ALL).parsed(), codes=CODES).of(KNOWN).filled


def items(data: bytes, local: str) -> tuple[str, ...]:
    return next(
        (one.items if one.value is None else (one.value,))
        for one in parse(data).properties
        if one.name.local == local
    )


def plan(photos: list[Photo], template: MetadataTemplate, **choices: bool) -> list[PlannedFile]:
    request = ExportRequest(
        ExportKind.XMP,
        Selection(Choice.ALL),
        xmp=XmpChoices(metadata=template, embed=choices.get("embed", False)),
    )
    return list(plan_export(request, Material(photos, {}, title="Regatta")))


def test_every_field_is_one_that_other_people_read(tmp_path: Path) -> None:
    assert ALL.keys() == {field.word for field in FIELDS}
    (tmp_path / "a.xmp").write_bytes(new_packet(XmpEdit(metadata=everything())))
    read = exiftool_tags(tmp_path)["a.xmp"]
    assert read == {
        "XMP-dc:Creator": ["Anna Muster", "Ben"],
        "XMP-photoshop:AuthorsPosition": "Staff",
        "XMP-iptcCore:CreatorContactInfo": {
            "CiEmailWork": "anna@example.org",
            "CiTelWork": "+49 30 1",
            "CiUrlWork": "https://example.org/?a=1&b=2",
        },
        "XMP-dc:Rights": "© 2024 Anna <Muster>",
        "XMP-xmpRights:UsageTerms": "One use",
        "XMP-photoshop:Credit": "A/M",
        "XMP-photoshop:Source": "AM",
        "XMP-photoshop:Instructions": "Call first",
        "XMP-photoshop:TransmissionReference": "J-012",
        "XMP-iptcExt:Event": "Regatta",
        "XMP-iptcCore:Location": "Harbour",
        "XMP-photoshop:City": "Kiel",
        "XMP-photoshop:State": "SH",
        "XMP-photoshop:Country": "Germany",
        "XMP-photoshop:Headline": "Boats",
        "XMP-dc:Title": "IMG_1",
        "XMP-dc:Description": "Ada Smith and Berg in Regatta,\nphoto 12",
        "XMP-photoshop:CaptionWriter": "am",
        "XMP-iptcExt:PersonInImage": ["Ada Smith", "Zoë"],
        "XMP-dc:Subject": ["boat", "sea"],
    }


def test_another_reader_agrees(tmp_path: Path) -> None:
    (tmp_path / "a.xmp").write_bytes(new_packet(XmpEdit(metadata=everything())))
    read = exiv2_xmp(tmp_path / "a.xmp")
    assert "Ada Smith and Berg" in read["Xmp.dc.description"]
    assert read["Xmp.photoshop.City"] == "Kiel"
    assert any("anna@example.org" in value for value in read.values())


@pytest.mark.parametrize("replaces", [False, True])
def test_the_second_time_nothing_changes(replaces: bool) -> None:
    once = new_packet(XmpEdit(metadata=everything()))
    again = FilledMetadata(everything().texts, replaces)
    assert edit_packet(once, XmpEdit(metadata=again)) == once


def test_only_what_is_empty_is_filled_and_every_other_byte_stays() -> None:
    theirs = sidecar(
        "<dc:creator><rdf:Seq><rdf:li>Somebody</rdf:li></rdf:Seq></dc:creator>"
        '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default"> </rdf:li></rdf:Alt></dc:rights>'
        "<dc:title><rdf:Alt/></dc:title>"
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default"/><rdf:li xml:lang="de">Boote</rdf:li></rdf:Alt>'
        "</dc:description><dc:subject><rdf:Bag><rdf:li>old</rdf:li></rdf:Bag></dc:subject>"
        "<dc:format>image/jpeg</dc:format>",
        'photoshop:City="" photoshop:Country="Norge"',
    )
    done = fill_packet(
        theirs,
        filled(
            creator="Anna",
            copyright="©",
            title="T",
            caption="C",
            city="Kiel",
            country="D",
            keywords="old;new",
        ),
    )
    assert items(done, "creator") == ("Somebody",)
    assert items(done, "rights") == ("©",)
    assert items(done, "title") == ("T",)
    assert items(done, "description") == ("", "Boote"), "said in another language"
    assert items(done, "subject") == ("old", "new")
    assert (items(done, "City"), items(done, "Country")) == (("Kiel",), ("Norge",))
    assert b"<dc:format>image/jpeg</dc:format>" in done


def test_what_is_replaced_is_replaced_as_a_whole_and_keywords_stay() -> None:
    theirs = sidecar(
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Old</rdf:li><rdf:li xml:lang="de">Alt</rdf:li></rdf:Alt>'
        "</dc:description><dc:subject><rdf:Bag><rdf:li>old</rdf:li></rdf:Bag></dc:subject>"
        "<dc:title>plain</dc:title>",
        'dc:creator="as an attribute" photoshop:City="Oslo"',
    )
    done = fill_packet(
        theirs, filled(True, caption="New", creator="Anna", title="T", city="Kiel", keywords="new")
    )
    assert items(done, "description") == ("New",)
    assert items(done, "creator") == ("Anna",)
    assert items(done, "title") == ("T",)
    assert items(done, "City") == ("Kiel",)
    assert items(done, "subject") == ("old", "new")


CONTACTS = {
    "a resource": '<Iptc4xmpCore:CreatorContactInfo rdf:parseType="Resource"><Iptc4xmpCore:CiAdrCity>Kiel &amp; Co'
    "</Iptc4xmpCore:CiAdrCity><Iptc4xmpCore:CiTelWork>1</Iptc4xmpCore:CiTelWork><Iptc4xmpCore:CiEmailWork/>"
    "</Iptc4xmpCore:CreatorContactInfo>",
    "a description": "<Iptc4xmpCore:CreatorContactInfo><rdf:Description><Iptc4xmpCore:CiAdrCity>Kiel &amp; Co"
    "</Iptc4xmpCore:CiAdrCity><Iptc4xmpCore:CiTelWork>1</Iptc4xmpCore:CiTelWork></rdf:Description>"
    "</Iptc4xmpCore:CreatorContactInfo>",
    "attributes": "<Iptc4xmpCore:CreatorContactInfo Iptc4xmpCore:CiAdrCity='Kiel &amp; Co' "
    'Iptc4xmpCore:CiTelWork="1"/>',
}


@pytest.mark.parametrize("form", CONTACTS)
@pytest.mark.parametrize("replaces", [False, True])
def test_parts_of_the_contact_are_set_one_by_one(form: str, replaces: bool, tmp_path: Path) -> None:
    done = fill_packet(sidecar(CONTACTS[form]), filled(replaces, email="a@b.c", phone="2"))
    (tmp_path / "a.xmp").write_bytes(done)
    assert exiftool_tags(tmp_path)["a.xmp"]["XMP-iptcCore:CreatorContactInfo"] == {
        "CiAdrCity": "Kiel & Co",
        "CiTelWork": 2 if replaces else 1,
        "CiEmailWork": "a@b.c",
    }
    assert fill_packet(done, filled(replaces, email="a@b.c", phone="2")) == done


def test_a_contact_that_would_lose_something_is_refused() -> None:
    odd = (
        '<Iptc4xmpCore:CreatorContactInfo rdf:parseType="Resource"><Iptc4xmpCore:CiEmailWork><rdf:Bag><rdf:li>a'
        "</rdf:li></rdf:Bag></Iptc4xmpCore:CiEmailWork></Iptc4xmpCore:CreatorContactInfo>"
    )
    with pytest.raises(PacketError, match="without loss"):
        fill_packet(sidecar(odd), filled(True, email="a@b.c"))


@given(st.text(), st.text(), st.booleans())
def test_any_text_is_read_as_it_was_written(caption: str, creator: str, replaces: bool) -> None:
    meant = FilledMetadata((("caption", (caption or "x",)), ("creator", (creator or "y",))), replaces)
    done = fill_packet(fill_packet(sidecar("", 'photoshop:City="Oslo"'), meant), meant)
    read = items(done, "description")[0]
    assert read == "".join(
        char
        for char in (caption or "x").replace("\r\n", "\n").replace("\r", "\n")
        if char in "\t\n" or char >= " "
        if char not in "\ufffe\uffff"
    )
    assert items(done, "City") == ("Oslo",)


def test_what_the_photo_says_itself_is_kept_too(tmp_path: Path, store: ExportStore) -> None:
    photo = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x013B], exif[0x8298], exif[0x010E] = "Camera's owner", "© owner", "OLYMPUS DIGITAL CAMERA"
    Image.new("RGB", (32, 32)).save(photo, exif=exif)
    (tmp_path / "b.jpg").write_bytes(rich_jpeg()[0])  # with a caption in IPTC records
    photos = [Photo(PhotoId(name), tmp_path / name) for name in ("a.jpg", "b.jpg")]
    template = MetadataTemplate({"creator": "Anna", "copyright": "©", "caption": "C", "city": "Kiel"})
    assert not export(plan(photos, template), store, "xmp").refused
    a, b = ((tmp_path / name).read_bytes() for name in ("a.xmp", "b.xmp"))
    assert (items(a, "City"), items(a, "description")) == (("Kiel",), ("C",)), (
        "that is no caption of anybody's"
    )
    assert b"creator" not in a
    assert b"rights" not in a
    assert items(b, "creator") == ("Anna",)
    assert b"description" not in b
    undo_last(store)
    replaced = MetadataTemplate(dict(template.texts), replaces=True)
    assert not export(plan(photos, replaced), store, "xmp").refused
    assert items((tmp_path / "a.xmp").read_bytes(), "creator") == ("Anna",)
    assert items((tmp_path / "b.xmp").read_bytes(), "description") == ("C",)


@pytest.mark.parametrize("embed", [False, True])
def test_a_template_goes_through_the_export_and_is_taken_back(
    embed: bool, tmp_path: Path, store: ExportStore
) -> None:
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    (shoot / "a.jpg").write_bytes(rich_jpeg()[0])
    (shoot / "b.cr2").write_bytes(b"raw")
    (shoot / "b.xmp").write_bytes(THEIRS)
    photos = [Photo(PhotoId(name), shoot / name) for name in ("a.jpg", "b.cr2")]
    before = contents(shoot)
    tags = exiftool_tags(shoot)
    planned = plan(
        photos, MetadataTemplate({"creator": "Anna", "headline": "{shoot} {counter:1}"}), embed=embed
    )
    assert [one.action for one in planned] == [Action.UPDATE if embed else Action.CREATE, Action.UPDATE]
    assert {f"{one}" for step in planned for one in step.differences()} == {
        "dc:creator: none → Anna",
        "photoshop:Headline: none → Regatta 1",
        "photoshop:Headline: none → Regatta 2",
    }
    assert not export(planned, store, "xmp").refused
    done = exiftool_tags(shoot)
    written = "a.jpg" if embed else "a.xmp"
    assert done[written]["XMP-dc:Creator"] in ("Anna", ["Anna"])
    assert done["b.xmp"]["XMP-photoshop:Headline"] == "Regatta 2"
    new = {"XMP-dc:Creator", "XMP-photoshop:Headline"}
    for name, former in tags.items():
        assert {tag: value for tag, value in done[name].items() if tag not in new} == former, name
    assert not undo_last(store).refused
    assert contents(shoot) == before


def test_decisions_and_template_go_together(tmp_path: Path) -> None:
    photo = Photo(PhotoId("1"), tmp_path / "a.cr2")
    photo.path.write_bytes(b"raw")
    request = ExportRequest(ExportKind.XMP, xmp=XmpChoices(metadata=MetadataTemplate({"city": "Kiel"})))
    decisions = {photo.id: Decision(photo.id, Flag.PICK, 4)}
    (planned,) = plan_export(request, Material([photo], decisions))
    assert [str(one) for one in planned.differences()[1:]] == [
        "xmp:Rating: none → 4",
        "xmpDM:pick: none → 1",
        "xmpDM:good: none → true",
        "photoshop:City: none → Kiel",
    ]


def test_codes_and_placeholders_that_are_not_known_are_said(tmp_path: Path) -> None:
    photo = Photo(PhotoId("1"), tmp_path / "a.cr2")
    photo.path.write_bytes(b"raw")
    (tmp_path / "codes.txt").write_text("7\tAda\n")
    template = MetadataTemplate(
        {"caption": "=7=, =99= {person}{lens} a = b", "email": ""}, codes_path=tmp_path / "codes.txt"
    )
    (planned,) = plan([photo], template)
    assert planned.remark == "Nothing is known for {person}, {lens}. No list has the code =99=."
    assert "Ada, =99=  a = b" in str(planned.differences()[1])


@pytest.mark.parametrize(
    "data",
    [
        b"7\tAda Smith\tSmith\nB9\tBo\r\n\n#\tno code of ours\n",
        "\ufeff7\tAda Smith\tSmith\nb9\tBo".encode(),
        "7\tAda Smith\tSmith\r\nb9\tBo\r\n".encode("utf-16"),
    ],
)
def test_a_list_of_codes_is_read_as_programs_write_it(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_bytes(data)
    codes = read_codes(path)
    assert (
        codes.replaced("=7= =7#2= =B9= =b9#2= x=7=y =z=").text == "Ada Smith Smith Bo =b9#2= xAda Smithy =z="
    )
    assert codes.replaced("=b9#2= =z= =z=").unknown == ("=b9#2=", "=z=")
    assert codes.replaced("no code: a = b = c, https://x?a=1&b=2").unknown == ()


def test_umlauts_of_old_programs_and_codes_that_are_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_bytes("1\tMüller\n2\tA\n2\tB\n2\tA\n".encode("cp1252"))
    codes = read_codes(path)
    assert codes.replaced("=1= =2=").text == "Müller A"
    assert codes.twice == ("2",)
    path.write_bytes(b"no tab in it\n")
    with pytest.raises(CodesError, match=r"It holds no codes"):
        read_codes(path)
    with pytest.raises(CodesError):
        read_codes(tmp_path / "missing.txt")


def test_a_template_is_kept_in_a_file_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "agency.toml"
    texts = {"creator": 'Anna "A" Muster', "caption": "two\nlines \\ {date} \x7f 😀", "keywords": "a; b"}
    template = MetadataTemplate(texts, replaces=True, codes_path=tmp_path / "codes.txt")
    save_template(path, template)
    assert load_template(path) == template
    path.write_text('keywords = ["a", "b"]\ncity = "{shoot}"\ncodes = "list.txt"\n')
    assert load_template(path) == MetadataTemplate(
        {"keywords": "a; b", "city": "{shoot}"}, codes_path=tmp_path / "list.txt"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('citty = "Kiel"', "There is no field “citty”; there are creator, "),
        ('city = "{nam}"', "Its city: There is no placeholder {nam} (at character 1); {name} may be meant."),
        ("city = ", "It is no metadata template: "),
        pytest.param("city = " + "[" * 100_000, "It is no metadata template: ", id="nested too deep"),
    ],
)
def test_a_file_that_is_no_template_is_refused_with_the_place(
    text: str, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "agency.toml"
    path.write_text(text)
    with pytest.raises(MetadataTemplateError) as refused:
        load_template(path)
    assert sentence in str(refused.value)


def test_a_template_that_cannot_be_understood_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(TemplateError):
        plan([Photo(PhotoId("1"), tmp_path / "a.cr2")], MetadataTemplate({"city": "{"}))


@pytest.mark.parametrize(
    "data",
    [
        "7\tAda\t\tChess\n8\tŽan".encode("utf-16-le"),
        "7\tAda\t\tChess\n8\tŽan".encode("utf-16-be"),
        b"=7=\tAda\t\tChess\r=8=\t\xc5\xbdan",
        '7\t"Ada"\t""\t"Chess"\r\n8\tŽan\t\t\r\n'.encode("utf-8-sig"),
    ],
    ids=["little", "big", "as written in captions", "spreadsheet"],
)
def test_a_column_keeps_its_number_however_the_list_was_saved(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_bytes(data)
    codes = read_codes(path)
    assert codes.replaced("=7= (=7#2=) =7#3= =8= =8#2=").text == "Ada () Chess Žan =8#2="


def test_a_zero_in_a_list_does_not_make_another_alphabet_of_it(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_bytes("7\tAda Müller\n8\tBo\0 Žan\n9\tEve Schulz\n".encode())
    assert read_codes(path).replaced("=7= =9=").text == "Ada Müller Eve Schulz"


def test_quotation_marks_of_a_spreadsheet_are_its_own_and_those_of_a_nickname_are_not(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_text('1\t"Müller, Jr"\n2\t"Jo ""Magic"" X"\n3\t"Magic" J\n4\t"Air" or "Max"\n', "utf-8")
    said = read_codes(path).replaced("=1= | =2= | =3= | =4=").text
    assert said == 'Müller, Jr | Jo "Magic" X | "Magic" J | "Air" or "Max"'
