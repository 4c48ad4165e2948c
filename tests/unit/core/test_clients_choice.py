"""A client's choice as people write it: understood where it can be, and shown where it cannot."""

import json
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export.tables import make_records, to_csv
from core.review.choice.chosen import ChoiceError, ClientsChoice
from core.review.choice.names import PhotoNames, proof_key
from core.review.choice.read import read_choice, text_of
from core.review.choice.taking import marks_of
from core.types import Decision, Flag, Label, Marks, Photo, PhotoId, TimeSource


def photo(name: str, *companions: str, folder: str = "/shoot") -> Photo:
    raws = tuple(Path(folder, one) for one in companions)
    return Photo(PhotoId(f"{folder}/{name}"), Path(folder, name), raws)


SHOOT = [
    *(photo(f"DSC_{number:04}.JPG", f"DSC_{number:04}.NEF") for number in range(400, 440)),
    photo("IMG_0412.jpg", folder="/shoot/b"),
    photo("and.jpg"),
    photo("IMG_0001.jpg"),
    photo("IMG_0002.jpg"),
    photo("20250614_183012.jpg"),
    photo("Grün 日本.jpg"),
]


def read(text: str, *photos: Photo) -> ClientsChoice:
    return read_choice(text, PhotoNames.of(photos or SHOOT))


def chosen(choice: ClientsChoice) -> list[str]:
    return [Path(one.photo_id).name for one in choice.favourites]


def dsc(*numbers: int) -> list[str]:
    return [f"DSC_{number:04}.JPG" for number in numbers]


def missed(choice: ClientsChoice) -> list[str]:
    return [one.said for one in choice.not_understood]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("DSC_0412, 415-418 and the one with the dog 430.jpg", dsc(412, 415, 416, 417, 418, 430)),
        ("dsc 412; DSC413.NEF / dsc-0414", dsc(412, 413, 414)),
        ("DSC_0415.png (the small one), DSC_0416-2.jpg, DSC_0417 (3)", dsc(415, 416, 417)),
        (
            "415–18; 420 to 422, 424 bis 425 und DSC_0430-DSC_0432",
            dsc(415, 416, 417, 418, 420, 421, 422, 424, 425, 430, 431, 432),
        ),
        ("#420, Nr. 421, no 422, Photo 423", dsc(420, 421, 422, 423)),
        ("420/421+422 423jpg", dsc(420, 421, 422, 423)),
        ("415 → 417, 420->421, from 424 till 426", dsc(415, 416, 417, 420, 421, 424, 425, 426)),
        ("1. DSC_0415\n2. DSC_0416\n3. 417", dsc(415, 416, 417)),
        ("1) 415\n2) 419", dsc(415, 419)),
        ("> DSC_0415.JPG\n> - DSC_0416.JPG", dsc(415, 416)),
        ("420, 420 and DSC_0420", dsc(420)),
        ("IMG_0412", ["IMG_0412.jpg"]),
        ("b/IMG_0412.jpg", ["IMG_0412.jpg"]),
        ("the one of 183012", ["20250614_183012.jpg"]),
        ("GRÜN 日本.JPG", ["Grün 日本.jpg"]),
        ("Gru\u0308n 日本.jpg", ["Grün 日本.jpg"]),
        ("and", ["and.jpg"]),
        ("photo 1 and 2", ["IMG_0001.jpg", "IMG_0002.jpg"]),
    ],
)
def test_names_and_numbers_in_any_form_are_understood(text: str, right: list[str]) -> None:
    choice = read(text)
    assert chosen(choice) == right
    assert missed(choice) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("412", ["412"]),  # two cameras have it
        ("999", ["999"]),
        ("DSC_0999.JPG", ["DSC_0999.JPG"]),
        ("not 415", ["415"]),
        ("everything except 415, 416 and 417", ["415", "416", "417"]),
        ("alle außer 415 und 416", ["415", "416"]),
        ("2 prints please", ["2"]),
        ("435-445", ["435-445"]),
        ("0412b and DSC_0413_final", ["0412b", "DSC_0413_final"]),
        ("400401402", ["400401402"]),
    ],
)
def test_what_cannot_be_told_is_shown_and_never_guessed(text: str, left: list[str]) -> None:
    choice = read(text)
    assert missed(choice) == left
    assert all(str(one.why) for one in choice.not_understood)
    assert chosen(choice) == (dsc(435, 436, 437, 438, 439) if "-" in text else [])


