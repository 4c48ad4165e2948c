"""What is written for each program: its names, its words, its way to reject; and that nothing is lost by it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sidecar.destinations import destinations, unread_without_embedding
from core.sidecar.label_names import LABEL_SETS
from core.sidecar.profiles import (
    BRIDGE,
    DARKTABLE,
    DIGIKAM,
    EVERYWHERE,
    LIGHTROOM,
    PHOTO_MECHANIC,
    PROFILES,
    Container,
    Profile,
    container_of,
)
from core.sidecar.sidecar_names import SidecarNames
from core.sidecar.xmp_edit import XmpAdvice, XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_packet import parse
from core.sidecar.xmp_reader import read_packet
from core.types import Flag, Label, Photo, PhotoId

profiles = st.sampled_from(list(PROFILES.values()))
edits = st.builds(
    XmpEdit,
    st.none() | st.sampled_from(Flag),
    st.none() | st.integers(0, 5),
    st.none() | st.sampled_from(Label),
)
GERMAN = LABEL_SETS["de"]


def values(data: bytes) -> dict[str, str | None]:
    return {str(found.name): found.value for found in parse(data).properties}


def with_property(element: str) -> bytes:
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:darktable="http://darktable.sf.net/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:digiKam="http://www.digikam.org/ns/1.0/" xmlns:photomechanic="http://ns.camerabits.com/photomechanic/1.0/">
{element}</rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


@given(edits, edits, profiles, profiles)
def test_whatever_the_programs_nothing_decided_is_lost(
    first: XmpEdit, second: XmpEdit, one: Profile, other: Profile
) -> None:
    data = new_packet(first, GERMAN, profile=one)
    before = read_packet(data, GERMAN)
    after = read_packet(edit_packet(data, second, GERMAN, other), GERMAN)
    assert after.flag is (before.flag if second.flag is None else second.flag)
    if second.rating is not None:
        assert after.rating == second.rating
    else:
        assert (after.rating or 0) == (before.rating or 0)
    if second.label is None:
        assert after.label is before.label
    else:
        assert (after.label or Label.NONE) is second.label


@given(edits, edits, profiles)
def test_writing_twice_changes_nothing(first: XmpEdit, second: XmpEdit, profile: Profile) -> None:
    once = edit_packet(new_packet(first, profile=profile), second, profile=profile)
    assert edit_packet(once, second, profile=profile) is once


def test_programs_without_flags_get_a_rating_of_minus_one_and_the_stars_are_kept() -> None:
    data = new_packet(XmpEdit(Flag.REJECT, 3), profile=DARKTABLE)
    assert values(data)["xmp:Rating"] == "-1"
    assert values(data)["shortlist:Stars"] == "3"
    assert (read_packet(data).flag, read_packet(data).rating) == (Flag.REJECT, 3)
    picked = edit_packet(data, XmpEdit(Flag.PICK), profile=DARKTABLE)
    assert values(picked)["xmp:Rating"] == "3"
    assert "shortlist:Stars" not in values(picked)


def test_stars_given_to_another_programs_reject_do_not_take_the_reject_back() -> None:
    rejected = with_property("<xmp:Rating>-1</xmp:Rating>")
    after = edit_packet(rejected, XmpEdit(rating=2))
    assert (read_packet(after).flag, read_packet(after).rating) == (Flag.REJECT, 2)


@pytest.mark.parametrize(
    ("profile", "text"),
    [
        (LIGHTROOM, "Grün"),
        (EVERYWHERE, "Grün"),
        (BRIDGE, "Approved"),
        (DARKTABLE, "Green"),
        (DIGIKAM, "Green"),
    ],
)
def test_labels_have_the_words_the_program_knows(profile: Profile, text: str) -> None:
    assert values(new_packet(XmpEdit(label=Label.GREEN), GERMAN, profile=profile))["xmp:Label"] == text


def test_fields_of_digikam_and_photo_mechanic_are_added_for_them_alone() -> None:
    edit = XmpEdit(Flag.PICK, 5, Label.RED)
    for profile in PROFILES.values():
        names = values(new_packet(edit, profile=profile))
        assert ("digiKam:PickLabel" in names) == (profile in (DIGIKAM, EVERYWHERE))
        assert ("photomechanic:Tagged" in names) == (profile in (PHOTO_MECHANIC, EVERYWHERE))
    assert values(new_packet(edit, profile=EVERYWHERE))["digiKam:ColorLabel"] == "1"


@pytest.mark.parametrize(
    ("element", "flag", "label"),
    [
        ("<digiKam:PickLabel>3</digiKam:PickLabel>", Flag.PICK, None),
        ("<digiKam:PickLabel>1</digiKam:PickLabel>", Flag.REJECT, None),
        ("<digiKam:PickLabel>2</digiKam:PickLabel>", None, None),
        ("<digiKam:ColorLabel>6</digiKam:ColorLabel>", None, Label.PURPLE),
        ("<digiKam:ColorLabel>8</digiKam:ColorLabel>", None, None),
        ("<photomechanic:Tagged>True</photomechanic:Tagged>", Flag.PICK, None),
        ("<photomechanic:Tagged>False</photomechanic:Tagged>", None, None),
        (
            "<darktable:colorlabels><rdf:Seq><rdf:li>3</rdf:li><rdf:li>0</rdf:li></rdf:Seq></darktable:colorlabels>",
            None,
            Label.BLUE,
        ),
        ("<darktable:colorlabels><rdf:Seq/></darktable:colorlabels>", None, None),
        ("<darktable:colorlabels><rdf:Seq><rdf:li>9</rdf:li></rdf:Seq></darktable:colorlabels>", None, None),
    ],
)
def test_what_digikam_photo_mechanic_and_darktable_wrote_is_read(
    element: str, flag: Flag | None, label: Label | None
) -> None:
    facts = read_packet(with_property(element))
    assert (facts.flag, facts.label) == (flag, label)


def test_darktables_list_goes_where_it_contradicts_the_label_and_stays_where_not() -> None:
    element = "<darktable:colorlabels><rdf:Seq><rdf:li>0</rdf:li></rdf:Seq></darktable:colorlabels>"
    data = with_property(element)
    assert element.encode() in edit_packet(data, XmpEdit(label=Label.RED))
    assert element.encode() in edit_packet(data, XmpEdit(Flag.PICK, 4))
    changed = edit_packet(data, XmpEdit(label=Label.BLUE))
    assert b"colorlabels" not in changed
    assert read_packet(changed).label is Label.BLUE


def test_reasons_are_written_only_when_wanted() -> None:
    assert not [name for name in values(new_packet(XmpEdit(Flag.PICK, 1))) if name.startswith("shortlist")]
    advice = XmpAdvice(True, 0.81234, ("Eyes open", "Sharpest of 5"))
    written = values(new_packet(XmpEdit(Flag.PICK, advice=advice)))
    assert written["shortlist:Suggested"] == "True"
    assert written["shortlist:Score"] == "0.812"
    assert written["shortlist:Reasons"] == "Eyes open; Sharpest of 5"
    again = edit_packet(new_packet(XmpEdit(advice=advice)), XmpEdit(advice=XmpAdvice(False)))
    assert values(again) == {"shortlist:Suggested": "False"}


def photo(folder: Path, name: str, *companions: str) -> Photo:
    for file in (name, *companions):
        (folder / file).touch()
    return Photo(PhotoId(name), folder / name, tuple(folder / other for other in companions))


def where(one: Photo, profile: Profile, *, embed: bool) -> tuple[list[str], list[str]]:
    found = destinations(one, SidecarNames([one], profile.naming), profile, embed=embed)
    return [path.name for path in found.sidecars], [path.name for path in found.photos]


def test_where_each_program_looks(tmp_path: Path) -> None:
    raw, jpeg = photo(tmp_path, "1.CR2"), photo(tmp_path, "2.JPG")
    assert where(raw, LIGHTROOM, embed=True) == (["1.xmp"], [])
    assert where(jpeg, LIGHTROOM, embed=False) == (["2.xmp"], [])
    assert where(jpeg, LIGHTROOM, embed=True) == ([], ["2.JPG"])
    assert where(jpeg, DARKTABLE, embed=True) == (["2.JPG.xmp"], [])
    assert where(jpeg, EVERYWHERE, embed=True) == (["2.xmp", "2.JPG.xmp"], ["2.JPG"])


def test_a_pair_is_written_beside_the_raw_and_into_the_jpeg(tmp_path: Path) -> None:
    pair = photo(tmp_path, "1.JPG", "1.CR2")
    assert where(pair, LIGHTROOM, embed=True) == (["1.xmp"], ["1.JPG"])
    assert where(pair, DIGIKAM, embed=True) == (["1.CR2.xmp", "1.JPG.xmp"], ["1.JPG"])


def test_a_sidecar_that_is_there_never_contradicts_the_photo(tmp_path: Path) -> None:
    jpeg = photo(tmp_path, "2.JPG")
    (tmp_path / "2.JPG.xmp").touch()
    assert where(jpeg, LIGHTROOM, embed=True) == (["2.JPG.xmp"], ["2.JPG"])


def test_it_is_known_when_a_program_will_not_look_at_the_sidecar(tmp_path: Path) -> None:
    jpeg, pair = photo(tmp_path, "2.JPG"), photo(tmp_path, "1.JPG", "1.CR2")
    assert unread_without_embedding(jpeg, LIGHTROOM)
    assert not unread_without_embedding(pair, LIGHTROOM)
    assert not unread_without_embedding(jpeg, DARKTABLE)
    assert not unread_without_embedding(jpeg, EVERYWHERE)


def test_heic_and_makers_raws_are_never_embedded_into() -> None:
    for name in ("1.HEIC", "1.HIF", "1.CR2", "1.CR3", "1.NEF", "1.AVIF", "1.webp"):
        assert container_of(Path(name)) is None
    assert container_of(Path("1.JPEG")) is Container.JPEG
    assert container_of(Path("1.DNG")) is Container.DNG


def test_the_table_can_be_shown() -> None:
    assert len({profile.name for profile in PROFILES.values()}) == len(PROFILES)
    assert all(key == profile.id for key, profile in PROFILES.items())
    assert all(profile.note.endswith(".") for profile in PROFILES.values())
    assert next(iter(PROFILES.values())) is LIGHTROOM
