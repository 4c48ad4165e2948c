"""What other programs wrote about a picture is read where they write it, and kept with its facts."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.iptc import iptc_words
from core.ingest.scanner import ScannedFile
from core.persistence.documents import read_facts, write_facts
from core.pipeline.sidecar_words import SidecarWords
from core.pipeline.stages import metadata
from core.sidecar.xmp_packet import parse
from core.sidecar.xmp_words import LONGEST_TEXT, MOST_WORDS, words_of
from core.types import Photo, WrittenWords
from fixtures.photo_files import picture

PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:digiKam="http://www.digikam.org/ns/1.0/"
  xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Wien" photoshop:Country="Österreich"
  xmlns:c="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" c:Location="Prater" photoshop:Headline="Sommer">
 <dc:subject><rdf:Bag><rdf:li>Hund</rdf:li><rdf:li> </rdf:li></rdf:Bag></dc:subject>
 <lr:hierarchicalSubject><rdf:Bag><rdf:li>Tiere|Hund</rdf:li><rdf:li>Tiere|Katze</rdf:li></rdf:Bag></lr:hierarchicalSubject>
 <digiKam:TagsList><rdf:Seq><rdf:li>Places/Park</rdf:li></rdf:Seq></digiKam:TagsList>
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Ein Tag</rdf:li></rdf:Alt></dc:title>
 <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Im Park</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
SAID = WrittenWords(
    ("Hund", "Katze", "Park"), ("Ein Tag", "Sommer", "Im Park"), ("Prater", "Wien", "Österreich")
)


def read(path: Path) -> Photo:
    status = path.stat()
    (found,) = metadata([ScannedFile(path, status.st_size, status.st_mtime_ns)], lambda: False)
    assert not isinstance(found, Exception)
    return found.photo


def test_a_packet_says_keywords_titles_and_places() -> None:
    assert words_of(parse(PACKET.encode())) == SAID


def test_a_list_in_one_text_is_taken_apart_and_a_flood_is_bounded() -> None:
    packet = (
        PACKET[: PACKET.index("<dc:subject>")] + "<dc:subject>one; two,three</dc:subject></rdf:Description>"
    )
    assert words_of(parse((packet + "</rdf:RDF></x:xmpmeta>").encode())).keywords == ("one", "two", "three")
    flood = "".join(f"<rdf:li>{number}</rdf:li>" for number in range(1000))
    much = PACKET.replace("<rdf:li>Hund</rdf:li>", flood).replace("Im Park", "x" * 9000)
    words = words_of(parse(much.encode()))
    assert len(words.keywords) == MOST_WORDS
    assert len(words.titles[2]) == LONGEST_TEXT


def test_a_sidecar_adds_to_what_the_photo_says(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture())
    photo = replace(read(path), words=WrittenWords(("sea",), (), ("Wien",)))
    (tmp_path / "a.xmp").write_text(PACKET, "utf-8")
    (told,) = SidecarWords(lambda: False).applied([photo], {path: 1})
    assert told.words.keywords == ("sea", *SAID.keywords)
    assert told.words.places == ("Wien", "Prater", "Österreich")


def test_words_are_kept_with_the_facts(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture())
    photo = replace(read(path), words=SAID)
    assert read_facts(write_facts(photo), photo).words == SAID


@pytest.mark.skipif(not shutil.which("exiftool"), reason="ExifTool is not installed")
@pytest.mark.parametrize("form", ["IPTC", "XMP"])
@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_what_exiftool_writes_is_read(tmp_path: Path, form: str, suffix: str) -> None:
    from PIL import Image

    path = tmp_path / f"a{suffix}"
    Image.new("RGB", (64, 48), "red").save(path)
    fields = {
        "IPTC": ("IPTC:Keywords", "IPTC:Caption-Abstract", "IPTC:City"),
        "XMP": ("XMP-dc:Subject", "XMP-dc:Description", "XMP-photoshop:City"),
    }[form]
    values = ("Straße", "Ein Hund"), ("Am Meer – früh",), ("Köln",)
    charset = ["-codedcharacterset=utf8"] if form == "IPTC" else []
    subprocess.run(
        [
            "exiftool",
            "-q",
            "-overwrite_original",
            *charset,
            *(f"-{field}={value}" for field, each in zip(fields, values, strict=True) for value in each),
            str(path),
        ],
        check=True,
    )
    assert read(path).words == WrittenWords(*values)


def test_old_records_in_no_known_charset_are_read_as_windows_wrote_them() -> None:
    def record(number: int, value: bytes) -> bytes:
        return bytes([0x1C, 2, number]) + len(value).to_bytes(2, "big") + value

    block = record(25, b"Stra\xdfe") + record(25, b"Hund") + record(120, b"\x93Meer\x94") + record(90, b" ")
    assert iptc_words(block) == WrittenWords(("Straße", "Hund"), ("“Meer”",), ())


@given(st.binary(max_size=60))
def test_no_record_is_an_exception(block: bytes) -> None:
    iptc_words(block)
    iptc_words(b"\x1c\x02\x19" + block)
    iptc_words(b"8BIM\x04\x04" + block)
