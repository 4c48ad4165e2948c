"""Flags, stars and labels in XMP, as Lightroom and the others read them."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sidecar.label_names import ENGLISH, LABEL_SETS, LabelSet, label_of
from core.sidecar.xmp_edit import XmpEdit, edit_packet, is_ours, new_packet
from core.sidecar.xmp_packet import PacketError, parse
from core.sidecar.xmp_reader import XmpFacts, read_packet
from core.types import Decision, Flag, Label, PhotoId

edits = st.builds(
    XmpEdit,
    st.none() | st.sampled_from(Flag),
    st.none() | st.integers(0, 5),
    st.none() | st.sampled_from(Label),
)
label_sets = st.sampled_from(list(LABEL_SETS.values()))


def foreign(attributes: str) -> bytes:
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpDM="http://ns.adobe.com/xmp/1.0/DynamicMedia/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:photomechanic="http://ns.camerabits.com/photomechanic/1.0/"
    {attributes}/>
 </rdf:RDF>
</x:xmpmeta>""".encode()


def values(data: bytes) -> dict[str, str | None]:
    return {str(found.name): found.value for found in parse(data).properties}


@given(edits, edits, label_sets)
def test_what_was_written_is_read_and_what_was_not_is_as_before(
    first: XmpEdit, second: XmpEdit, labels: LabelSet
) -> None:
    before = read_packet(new_packet(first, labels), labels)
    after = read_packet(edit_packet(new_packet(first, labels), second, labels), labels)
    cleared = None if second.label is Label.NONE else second.label
    assert after.flag is (before.flag if second.flag is None else second.flag)
    assert after.rating == (before.rating if second.rating is None else second.rating)
    assert after.label is (before.label if second.label is None else cleared)


@given(edits, edits, label_sets)
def test_writing_twice_changes_nothing(first: XmpEdit, second: XmpEdit, labels: LabelSet) -> None:
    once = edit_packet(new_packet(first, labels), second, labels)
    assert edit_packet(once, second, labels) is once


def test_it_is_written_as_lightroom_writes_it() -> None:
    data = new_packet(XmpEdit(Flag.PICK, 4, Label.YELLOW), extension="CR2")
    assert values(data) == {
        "photoshop:SidecarForExtension": "CR2",
        "xmp:Rating": "4",
        "xmpDM:pick": "1",
        "xmpDM:good": "true",
        "xmp:Label": "Yellow",
        "photoshop:LabelColor": "yellow",
    }
    assert is_ours(data)


def test_a_reject_keeps_its_stars() -> None:
    data = edit_packet(new_packet(XmpEdit(rating=3)), XmpEdit(flag=Flag.REJECT))
    assert values(data) == {"xmp:Rating": "3", "xmpDM:pick": "-1", "xmpDM:good": "false"}


def test_unflagging_and_clearing_a_label_remove_what_lightroom_removes() -> None:
    data = new_packet(XmpEdit(Flag.PICK, 5, Label.RED))
    data = edit_packet(data, XmpEdit(Flag.UNFLAGGED, None, Label.NONE))
    assert values(data) == {"xmp:Rating": "5", "xmpDM:pick": "0"}


def test_nothing_decided_changes_nothing() -> None:
    data = foreign('xmp:Rating="-1" xmp:Label="Mine" photomechanic:Prefs=" 1:2:3:4 " digiKam:PickLabel="2"')
    assert edit_packet(data, XmpEdit()) is data


def test_a_decision_becomes_an_edit() -> None:
    decision = Decision(PhotoId("a"), Flag.PICK, 2, Label.NONE)
    assert XmpEdit.of(decision) == XmpEdit(Flag.PICK, 2, Label.NONE)


@pytest.mark.parametrize("rating", [-1, 6])
def test_stars_are_none_to_five(rating: int) -> None:
    with pytest.raises(ValueError, match="0 to 5"):
        XmpEdit(rating=rating)


