"""Named faces as regions: spliced in, read back, ours kept up to date, and those of other programs left alone."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export.planned import Action
from core.export.xmp import XmpChoices, plan_xmp
from core.known.regions import regions_of, written_names
from core.sidecar.xmp_edit import XmpEdit, new_packet
from core.sidecar.xmp_packet import PacketError, parse
from core.sidecar.xmp_regions import named_faces, write_regions
from core.types import Box, FaceRegion, FaceRegions, Flag, WrittenWords, turned_box
from fixtures.frames import analysis, face, photo
from fixtures.real_photos import PHOTOS
from fixtures.referees import exiftool_tags, exiv2_xmp

LEFT, RIGHT = Box(0.1, 0.2, 0.1, 0.15), Box(0.6, 0.2, 0.1, 0.15)
ANNA, BOB = FaceRegion("Anna & “Ann”", LEFT), FaceRegion("Bob", RIGHT)


def regions(*faces: FaceRegion, width: int = 6000, height: int = 4000) -> FaceRegions:
    return FaceRegions(width, height, faces)


def sidecar(wanted: FaceRegions | None = None) -> bytes:
    return new_packet(XmpEdit(flag=Flag.PICK, regions=wanted))


# As Lightroom writes them, as ExifTool does, and in a list that holds nothing.
ADOBE = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
   xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#">
  <mwg-rs:Regions rdf:parseType="Resource">
   <mwg-rs:AppliedToDimensions stDim:w="6000" stDim:h="4000" stDim:unit="pixel"/>
   <mwg-rs:RegionList>
    <rdf:Bag>
     <rdf:li>
      <rdf:Description mwg-rs:Rotation="0.00000" mwg-rs:Name="Maria" mwg-rs:Type="Face">
       <mwg-rs:Area stArea:h="0.25" stArea:w="0.2" stArea:x="0.15" stArea:y="0.28"/>
      </rdf:Description>
     </rdf:li>
     <rdf:li><rdf:Description mwg-rs:Type="Focus"><mwg-rs:Area stArea:x=".65" stArea:y=".28" stArea:w=".1"
       stArea:h=".1"/></rdf:Description></rdf:li>
    </rdf:Bag>
   </mwg-rs:RegionList>
  </mwg-rs:Regions>
 </rdf:Description></rdf:RDF></x:xmpmeta>"""
EXIFTOOL = b"""<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
 <rdf:Description rdf:about='' xmlns:r='http://www.metadataworkinggroup.com/schemas/regions/'
   xmlns:a='http://ns.adobe.com/xmp/sType/Area#'>
  <r:Regions rdf:parseType='Resource'><r:RegionList><rdf:Bag><rdf:li rdf:parseType='Resource'>
    <r:Area rdf:parseType='Resource'><a:h>0.25</a:h><a:unit>normalized</a:unit><a:w>0.2</a:w><a:x>0.15</a:x>
      <a:y>0.28</a:y></r:Area><r:Name>Maria</r:Name><r:Type>Face</r:Type>
  </rdf:li></rdf:Bag></r:RegionList></r:Regions>
 </rdf:Description></rdf:RDF></x:xmpmeta>"""
EMPTY = (
    EXIFTOOL[: EXIFTOOL.index(b"<rdf:Bag>")] + b"<rdf:Bag/>" + EXIFTOOL[EXIFTOOL.index(b"</r:RegionList>") :]
)
MICROSOFT = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" xmlns:MP="http://ns.microsoft.com/photo/1.2/"
   xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#">
  <MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>
   <rdf:li MPReg:Rectangle="0.1, 0.2, 0.1, 0.15" MPReg:PersonDisplayName="Zoë"/>
   <rdf:li MPReg:PersonDisplayName="somebody, not said where"/>
   <rdf:li MPReg:Rectangle="nonsense, 0.2, 7, 0.15" MPReg:PersonDisplayName="Nobody"/>
  </rdf:Bag></MPRI:Regions></MP:RegionInfo></rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def test_what_is_written_is_read_back_and_written_once() -> None:
    packet = sidecar(regions(ANNA, BOB))
    found = named_faces(parse(packet))
    assert [each.name for each in found] == [ANNA.name, BOB.name]
    assert found[0].box.x == pytest.approx(LEFT.x, abs=1e-6)
    assert found[1].box.height == pytest.approx(RIGHT.height, abs=1e-6)
    assert write_regions(packet, regions(ANNA, BOB)) is packet


