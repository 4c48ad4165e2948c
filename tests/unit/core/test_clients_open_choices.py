"""What a client needs, said by two refusals, is kept; what is left to somebody else is kept, and said to be open."""

from pathlib import Path
from unicodedata import category, normalize

import pytest

from core.review.choice.chosen import ClientsChoice
from core.review.choice.names import PhotoNames
from core.review.choice.negated import OPEN
from core.review.choice.read import read_choice
from core.types import Photo, PhotoId

SHOOT = PhotoNames.of([Photo(PhotoId(str(one)), Path(f"/shoot/DSC_{one:04}.JPG")) for one in range(405, 436)])


def read(text: str) -> ClientsChoice:
    return read_choice(text, SHOOT)


def typed(text: str) -> tuple[str, ...]:
    """The text, shouted, and without accents."""
    return text, text.upper(), "".join(one for one in normalize("NFD", text) if category(one) != "Mn")


def kept(choice: ClientsChoice) -> set[str]:
    return {one.photo_id for one in choice.favourites}


def left_open(choice: ClientsChoice) -> set[str]:
    return {one.said[-3:] for one in choice.not_understood if one.why == OPEN}


@pytest.mark.parametrize(
    "text",
    [
        "Ohne 415 geht es nicht",
        "Ohne die 415 geht's nicht.",
        "Ohne 415 geht gar nichts",
        "Das Album ist ohne die 415 nicht komplett",
        "Nicht ohne die 415!",
        "Wir können nicht ohne 415",
        "kein Album ohne 415",
        "Auf die 415 können wir nicht verzichten",
        "Auf 415 wollen wir auf keinen Fall verzichten",
        "415 darf nicht fehlen",
        "We can't do without 415",
        "Without 415 it won't work",
        "The album is not complete without 415",
        "no album without 415",
        "On ne peut pas se passer de la 415",
        "Sans la 415, ça ne va pas",
        "Sans la 415 c'est impossible",
        "mais pas sans la 415",
        "nous ne voulons pas renoncer à la 415",
        "L'album sans la 415 n'est pas complet",
    ],
)
def test_what_cannot_be_done_without_is_kept_and_nobody_is_told_to_look(text: str) -> None:
    for each in typed(text):
        choice = read(f"412, 413. {each}")
        assert kept(choice) == {"412", "413", "415"}, each
        assert not choice.not_understood, each


def test_all_that_is_listed_is_needed() -> None:
    assert kept(read("Ohne 415 und 416 geht es nicht")) == {"415", "416"}


@pytest.mark.parametrize(
    "text",
    [
        "Ohne 415",
        "Ohne 415 geht es auch",
        "Ohne 415 können wir leben",
        "without the 415",
        "sans la 415",
        "On se passera de la 415",
        "nous renonçons à la 415",
        "Auf 415 verzichten wir",
        "Ohne 415, die ist nicht schön",
    ],
)
def test_what_can_be_done_without_is_left_out(text: str) -> None:
    assert kept(read(f"412 und 413. {text}")) == {"412", "413"}


@pytest.mark.parametrize(
    "text",
    ["Ohne 415 wird es nicht so voll", "Ohne 415 können wir nicht leben", "Without 415, it is not sharp"],
)
def test_what_may_be_needed_is_kept_with_a_word(text: str) -> None:
    choice = read(text)
    assert kept(choice) == {"415"}
    assert [one.said for one in choice.not_understood] == ["415"]


@pytest.mark.parametrize(
    ("text", "open_ones"),
    [
        ("either 412 or 413, not both", "412 413"),
        ("412 or 413 (not both)", "412 413"),
        ("412 or 413 but not both", "412 413"),
        ("not both 412 and 413", "412 413"),
        ("412/413, not both", "412 413"),
        ("412 or 413, your pick", "412 413"),
        ("412, 413 or 414 (you decide!)", "412 413 414"),
        ("one of 412, 413, 414", "412 413 414"),
        ("410, 411, either 412 or 413 - not both, 415", "412 413"),
        ("412 or 413", "412 413"),
        ("entweder 412 oder 413, aber nicht beide", "412 413"),
        ("nicht beide: 412 oder 413", "412 413"),
        ("412 oder 413, egal welches", "412 413"),
        ("412/413/414, nur eine davon", "412 413 414"),
        ("eins von 412 und 413", "412 413"),
        ("soit la 412, soit la 413, pas les deux", "412 413"),
        ("412 ou 413, au choix", "412 413"),
        ("la 412 ou la 413, comme vous voulez", "412 413"),
        ("une seule entre 412 et 413", "412 413"),
        ("410 oder 411 und 412, aber nicht 413", "410 411"),
    ],
)
def test_a_choice_that_is_left_open_refuses_none_of_them_and_is_told(text: str, open_ones: str) -> None:
    for each in typed(text):
        choice = read(each)
        assert set(open_ones.split()) <= kept(choice), each
        assert left_open(choice) == set(open_ones.split()), each


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I don't want 412 or 413, but 414", "414"),
        ("nicht 412 oder 413", ""),
        ("neither 412 nor 413", ""),
        ("either 412 or 413, not 414", "412 413"),
        ("412-418 but not 415 or 416", "412 413 414 417 418"),
    ],
)
def test_what_is_refused_beside_an_or_stays_refused(text: str, wanted: str) -> None:
    assert kept(read(text)) == set(wanted.split())


@pytest.mark.parametrize(
    "text", ["420/421+422 423jpg", "412 and 413, we like both", "412, 413. Wählen Sie den Rahmen"]
)
def test_where_nothing_is_left_open_nobody_is_told(text: str) -> None:
    assert not left_open(read(text))