def test_what_a_word_excludes_is_left_out_of_a_range_too() -> None:
    choice = read("everything from 420 to 424 except 422; skip 424")
    assert chosen(choice) == dsc(420, 421, 423)
    assert missed(choice) == ["422", "424"], "and it is said"


@pytest.mark.parametrize(
    "text", ["5-7 and not 6", "5-7, but not 6", "5-7 ohne 6", "5-7 außer 6", "5-7 sauf 6", "5-7 pas 6"]
)
def test_a_small_number_after_not_is_taken_out_of_a_range(text: str) -> None:
    choice = read(text, *(photo(f"DSC_{number:04d}.jpg") for number in range(1, 12)))
    assert chosen(choice) == ["DSC_0005.jpg", "DSC_0007.jpg"]
    assert missed(choice) == ["6"], "and said to be"


ONE_CAMERAS = [photo(f"DSC_{number:04d}.JPG") for number in range(405, 436)]


@pytest.mark.parametrize(
    ("text", "meant", "left"),
    [
        # words before
        ("don't take 415 but take 416", [416], ["415"]),
        ("don’t want DSC_0415", [], ["DSC_0415"]),
        ("neither 415 nor 416", [], ["415", "416"]),
        ("delete 415, keep 416", [416], ["415"]),
        ("everything but 415", [], ["415"]),
        ("instead of 415 take 416", [416], ["415"]),
        ("412, 413, not: 415, 416", [412, 413], ["415", "416"]),
        ("Not:\n415\n416\n\nYes:\n417\n418", [417, 418], ["415", "416"]),
        ("weder 415 noch 416, aber 417", [417], ["415", "416"]),
        ("statt 415 lieber 416", [416], ["415"]),
        ("412-414 ohne die 413", [412, 414], ["413"]),
        ("nur 412, nicht 413, 414 schon", [412, 414], ["413"]),
        ("Bitte nicht die mit dem Hund 430, aber 431", [431], ["430"]),
        ("Nein: 415\nJa: 416", [416], ["415"]),
        ("412-418 mais pas la 415 ni la 416", [412, 413, 414, 417, 418], ["415", "416"]),
        ("ne prenez pas 415, mais 416", [416], ["415"]),
        ("❌ 415 ✅ 416", [416], ["415"]),
        ("412, ~~413~~", [412], ["413"]),
        # words behind
        ("412-414, 413 please not", [412, 414], ["413"]),
        ("415 no, 416 yes", [416], ["415"]),
        ("412 but 415 is not good", [412], ["415"]),
        ("415 (not sure), 416", [416], ["415"]),
        ("412, 415 bitte nicht", [412], ["412", "415"]),
        ("415 gefällt mir nicht, 416 schon", [416], ["415"]),
        ("415 und 416 nicht, bitte", [], ["415", "416"]),
        ("412 oui, 415 non", [412], ["415"]),
        ("415 ✗ 416 ✓", [416], ["415"]),
        # no negation at all, or of something else
        ("not only 415 but also 416", [415, 416], []),
        ("No 415 is lovely, no. 416 too", [415, 416], []),
        ("kein Problem, 415 und 416", [415, 416], []),
        ("I did not know what to say. 412 and 413", [412, 413], []),
        ("412, 413. Not the one with the dog.", [412, 413], []),
    ],
)
def test_what_is_negated_in_whatever_language_is_left_out_and_said_to_be(
    text: str, meant: list[int], left: list[str]
) -> None:
    choice = read(text, *ONE_CAMERAS)
    assert chosen(choice) == dsc(*meant)
    assert sorted(missed(choice)) == left