def test_ours_follow_the_names_and_are_taken_away_without_a_trace() -> None:
    plain = sidecar()
    packet = write_regions(plain, regions(ANNA, BOB))
    renamed = write_regions(packet, regions(FaceRegion("Hanna", LEFT), BOB))
    assert sorted(each.name for each in named_faces(parse(renamed))) == ["Bob", "Hanna"]
    moved = write_regions(packet, regions(FaceRegion(ANNA.name, Box(0.3, 0.5, 0.1, 0.1)), BOB))
    assert {each.name: round(each.box.x, 3) for each in named_faces(parse(moved))} == {
        ANNA.name: 0.3,
        "Bob": 0.6,
    }
    assert parse(write_regions(packet, regions())).properties is not None
    assert named_faces(parse(write_regions(packet, regions()))) == ()
    assert b"mwg-rs" not in write_regions(packet, regions())


@pytest.mark.parametrize("theirs", [ADOBE, EXIFTOOL], ids=["Adobe", "ExifTool"])
def test_what_another_program_says_of_a_face_stays(theirs: bytes) -> None:
    """Byte for byte: the same name, another name for that face, and that name for another face."""
    assert [each.name for each in named_faces(parse(theirs))] == ["Maria"]
    same, renamed, elsewhere = FaceRegion("Maria", LEFT), FaceRegion("Anna", LEFT), FaceRegion("Maria", RIGHT)
    for wanted in (same, renamed, elsewhere):
        assert write_regions(theirs, regions(wanted)) is theirs
    with_bob = write_regions(theirs, regions(renamed, BOB))
    assert [each.name for each in named_faces(parse(with_bob))] == ["Maria", "Bob"]
    assert write_regions(with_bob, regions(renamed, BOB)) is with_bob
    assert write_regions(with_bob, regions(renamed)) == theirs
    kept, _, _ = theirs.partition(b"</rdf:Bag>")
    assert with_bob.startswith(kept.rstrip())


def test_a_name_that_is_left_out_is_said(tmp_path: Path) -> None:
    """In the plan, before anything is written: the other program's word stays."""
    taken = replace(photo("a"), path=tmp_path / "a.cr2")
    taken.path.write_bytes(b"")
    (tmp_path / "a.xmp").write_bytes(ADOBE)
    wanted = {taken.id: regions(FaceRegion("Anna", LEFT), BOB)}
    (planned,) = plan_xmp([taken], [taken], {}, choices=XmpChoices(regions=True), regions=wanted)
    assert planned.remark == "Another program calls Anna “Maria” here, and that stays."
    assert planned.action is Action.UPDATE
    same = {taken.id: regions(FaceRegion("Maria", LEFT), BOB)}
    (planned,) = plan_xmp([taken], [taken], {}, choices=XmpChoices(regions=True), regions=same)
    assert planned.remark == ""
    assert list(plan_xmp([taken], [taken], {}, choices=XmpChoices(), regions=wanted)) == []


def test_an_empty_list_of_regions_is_filled() -> None:
    filled = write_regions(EMPTY, regions(ANNA))
    assert [each.name for each in named_faces(parse(filled))] == [ANNA.name]


def test_regions_of_a_picture_of_another_shape_are_left_alone() -> None:
    """It was cropped since: where their faces are now, nobody can tell."""
    assert write_regions(ADOBE, regions(BOB, width=4000, height=4000)) is ADOBE


def test_what_windows_wrote_is_read_and_nonsense_is_not() -> None:
    (zoe,) = named_faces(parse(MICROSOFT))
    assert zoe.name == "Zoë"
    assert zoe.box.x == pytest.approx(0.1)
    assert zoe.box.height == pytest.approx(0.15)
    written = write_regions(MICROSOFT, regions(BOB))
    assert {each.name for each in named_faces(parse(written))} == {"Zoë", "Bob"}


def test_regions_without_a_list_are_refused_and_nothing_is_lost() -> None:
    strange = EXIFTOOL.replace(b"r:RegionList", b"r:Other")
    assert named_faces(parse(strange)) == ()
    with pytest.raises(PacketError, match="left as it is"):
        write_regions(strange, regions(ANNA))


names = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    min_size=1,
)
places = st.builds(Box, st.floats(0, 0.8), st.floats(0, 0.8), st.floats(0.01, 0.2), st.floats(0.01, 0.2))


