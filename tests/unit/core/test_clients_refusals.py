r"""What a client refuses, in the words of three languages: it is never kept without a word.

Each line of ``fixtures/refusals.txt`` is a text (``\n`` for a new line), the photos that are wanted, and those that
are refused.
"""

import re
from pathlib import Path
from unicodedata import category, normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.review.choice.chosen import ClientsChoice
from core.review.choice.names import PhotoNames
from core.review.choice.read import read_choice
from core.types import Photo, PhotoId

SHOOT = PhotoNames.of([Photo(PhotoId(str(one)), Path(f"/shoot/DSC_{one:04}.JPG")) for one in range(405, 436)])

ROWS = (Path(__file__).parents[2] / "fixtures/refusals.txt").read_text(encoding="utf-8").splitlines()


def read(text: str) -> ClientsChoice:
    return read_choice(text, SHOOT)


def kept(choice: ClientsChoice) -> set[str]:
    return {one.photo_id for one in choice.favourites}


def listed(choice: ClientsChoice) -> set[str]:
    """Numbers that somebody is told to look at, alone or within a range."""
    found: set[str] = set()
    for one in choice.not_understood:
        numbers = [int(number) for number in re.findall(r"\d+", one.said)]
        found |= {str(number) for number in range(numbers[0], numbers[-1] + 1)} if numbers else set()
    return found


@pytest.mark.parametrize("row", ROWS)
def test_what_is_refused_is_never_kept_without_a_word_and_what_is_wanted_is_kept(row: str) -> None:
    text, _, right = row.replace(r"\n", "\n").partition(" => ")
    wanted, refused = (set(part.split()) for part in right.split("/"))
    without_accents = "".join(letter for letter in normalize("NFD", text) if category(letter) != "Mn")
    for typed in (text, text.upper(), without_accents):
        choice = read(typed)
        assert not refused & (kept(choice) - listed(choice)), typed
        assert wanted <= kept(choice), typed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("415 - no thanks", ""),
        ("415 - no thanks, 416 - yes please", "416"),
        ("410-415 other than 412", "410 411 413 414 415"),
        ("ni 415 ni 416, 417", "417"),
        ("neither 415 nor 416, 417", "417"),
        ("weder 415 noch 416, 417", "417"),
        ("412-418 à l'exception de la 415", "412 413 414 416 417 418"),
        ("412-418 mit Ausnahme der 415", "412 413 414 416 417 418"),
        ("412-418, -415", "412 413 414 416 417 418"),
        ("lieber 412 als 415", "412"),
        ("Die 415 tauschen wir gegen 416", "416"),
        ("415? No. 416? Yes.", "416"),
    ],
)
def test_where_it_is_plain_exactly_what_is_wanted_is_kept(text: str, wanted: str) -> None:
    assert kept(read(text)) == set(wanted.split())


@pytest.mark.parametrize(
    "text",
    [
        "Delete everything except 412 and 413",
        "Delete all but 412 and 413",
        "Bitte alle löschen außer 412 und 413",
        "Supprimez tout sauf 412 et 413",
        "412 und 413 dürfen auf keinen Fall fehlen",
        "412 and 413 must not be missing",
        "La 412 et la 413 ne doivent pas manquer",
        "Nothing beats 412 and 413",
    ],
)
def test_what_is_refused_twice_is_kept(text: str) -> None:
    assert kept(read(text)) == {"412", "413"}


@pytest.mark.parametrize(
    "text",
    [
        "412, 413 and the one with the dog 414",
        "Hello! We love 412, 413 for the wall. No problem with the date, no rush at all.",
        "412 mit Hund, 413 bitte etwas heller und unbedingt die 414",
        "412 (bw please), 413 - the best, 414: schön!",
        "je prends la 412, la 413 et bien sûr la 414",
        "no. 412, no. 413 and no. 414",
        "not only 412 but also 413, 414",
        "nur 412, 413 und 414, sonst nichts",
        "❤ 412 ❤ 413 👍 414",
    ],
)
def test_where_nothing_is_refused_nobody_is_told_to_look(text: str) -> None:
    choice = read(text)
    assert kept(choice) >= {"412", "413"}
    assert not choice.not_understood


BEFORE = [
    "not ",
    "without the ",
    "except ",
    "nicht ",
    "außer der ",
    "ohne ",
    "sauf la ",
    "pas la ",
    "hormis ",
    "skip ",
    "❌ ",
]
BEHIND = [
    " no",
    " - no thanks",
    ": nein danke",
    " (non merci)",
    " bitte nicht",
    " is not for us",
    " raus",
    " à éviter",
    " 👎",
]
WANTED = ["{}", "{} please", "die {} bitte", "la {} oui", "{}!", "we love {}"]
PARTS = ["; ", ". ", ", ", "\n", "\n\n", " - "]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_refusal_among_wishes_is_heard(data: st.DataObject) -> None:
    numbers = data.draw(
        st.lists(st.sampled_from([str(one) for one in range(405, 436)]), min_size=1, max_size=4, unique=True)
    )
    refused = data.draw(st.sampled_from(numbers))
    before = data.draw(st.sampled_from(["", *BEFORE]))
    behind = data.draw(st.sampled_from(BEHIND)) if not before else ""
    said = [
        before + one + behind if one == refused else data.draw(st.sampled_from(WANTED)).format(one)
        for one in numbers
    ]
    text = said[0] + "".join(data.draw(st.sampled_from(PARTS)) + one for one in said[1:])
    choice = read(text)
    assert refused not in kept(choice) - listed(choice), text