def test_fields_of_digikam_and_photo_mechanic_are_brought_up_to_date() -> None:
    data = foreign(
        'digiKam:PickLabel="1" digiKam:ColorLabel="4" photomechanic:Tagged="False" '
        'photomechanic:ColorClass="3" photomechanic:Prefs="0:3:1:008771" photoshop:Urgency="4"'
    )
    after = values(edit_packet(data, XmpEdit(Flag.PICK, 5, Label.PURPLE)))
    assert after["digiKam:PickLabel"] == "3"
    assert after["digiKam:ColorLabel"] == "6"
    assert after["photomechanic:Tagged"] == "True"
    assert after["photomechanic:ColorClass"] == "0"
    assert after["photomechanic:Prefs"] == "1:0:5:008771"
    assert after["photoshop:Urgency"] == "4"


def test_a_photo_mechanic_class_stays_while_the_label_does() -> None:
    data = foreign('xmp:Label="Rot" photomechanic:ColorClass="2" photomechanic:Prefs="0:2:0:1"')
    after = values(edit_packet(data, XmpEdit(Flag.PICK, None, Label.RED)))
    assert after["photomechanic:ColorClass"] == "2"
    assert after["photomechanic:Prefs"] == "1:2:0:1"


def test_their_fields_are_never_added() -> None:
    names = values(edit_packet(foreign(""), XmpEdit(Flag.PICK, 5, Label.PURPLE)))
    assert not [name for name in names if name.startswith(("digiKam", "photomechanic"))]


def test_picking_takes_back_the_reject_of_bridge_and_darktable() -> None:
    data = foreign('xmp:Rating="-1"')
    assert read_packet(data) == XmpFacts(flag=Flag.REJECT)
    assert values(edit_packet(data, XmpEdit(Flag.PICK)))["xmp:Rating"] == "0"
    assert values(edit_packet(data, XmpEdit(Flag.REJECT)))["xmp:Rating"] == "-1"
    assert values(edit_packet(data, XmpEdit(Flag.PICK, 3)))["xmp:Rating"] == "3"


@pytest.mark.parametrize(
    ("attributes", "facts"),
    [
        ('xmpDM:good="True"', XmpFacts(flag=Flag.PICK)),
        ('xmpDM:good="false" xmpDM:pick="1"', XmpFacts(flag=Flag.REJECT)),
        ('xmpDM:pick="0"', XmpFacts(flag=Flag.UNFLAGGED)),
        ('xmpDM:pick="1" xmp:Rating="-1"', XmpFacts(flag=Flag.PICK)),
        ('xmp:Rating=" 5.0 "', XmpFacts(rating=5)),
        ('xmp:Rating="99"', XmpFacts()),
        ('xmp:Rating="many"', XmpFacts()),
        ('xmp:Rating="1e999"', XmpFacts()),
        ('xmp:Label="Grün"', XmpFacts(label=Label.GREEN, label_text="Grün")),
        ('xmp:Label="To Do"', XmpFacts(label=Label.PURPLE, label_text="To Do")),
        ('xmp:Label="Wedding"', XmpFacts(label_text="Wedding")),
        ('xmp:Label="Wedding" photoshop:LabelColor="blue"', XmpFacts(label=Label.BLUE, label_text="Wedding")),
        ('xmp:Label="Red" photoshop:LabelColor="blue"', XmpFacts(label=Label.RED, label_text="Red")),
    ],
)
def test_what_others_wrote_is_understood(attributes: str, facts: XmpFacts) -> None:
    assert read_packet(foreign(attributes)) == facts


def test_no_label_text_stands_for_two_colours() -> None:
    for one, other in itertools.product(LABEL_SETS.values(), repeat=2):
        for label in Label:
            assert other.label(one.text(label)) in (None, label)


def test_the_users_own_labels_are_looked_at_first() -> None:
    upside_down = replace(ENGLISH, name="Mine", red="Green", green="Keep")
    assert label_of("green", upside_down) is Label.RED
    assert label_of("Yellow", upside_down) is Label.YELLOW
    assert label_of("Vermelho", upside_down) is Label.RED
    assert label_of("whatever", upside_down) is None


def test_a_label_without_a_text_is_refused() -> None:
    with pytest.raises(PacketError, match="no text for red"):
        new_packet(XmpEdit(label=Label.RED), replace(ENGLISH, red=" "))