@given(
    st.lists(st.builds(FaceRegion, names, places), max_size=4),
    st.sampled_from([ADOBE, EXIFTOOL, EMPTY, MICROSOFT]),
)
def test_whatever_is_wanted_nothing_of_theirs_is_lost_and_a_second_time_changes_nothing(
    faces: list[FaceRegion], theirs: bytes
) -> None:
    wanted = regions(*faces)
    try:
        once = write_regions(theirs, wanted)
    except PacketError:
        return
    before, after = named_faces(parse(theirs)), named_faces(parse(once))
    assert set(before) <= set(after)
    assert write_regions(once, wanted) == once


@pytest.mark.parametrize("orientation", range(1, 9))
def test_regions_lie_in_the_picture_as_stored_and_are_found_again_however_it_is_turned(
    orientation: int,
) -> None:
    stored = Box(0.1, 0.2, 0.2, 0.1)
    upright = turned_box(stored, orientation)
    seen = analysis("a", faces=(face(), face()))
    faces = tuple(
        type(one)(box, 0.9, identity=who)
        for who, (one, box) in enumerate(zip(seen.faces, (upright, Box(0.8, 0.8, 0.1, 0.1)), strict=True))
    )
    object.__setattr__(seen, "faces", faces)
    taken = photo("a")
    object.__setattr__(taken, "orientation", orientation)
    found = regions_of(taken, seen, {0: "Anna"})
    (anna,) = found.faces
    for side in ("x", "y", "width", "height"):
        assert getattr(anna.box, side) == pytest.approx(getattr(stored, side))
    lies = orientation >= 5
    assert (found.width, found.height) == ((seen.height, seen.width) if lies else (seen.width, seen.height))
    object.__setattr__(taken, "words", WrittenWords(faces=(FaceRegion(" Maria|Curie ", stored),)))
    assert written_names([taken], {taken.id: seen}) == {0: "Maria–Curie"}


def test_referees_read_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    path.write_bytes(sidecar(regions(ANNA, BOB)))
    (tags,) = exiftool_tags(tmp_path).values()
    info = tags["XMP-mwg-rs:RegionInfo"]
    assert isinstance(info, dict)
    assert info["AppliedToDimensions"] == {"W": 6000, "H": 4000, "Unit": "pixel"}
    anna, bob = info["RegionList"]
    assert (anna["Name"], anna["Type"], bob["Name"]) == (ANNA.name, "Face", "Bob")
    assert anna["Area"] == {"X": 0.15, "Y": 0.275, "W": 0.1, "H": 0.15, "Unit": "normalized"}
    read = exiv2_xmp(path)
    assert read["Xmp.mwg-rs.Regions/mwg-rs:RegionList[2]/mwg-rs:Name"] == "Bob"


def test_what_exiftool_turns_is_what_we_turn(tmp_path: Path) -> None:
    """ExifTool writes a region of its own, and we find it."""
    path = tmp_path / "a.xmp"
    path.write_bytes(sidecar())
    exiftool_tags(tmp_path)  # skips where it is not installed
    area = "{X=.65,Y=.275,W=.1,H=.15,Unit=normalized}"
    size = "{W=6000,H=4000,Unit=pixel}"
    told = f"{{AppliedToDimensions={size},RegionList=[{{Area={area},Name=Bob,Type=Face}}]}}"
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", f"-XMP-mwg-rs:RegionInfo={told}", str(path)],
        check=True,
        timeout=60,
    )
    (bob,) = named_faces(parse(path.read_bytes()))
    assert bob.name == "Bob"
    assert bob.box.x == pytest.approx(RIGHT.x)
    again = write_regions(path.read_bytes(), regions(ANNA, BOB))
    assert [each.name for each in named_faces(parse(again))] == ["Bob", ANNA.name]


@pytest.mark.skipif(
    not (PHOTOS / "xmp_sidecars").is_dir(), reason="the real sidecars are not beside the repository"
)
def test_real_sidecars_keep_every_region_of_theirs() -> None:
    with_faces = 0
    for path in sorted((PHOTOS / "xmp_sidecars").glob("*.xmp")):
        data = path.read_bytes()
        try:
            before = named_faces(parse(data))
            after = write_regions(data, regions(ANNA, BOB))
            back = write_regions(after, regions())
        except PacketError:
            continue
        with_faces += bool(before)
        assert set(before) <= set(named_faces(parse(after))), path.name
        assert named_faces(parse(back)) == before, path.name
    assert with_faces >= 5
