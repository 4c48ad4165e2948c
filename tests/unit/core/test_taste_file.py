"""A taste and a profile as files: they come back as they were, and what cannot be is refused by name."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import TasteFileError
from core.persistence.taste_store import TasteStore
from core.settings import Weights
from core.taste.lessons import LEARNED_TERMS
from core.taste.profiles import ShootProfile, all_profiles, read_profile, shipped, title_of, write_profile
from core.taste.taste import Taste, with_points
from core.taste.taste_file import read_taste
from core.taste.told import TasteTextError
from core.types import FlawKind, TermName
from fixtures.tastes import of_taste

SMILES = {"smile": 6.0, "sharpness": 0.5}


@pytest.fixture
def taste(tmp_path: Path) -> Iterator[Taste]:
    with closing(TasteStore.open(tmp_path / "taste.sqlite")) as store:
        yield Taste(store, shipped())


@pytest.fixture
def text(tmp_path: Path) -> str:
    """What somebody with a taste of their own exported."""
    with closing(TasteStore.open(tmp_path / "theirs.sqlite")) as store:
        theirs = Taste(store, {})
        for name in "abcd":
            shoot = of_taste(SMILES, 40, Path(f"/shoots/{name}"))
            theirs.observe(shoot.photos, shoot.clusters, shoot.decisions)
        return theirs.export()


def test_a_taste_goes_to_another_computer_and_ranks_there(taste: Taste, text: str, tmp_path: Path) -> None:
    assert "/shoots" not in text
    assert len(text) < 1500
    assert all(f"[terms.{name}]" in text for name in LEARNED_TERMS)
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    taste.bring(file)
    weights = with_points(Weights(), taste.ranking().points)
    assert weights.smile / weights.sharpness > 3
    assert taste.verdict().bursts == 160
    again = taste.export()
    numbers = [line for line in text.splitlines() if line.startswith(("weight", "held", "agreed"))]
    assert [line for line in again.splitlines() if line.startswith(("weight", "held", "agreed"))] == numbers
    taste.forget()
    assert with_points(Weights(), taste.ranking().points) == Weights(), (
        "what was brought along is forgotten too"
    )


def test_what_was_learned_here_is_not_learned_twice(taste: Taste, tmp_path: Path) -> None:
    shoot = of_taste(SMILES, 10)
    taste.observe(shoot.photos, shoot.clusters, shoot.decisions)
    file = tmp_path / "mine.toml"
    file.write_text(taste.export(), "utf-8")
    with pytest.raises(TasteFileError, match=r"mine\.toml: It is what was learned here"):
        taste.bring(file)
    taste.forget()
    taste.bring(file)
    assert taste.verdict().bursts == 10


BAD = {
    "newer": ("format = 1", "format = 2", "newer version of Shortlist"),
    "other terms": ("[terms.smile]", "[terms.hats]", "other terms.*hats, smile"),
    "not a number": ("weight = ", "weight = nan #", "“weight” of “sharpness” is no number that can be"),
    "infinite": ("weight = ", "weight = inf #", "no number that can be"),
    "below nothing": ("weight = ", "weight = -1 #", "no number that can be"),
    "huge": ("weight = ", "weight = 1e300 #", "no number that can be"),
    "a word": ("held = ", "held = 'firmly' #", "“held” of “sharpness”"),
    "true": ("held = ", "held = true #", "“held” of “sharpness”"),
    "held by nothing": ("held = ", "held = 0.0 #", "“held” of “sharpness”"),
    "more agreed than were": ("agreed = ", "agreed = 999 #", "contradict each other"),
    "huge counts": ("better = ", "better = 999999999999 #", "“better” of its bursts"),
    "cut off": ("[terms.exposure]", "[terms.exposure", "damaged, or no taste"),
    "another kind": ("shortlist-taste", "recipe", "damaged, or no taste"),
    "a learner of its own making": ('learner = "', 'learner = "../', "damaged, or no taste"),
    "a name that runs on": ('profile = "', 'profile = "a\\nb', "damaged, or no taste"),
}


@pytest.mark.parametrize(("old", "new", "said"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_is_refused_by_name_and_nothing_is_lost(
    taste: Taste, text: str, tmp_path: Path, old: str, new: str, said: str
) -> None:
    shoot = of_taste(SMILES, 40)
    taste.observe(shoot.photos, shoot.clusters, shoot.decisions)
    before = taste.learned().fitted.points.tolist()
    file = tmp_path / "bad.toml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    assert old in text
    with pytest.raises(TasteFileError, match=f"bad.toml: .*{said}"):
        taste.bring(file)
    assert taste.learned().fitted.points.tolist() == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"x = 1\n" * 30_000])
def test_what_is_no_text_at_all_is_refused(taste: Taste, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    with pytest.raises(TasteFileError, match=r"bad\.toml"):
        taste.bring(file)
    with pytest.raises(TasteFileError, match=r"bad\.toml"):
        read_profile(file)
    with pytest.raises(TasteFileError, match=r"missing\.toml"):
        taste.bring(tmp_path / "missing.toml")


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(content: bytes) -> None:
    with pytest.raises(TasteTextError):
        read_taste(content)


# Profiles


def test_all_profiles_that_ship_rank_by_the_standard() -> None:
    """No other weights did better on the labelled shoots, so none are claimed to."""
    profiles = shipped()
    assert list(profiles) == ["portraits", "event", "sport", "wildlife", "landscape", "product"]
    assert all(not profile.factors for profile in profiles.values())
    assert profiles["sport"].forgives == {FlawKind.BLURRED}
    assert title_of(profiles["event"]) == "Event"


def test_a_profile_of_ones_own_comes_back_as_it_was(tmp_path: Path) -> None:
    own = ShootProfile("my_gigs", 'Gigs, "dark"', {TermName.EXPOSURE: 0.25}, frozenset({FlawKind.BLACK}))
    (tmp_path / "gigs.toml").write_text(write_profile(own), "utf-8")
    (tmp_path / "bad.toml").write_text("kind = 1", "utf-8")
    found, refused = all_profiles(tmp_path)
    assert found["my_gigs"].factors[TermName.EXPOSURE] == 0.25
    assert (title_of(found["my_gigs"]), found["my_gigs"].forgives) == (own.title, own.forgives)
    assert set(shipped()) < set(found)
    assert [str(error) for error in refused] == ["bad.toml: It is damaged, or no profile of Shortlist."]


BAD_PROFILES = {
    "newer": ("format = 1", "format = 7", "newer version"),
    "a name that ships": ('"my_event"', '"event"', "name of a profile that ships"),
    "a path for a name": ('"my_event"', '"../up"', "letters, digits and underscores"),
    "other terms": ("smile = 1.0", "hats = 1.0", "other terms.*hats"),
    "not a number": ("smile = 1.0", "smile = nan", "“weights” of “smile”"),
    "unknown flaws": ("forgives = []", 'forgives = ["ugly"]', "does not know"),
    "one more key": ("format = 1", "format = 1\nrun = 'rm'", "damaged"),
}


@pytest.mark.parametrize(("old", "new", "said"), BAD_PROFILES.values(), ids=BAD_PROFILES)
def test_a_profile_that_cannot_be_is_refused_by_name(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = write_profile(ShootProfile("my_event"))
    assert old in text
    file = tmp_path / "mine.toml"
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(TasteFileError, match=rf"mine\.toml: .*{said}"):
        read_profile(file)


def test_a_profile_in_which_nothing_counts_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(write_profile(ShootProfile("mine", factors=dict.fromkeys(LEARNED_TERMS, 0.0))), "utf-8")
    with pytest.raises(TasteFileError, match="No term counts anything"):
        read_profile(file)
