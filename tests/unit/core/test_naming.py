"""Templates for names: understood once, refused with the place, and never a name that a disk refuses."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.naming.facts import PhotoFacts
from core.naming.names import NameTemplate
from core.naming.placeholders import PLACEHOLDERS
from core.naming.safe_names import LONGEST_NAME, safe_name, safe_path
from core.naming.template import Template, TemplateError
from core.types import Flag, Label

KNOWN = PhotoFacts(
    taken=datetime(2024, 5, 1, 18, 4, 9),
    shoot="Wedding",
    counter=7,
    name="IMG_0412",
    folder="100CANON",
    camera="Canon EOS R5",
    serial="012345",
    lens="RF 85mm F1.2",
    iso=400,
    focal_length=85.0,
    scene=3,
    burst=12,
    frame=2,
    rating=4,
    flag=Flag.PICK,
    label=Label.RED,
    look="Rings",
    people=("1", "4"),
)


def made(template: str, known: PhotoFacts = KNOWN) -> str:
    name = NameTemplate.parse(template).of(known)
    return "/".join((*name.folders, name.stem))


def amended(template: str, known: PhotoFacts = KNOWN) -> list[str]:
    return [str(sentence) for sentence in NameTemplate.parse(template).of(known).amended]


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{date:%Y-%m-%d}_{shoot}_{counter:04}", "2024-05-01_Wedding_0007"),
        ("{date}_{time}", "2024-05-01_180409"),
        ("{date:%y%m%d-%j-%V}", "240501-122-18"),
        ("{counter}", "0007"),
        ("{counter:2}x{number}x{number:02}x{number:6}", "07x0412x412x000412"),
        ("{camera:lower}/{serial}/{name:3}", "canon eos r5/012345/IMG"),
        ("{scene:02}-{burst}-{frame}", "03-12-2"),
        ("{lens:upper} {iso} {mm}", "RF 85MM F1.2 400 85"),
        ("{flag}{rating}{label}{look}", "pick4redRings"),
        ("{folder}\\{person}", "100CANON/1"),
        ("{Name}", "IMG_0412"),
        ("{{{name}}}", "{IMG_0412}"),
    ],
)
def test_a_template_is_filled_with_what_is_known(template: str, name: str) -> None:
    assert made(template) == name
    assert amended(template) == []


@pytest.mark.parametrize("placeholder", PLACEHOLDERS, ids=lambda one: one.word)
def test_every_placeholder_can_be_written_as_its_menu_writes_it(placeholder: object) -> None:
    written = placeholder.written  # type: ignore[attr-defined]
    assert made(f"x{written}") != "x"
    assert amended(f"x{written}") == []
    nothing = PhotoFacts(rating=0)
    if not made(f"x{written}", nothing)[1:]:
        assert amended(f"x{written}", nothing) == [f"Nothing is known for {{{placeholder.word}}}."]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("", "The template is empty."),
        ("  ", "The template is empty."),
        ("a_{camra}", "There is no placeholder {camra} (at character 3); {camera} may be meant."),
        ("{qqq}", "There is no placeholder {qqq} (at character 1)."),
        ("ab{date", "The brace at character 3 is not closed."),
        ("ab}", "The brace at character 3 closes nothing; a brace itself is written twice."),
        ("{na{me}", "The placeholder at character 1 has a brace within."),
        ("{date:%Q}", "{date} at character 1 does not know %Q; it knows %Y %y %m %d %H %M %S %j %V."),
        ("{date:%}", "{date} at character 1 does not know %; it knows %Y %y %m %d %H %M %S %j %V."),
        (
            "x {counter:4x}",
            "{counter} at character 3: behind the colon goes a number of digits, such as 04.",
        ),
        (
            "{name:big}",
            "{name} at character 1: behind the colon goes upper, lower or a number of characters.",
        ),
        ("/{name}", "The template begins with a slash; it begins within the target folder anyway."),
        (
            "\\\\server\\{name}",
            "The template begins with a slash; it begins within the target folder anyway.",
        ),
        ("{date}/", "The template ends with a folder; the name of the file is missing."),
        ("a//{name}", "Two slashes follow each other at character 2."),
        ("a/../{name}", "“..” at character 3 leads out of the target folder."),
        ("a/ .. /{name}", "“..” at character 3 leads out of the target folder."),
        ("{name}/..", "“..” at character 8 leads out of the target folder."),
        ("/".join("abcdefghij"), "The template has more than 8 folders."),
        ("x" * 2001, "The template is longer than 2,000 characters."),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place(template: str, sentence: str) -> None:
    with pytest.raises(TemplateError) as refused:
        NameTemplate.parse(template)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "CON_"),
        ("nul.tar", "nul_.tar"),
        ("Com¹", "Com¹_"),
        ("conin$", "conin$_"),
        ("console", "console"),
        ("what? a|b", "what_ a_b"),
        ("ends. . ", "ends"),
        (".hidden", "_hidden"),
        ("..", "_"),
        ("  ", "_"),
        ("a\x00\n\x7f\u2028b", "a____b"),
        ("right \u202eto left", "right to left"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("no text \udcff", "no text _"),
        ("C:\\Users", "C__Users"),
    ],
)
def test_a_name_is_one_that_every_disk_takes(text: str, name: str) -> None:
    assert safe_name(text).name == name


def test_long_names_are_cut_and_it_is_said() -> None:
    long = PhotoFacts(shoot="ä" * 300, name="鳥" * 300)
    name = NameTemplate.parse("{shoot}/{shoot}/{name}").of(long)
    whole = "/".join((*name.folders, name.stem))
    assert len(whole.encode("utf-16-le")) // 2 <= 160
    assert all(len(part.encode()) <= 180 for part in (*name.folders, name.stem))
    assert [str(sentence) for sentence in name.amended] == ["It was too long and was shortened."]


def test_what_had_to_be_changed_is_said() -> None:
    other = PhotoFacts(shoot="Anna & Ben: 1/2", is_dated_by_file=True, taken=datetime(2024, 5, 1))
    assert made("{shoot}/{date}{person}", other) == "Anna & Ben_ 1_2/2024-05-01"
    assert amended("{shoot}/{date}{person}", other) == [
        "Nothing is known for {person}.",
        "No camera says when it was taken; the date is its file's.",
        "Characters that some disks refuse were replaced.",
    ]
    assert made("{person|nobody}/{name}", PhotoFacts(name="A")) == "nobody/A"
    assert amended("{person|nobody}/{name}", PhotoFacts(name="A")) == []
    assert made("{person}/{name}", PhotoFacts(name="A")) == "_/A"
    assert amended("{person}/{name}", PhotoFacts(name="A")) == ["Nothing is known for {person}."]
    assert amended("CON", KNOWN) == ["Windows keeps this name for itself, so a sign was added."]


@given(st.text(max_size=300))
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    name = safe_name(text).name
    assert safe_name(name).name == name
    assert len(name) <= LONGEST_NAME


@given(st.text(max_size=60))
def test_text_without_braces_is_its_own_template(text: str) -> None:
    doubled = text.replace("{", "{{").replace("}", "}}")
    assert Template.parse(doubled).fill(PhotoFacts()).text == text


@pytest.mark.parametrize(
    "text", ["aux" + " " * 120 + "x", "nul" + " " * 99 + "y", "COM1" + "\u3000" * 90 + "x"]
)
def test_a_name_that_was_cut_is_no_device_either(text: str) -> None:
    assert safe_name(text).name.rstrip("_ ").casefold() == text.split()[0].casefold()
    assert safe_name(text).name.endswith("_")
    assert safe_path(["x" * 100, text])[1].name.endswith("_")