@pytest.mark.parametrize(
    "text",
    ["412-418 not 415\n420", "I like 420 though not quite as much as 421", "420, 421 do not please me"],
)
def test_what_may_be_negated_is_never_kept_without_a_word(text: str) -> None:
    choice = read(text, *ONE_CAMERAS)
    assert "DSC_0420.JPG" in chosen(choice)
    assert "420" in missed(choice)


def test_a_million_empty_lines_are_read_in_a_moment() -> None:
    assert chosen(read("413" + "\n" * 900_000 + "414")) == dsc(413, 414)


def test_a_count_before_a_photo_is_no_size() -> None:
    choice = read("2x 415, 3x416 and 1 x DSC_0417 in 13x18, 4x6 or 20 x 30 cm")
    assert chosen(choice) == dsc(415, 416, 417)


def test_what_is_listed_after_a_sentence_that_excludes_is_meant_again() -> None:
    choice = read("All but 415, 416. Then 418")
    assert chosen(choice) == dsc(418)


@pytest.mark.parametrize(
    "text",
    [
        "30x40 cm",
        "12.4.2025",
        "2025-04-12",
        "at 4:20",
        "+49 170 412 4151",
        "€ 415",
        "anna.415@example.org",
        "https://example.org/420",
        "415 €",
        "and the dog",
    ],
)
def test_sizes_dates_times_and_addresses_are_no_photos(text: str) -> None:
    choice = read(text)
    assert chosen(choice) == []
    assert missed(choice) == []
    assert choice.others.startswith(text.split()[0])


def test_words_between_names_are_kept() -> None:
    choice = read("Dear Eva, DSC_0412 and the one with the dog 430.jpg, thanks!")
    assert choice.others == "Dear Eva … and the one with the dog … thanks!"


@given(st.text(max_size=300))
def test_no_text_at_all_is_too_wild(text: str) -> None:
    choice = read_choice(text, PhotoNames.of(SHOOT[:6])) if not text.lstrip().startswith("{") else None
    if choice is not None:
        assert {one.photo_id for one in choice.photos} <= {one.id for one in SHOOT}


def test_a_long_hostile_text_takes_no_long_time() -> None:
    for text in ("a-" * 20_000, "1-" * 9_000, "@" * 20_000, "not " * 9_000 + "415", "x" * 50_000 + "1"):
        read(text)


# The gallery's own


def answer(**changed: object) -> str:
    photos = [
        {"key": proof_key(SHOOT[3]), "name": "renamed.jpg", "favourite": True, "word": "black & white"},
        {"key": "?", "name": "DSC_0405.JPG", "favourite": True, "word": ""},
        {"key": "?", "name": "DSC_0406.JPG", "favourite": False, "word": "who is this? 420"},
        {"key": "?", "name": "gone.jpg", "favourite": True, "word": "the best"},
    ]
    document = {"shortlist": "choice", "version": 1, "who": "Anna", "note": "Thanks", "photos": photos}
    return json.dumps(document | changed)


def test_of_ranges_without_end_the_first_are_read_and_the_rest_is_shown() -> None:
    choice = read("DSC_0412-0414, " + ", ".join(f"{number}-{number + 4999}" for number in range(1, 3000)))
    assert set(dsc(412, 413, 414)) <= set(chosen(choice))
    reasons = {str(one.why) for one in choice.not_understood}
    assert "There are more ranges in this text than anybody can mean; the first ones were read." in reasons


def test_the_file_of_a_gallery_says_exactly_what_was_marked() -> None:
    choice = read(answer())
    assert chosen(choice) == dsc(403, 405)
    assert [one.word for one in choice.photos] == ["black & white", "", "who is this? 420"]
    assert missed(choice) == ["gone.jpg — the best"], "no word is lost"
    assert (choice.who, choice.note) == ("Anna", "Thanks")


@pytest.mark.parametrize("end", [30, 200, -1])
def test_of_a_file_that_is_cut_short_nothing_is_guessed(end: int) -> None:
    with pytest.raises(ChoiceError, match="not all of it"):
        read(answer()[:end])


@pytest.mark.parametrize("photos", [None, 3, [3], [{}], [{"name": 3}], {"a": 1}])
def test_a_file_of_a_gallery_that_somebody_altered_is_refused_or_shown(photos: object) -> None:
    try:
        choice = read(answer(photos=photos))
    except ChoiceError:
        return
    assert chosen(choice) == []
    assert choice.not_understood


def test_the_text_of_a_gallery_survives_a_mail() -> None:
    text = (
        "Hello Eva, here it is. 420 was nice too\n"
        "> Shortlist · Wedding\n> ✍ Anna\n> ♥ DSC_0412.JPG — like 413, please\n> ♥\ufe0f Grün 日本.jpg\n"
        "> · DSC_0414.JPG — who is this?\n> ♥ gone.jpg\n> ✎ Thank you\n"
    )
    choice = read(text)
    assert chosen(choice) == ["DSC_0412.JPG", "Grün 日本.jpg"]
    assert [one.word for one in choice.photos] == ["like 413, please", "", "who is this?"]
    assert (choice.who, choice.note, missed(choice)) == ("Anna", "Thank you", ["gone.jpg"])
    assert "420 was nice too" in choice.others


def test_the_text_of_a_gallery_is_read_in_one_line_too() -> None:
    choice = read(
        "Shortlist · W ✍ Anna ♥ DSC_0412.JPG — like 413 ♥ DSC_0414.JPG · DSC_0415.JPG — who? ✎ Thanks"
    )
    assert chosen(choice) == dsc(412, 414)
    assert [one.word for one in choice.photos] == ["like 413", "", "who?"]
    assert (choice.who, choice.note) == ("Anna", "Thanks")


def test_a_name_with_a_dash_is_told_from_the_word_behind_it() -> None:
    dashed = photo("Anna — Ben 1.jpg")
    choice = read("Shortlist · W\n♥ Anna — Ben 1.jpg — lovely — really", dashed)
    assert [one.word for one in choice.photos] == ["lovely — really"]


def test_photos_of_one_name_are_told_apart_by_time_and_folder() -> None:
    def at_noon(one: Photo) -> Photo:
        return replace(one, taken_at=datetime(2025, 6, 14, 12), time_source=TimeSource.EXIF)

    one, other = photo("A1.jpg", folder="/s/1"), photo("A1.jpg", folder="/s/2")
    assert proof_key(at_noon(one)) == proof_key(at_noon(photo("A1.jpg", folder="/elsewhere/1")))
    assert proof_key(at_noon(one)) != proof_key(one)
    assert proof_key(one) != proof_key(other)
    assert missed(read("A1", one, other)) == ["A1"]


# Tables


TABLES = (
    """Filename,Favorite,Rating,Color Label,Comment
DSC_0412.JPG,yes,4,Green,"a, b"
DSC_0413.JPG,no,,,
x.jpg,yes,,,
""",
    """\ufeffDatei;Auswahl;Sterne;Farbe;Kommentar\r
DSC_0412.JPG;1;★★★★;Grün;a, b\r
DSC_0413.JPG;0;;;\r
x.jpg;1;;;\r
""",
    """path\tselected\tstars\tlabel\tnotes
C:\\out\\DSC_0412.JPG\tX\t****\tgreen\ta, b
/x/DSC_0413.JPG\tfalse\t\t\t
x.jpg\tX\t\t\t
""",
)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_says_who_is_chosen_and_with_what(table: str) -> None:
    choice = read(table)
    assert chosen(choice) == dsc(412)
    first = choice.photos[0]
    assert (first.stars, first.label, first.word) == (4, Label.GREEN, "a, b")
    assert missed(choice) == ["x.jpg"]
    assert marks_of(choice, None) == {first.photo_id: Marks(rating=4, label=Label.GREEN)}


def test_a_table_without_a_heading_is_told_by_what_is_in_it() -> None:
    choice = read("1;DSC_0412.JPG;5;more contrast\n2;DSC_0413.JPG;;\n3;DSC_0414.JPG;2;\n")
    assert [(Path(one.photo_id).name, one.stars) for one in choice.favourites] == [
        ("DSC_0412.JPG", 5),
        ("DSC_0414.JPG", 2),
    ]
    lists = read("DSC_0412, DSC_0413\nDSC_0414, DSC_0415")
    assert chosen(lists) == dsc(412, 413, 414, 415)
    assert chosen(read("Photos\nDSC_0412\n414-415")) == dsc(412, 414, 415), "a list with a word above it"


def test_a_mail_gives_its_attachment_or_its_words(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    mail = EmailMessage()
    mail["Subject"] = "420 pictures"
    mail.set_content("Grüße! ♥ DSC_0412 and 415")
    path.write_bytes(mail.as_bytes())
    assert chosen(read(text_of(path))) == dsc(412, 415)
    mail.add_attachment(answer().encode(), "application", "json", filename="shortlist-choice.json")
    path.write_bytes(mail.as_bytes())
    assert chosen(read(text_of(path))) == dsc(403, 405)
    page = EmailMessage()
    page.set_content("<style>.a412{}</style><p>DSC_0412 &amp; <b>DSC_0413</b></p>", "html")
    path.write_bytes(page.as_bytes())
    assert chosen(read(text_of(path))) == dsc(412, 413)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: multipart/mixed",
        b"Content-Type: multipart/alternative; charset=utf-8",
        b'Content-Type: multipart/mixed; boundary="another"',
    ],
)
@pytest.mark.parametrize("line", [b"\n", b"\r\n"])
def test_a_mail_that_does_not_say_what_parts_its_pieces_is_read(
    tmp_path: Path, head: bytes, line: bytes
) -> None:
    path = tmp_path / "mail.eml"
    head = b"Subject: 420 pictures\nMIME-Version: 1.0\n" + head + b"\n\n"
    path.write_bytes((head + b"DSC_0413 and 415\n").replace(b"\n", line))
    assert chosen(read(text_of(path))) == dsc(413, 415)
    piece = b"--=_0416\nContent-Type: text/plain; charset=utf-8\n\nDSC_0413 and 415\n--=_0416--\n"
    path.write_bytes((head + piece).replace(b"\n", line))
    assert chosen(read(text_of(path))) == dsc(413, 415)


def test_a_mail_gives_what_is_attached_as_a_text_or_forwarded_as_a_mail(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    mail, outer = EmailMessage(), EmailMessage()
    mail.add_attachment("DSC_0413", filename="choice.txt")
    path.write_bytes(mail.as_bytes())
    assert chosen(read(text_of(path))) == dsc(413)
    mail.add_attachment(answer().encode(), "application", "json", filename="shortlist-choice.json")
    outer.set_content("see below")
    outer.add_attachment(mail)
    path.write_bytes(outer.as_bytes())
    assert chosen(read(text_of(path))) == dsc(403, 405)


def test_a_mail_that_is_nested_without_end_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    levels = (f"Content-Type: multipart/mixed; boundary={at}\n\n--{at}\n" for at in range(5000))
    path.write_text("".join(levels))
    with pytest.raises(ChoiceError, match=r"mail\.eml” is nested too deeply"):
        text_of(path)


def test_our_own_table_comes_back_as_it_went_out() -> None:
    odd = [photo("=1+1.jpg"), photo("DSC_1.jpg"), photo("+2.jpg")]
    decisions = {odd[0].id: Decision(odd[0].id, Flag.PICK, 3), odd[1].id: Decision(odd[1].id, Flag.REJECT)}
    choice = read(to_csv(make_records(odd, decisions, ())).decode("utf-8-sig"), *odd)
    assert chosen(choice) == ["=1+1.jpg"]
    assert choice.photos[0].stars == 3


def test_files_are_read_in_what_programs_write(tmp_path: Path) -> None:
    path = tmp_path / "choice.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        path.write_bytes("Grün, DSC_0412".encode(encoding))
        assert text_of(path) == "Grün, DSC_0412"
    path.write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    with pytest.raises(ChoiceError, match="no text"):
        text_of(path)
    with pytest.raises(ChoiceError, match="gone"):
        text_of(tmp_path / "gone.txt")
