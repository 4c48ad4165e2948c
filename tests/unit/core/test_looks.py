"""Looks: what is found, what the user's names make of it, and that it is found once."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import StoreError
from core.export.carry_out import export
from core.export.gallery import PAGE, plan_gallery
from core.export.store import ExportStore
from core.keyword_names import LONGEST, keyword_name
from core.language import say
from core.looks import tree as tree_module
from core.looks.looks import Look, Looks, find_looks
from core.looks.tree import STEPS, LookGrower, LookTree
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.database import Database
from core.persistence.decisions_schema import DECISIONS
from core.persistence.made_by import MadeBy
from core.persistence.session_store import SessionStore
from core.pipeline.look_finder import grow_looks, joined, remember_looks
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.types import Analysis, Embedding, Photo, PhotoId
from fixtures.frames import analysis, photo
from fixtures.looks import WIDTH, look_vectors

MADE_BY = MadeBy("measures", "embedder")


def ids(count: int) -> list[PhotoId]:
    return [PhotoId(f"{number:03}") for number in range(count)]


def found(
    sizes: list[int], odd: int = 0, names: dict[PhotoId, str] | None = None, detail: float = 0.5
) -> Looks:
    frames = ids(sum(sizes) + odd)
    return find_looks(LookGrower(look_vectors(sizes, odd)).tree, frames, names or {}, detail)


def numbers(look: Look) -> list[int]:
    return [int(photo_id) for photo_id in look.photo_ids]


def test_frames_that_look_alike_are_one_look_and_the_rest_is_odd() -> None:
    result = found([4, 6, 3], odd=2)
    assert [numbers(look) for look in result.looks] == [[4, 5, 6, 7, 8, 9], [0, 1, 2, 3], [10, 11, 12]]
    assert sorted(map(int, result.odd)) == [13, 14]


def test_a_long_shoot_of_many_kinds_is_not_strung_together() -> None:
    """Between any two of many kinds there is a frame halfway; a chain of such is no look."""
    rng = np.random.default_rng(2)
    kinds = look_vectors([8] * 40, spread=0.25)
    halfway = [(kinds[8 * at] + kinds[8 * at + 8]) / 2 + 0.1 * rng.normal(size=WIDTH) for at in range(39)]
    tree = LookGrower(np.concatenate([kinds, halfway]).astype(np.float32)).tree
    usual = tree.cut(0.5)
    assert np.bincount(usual[usual >= 0]).max() <= 2 * 8
    assert 35 <= usual.max() + 1 <= 45
    assert tree.cut(0.25).max() < usual.max()


def test_the_cover_is_the_frame_in_the_middle() -> None:
    vectors = look_vectors([5, 5], spread=0.4)
    vectors[3] = vectors[:5].mean(axis=0)
    result = find_looks(LookGrower(vectors).tree, ids(10), {}, 0.5)
    assert next(look.cover for look in result.looks if "003" in look.photo_ids) == "003"


def test_a_shoot_of_one_look_is_one_and_one_of_no_look_has_none() -> None:
    assert [len(look.photo_ids) for look in found([7]).looks] == [7]
    assert found([], odd=7).looks == ()
    assert len(found([], odd=7).odd) == 7


@given(st.integers(0, 12), st.booleans(), st.integers(0, 3))
@settings(deadline=None, max_examples=40)
def test_every_frame_is_in_one_look_or_odd_at_every_height(frames: int, same: bool, seed: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(1 if same else frames, 8)).astype(np.float32)
    vectors = np.repeat(vectors, frames, axis=0)[:frames] if same else vectors
    tree = LookGrower(vectors).tree
    counts = []
    for detail in np.linspace(0, 1, STEPS):
        result = find_looks(tree, ids(frames), {}, float(detail))
        everybody = [photo_id for look in result.looks for photo_id in look.photo_ids] + list(result.odd)
        assert sorted(everybody) == ids(frames)
        assert all(len(look.photo_ids) > 1 and look.cover in look.photo_ids for look in result.looks)
        counts.append(tree.cut(float(detail)).max(initial=-1))
    assert counts[0] <= counts[-1]


def test_more_detail_makes_more_looks_out_of_fewer() -> None:
    rng = np.random.default_rng(1)
    places = np.repeat(look_vectors([1] * 4), 12, axis=0)
    within = np.repeat(rng.normal(size=(16, places.shape[1])) * 0.18, 3, axis=0)
    tree = LookGrower((places + within + 0.02 * rng.normal(size=places.shape)).astype(np.float32)).tree
    counts = [int(cut.max()) + 1 for cut in tree.cuts]
    assert counts[0] == 2
    assert counts[0] < counts[STEPS // 2] <= counts[-1]
    assert counts[-1] >= 16
    assert counts == sorted(counts)


def test_frames_that_come_later_join_the_look_they_look_like() -> None:
    vectors = look_vectors([6, 6], odd=1)
    grower = LookGrower(vectors)
    newcomers = np.concatenate([vectors[:1] + 0.01, vectors[6:7] + 0.01, look_vectors([], odd=4)[3:]])
    tree = grower.grown(newcomers.astype(np.float32))
    middle = tree.cut(0.5)
    assert middle[13] == middle[0]
    assert middle[14] == middle[6]
    assert middle[15] == -1
    np.testing.assert_array_equal(middle[:13], grower.tree.cut(0.5), "what was found stays")


def test_newcomers_before_there_is_any_look_fit_nothing() -> None:
    tree = LookGrower(np.empty((0, 0), np.float32)).grown(look_vectors([3]))
    assert tree.cuts.shape == (STEPS, 3)
    assert (tree.cuts == -1).all()


# Names


def test_what_is_named_stays_one_look_at_every_height() -> None:
    names = {PhotoId("001"): "Ring", PhotoId("005"): "Ring"}
    for detail in (0.0, 0.5, 1.0):
        ring = next(look for look in found([4, 4], names=names, detail=detail).looks if look.name)
        assert (ring.name, numbers(ring)) == ("Ring", [1, 5])


def test_what_looks_like_a_named_look_has_its_name_proposed_and_not_given() -> None:
    names = dict.fromkeys(ids(3), "Ring")
    looks = found([5, 4], names=names).looks
    rest = next(look for look in looks if numbers(look) == [3, 4])
    assert (rest.name, rest.proposed) == ("", "Ring")
    assert next(look for look in looks if numbers(look) == [5, 6, 7, 8]).proposed == ""


def test_a_named_frame_that_was_never_measured_is_in_its_look() -> None:
    result = find_looks(LookGrower(look_vectors([3])).tree, ids(3), {PhotoId("unseen"): "Ring"}, 0.5)
    assert [(look.name, look.photo_ids, look.cover) for look in result.looks if look.name] == [
        ("Ring", ("unseen",), "unseen")
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  First   dance ", "First dance"),
        ("a|b", "a–b"),
        ("tab\tand\x00zero", "tab and zero"),
        ("\ud800", ""),
        ("Straße & <Ö>", "Straße & <Ö>"),
        ("x" * 200, "x" * LONGEST),
    ],
)
def test_a_name_is_fit_to_be_a_keyword(typed: str, kept: str) -> None:
    assert keyword_name(typed) == kept


def test_names_are_written_down_undone_and_there_after_a_restart(tmp_path: Path) -> None:
    photos = [photo(name) for name in "abc"]
    path = tmp_path / "decisions.sqlite"

    def opened(database: Database) -> tuple[Review, Shoot]:
        shoot = Shoot()
        shoot.photos = {each.id: each for each in photos}
        review = Review(SessionStore(database), (Path("/shoot"),), shoot)
        review.load(photos)
        return review, shoot

    with closing(Database(path, DECISIONS)) as database:
        review, shoot = opened(database)
        review.name_look([PhotoId("a"), PhotoId("b")], "Ring")
        review.name_look([PhotoId("b")], " Cake ")
        assert shoot.look_names() == {"a": "Ring", "b": "Cake"}
        assert review.undo_title == "Call b “Cake”"
    with closing(Database(path, DECISIONS)) as database:
        review, shoot = opened(database)
        assert shoot.look_names() == {"a": "Ring", "b": "Cake"}
        review.undo()
        assert shoot.look_names() == {"a": "Ring", "b": "Ring"}
        assert review.name_look([PhotoId("a")], "Ring") is None, "it is called so already"
        review.name_look([PhotoId("a")], "")
        assert shoot.look_names() == {"b": "Ring"}
        assert review.undo_title == "Take the look's name off a"


# Found once


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[AnalysisCache]:
    with closing(AnalysisCache.open(tmp_path / "measures.sqlite")) as opened:
        yield opened


def shoot_of(vectors: np.ndarray) -> tuple[list[Photo], dict[PhotoId, Analysis]]:
    photos = [photo(name) for name in ids(len(vectors))]
    return photos, {
        each.id: replace(analysis(each.id), embedding=Embedding(vector, MADE_BY.embedder_sha256))
        for each, vector in zip(photos, vectors, strict=True)
    }


def test_the_same_frames_are_clustered_once(cache: AnalysisCache, monkeypatch: pytest.MonkeyPatch) -> None:
    photos, analyses = shoot_of(look_vectors([5, 4], odd=2))
    assert remember_looks(photos, analyses, MADE_BY, cache) is None
    grown = grow_looks(photos, analyses, MADE_BY, cache)
    monkeypatch.setattr(tree_module, "_clustered", None)
    remembered = remember_looks(photos, analyses, MADE_BY, cache)
    assert remembered is not None
    assert remembered.frames == grown.frames
    np.testing.assert_array_equal(remembered.tree.cuts, grown.tree.cuts)


def test_a_disk_that_cannot_be_written_to_loses_no_kept_tree(
    cache: AnalysisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos, analyses = shoot_of(look_vectors([5, 4], odd=2))
    grow_looks(photos, analyses, MADE_BY, cache)

    def full(_database: Database) -> None:
        raise StoreError(say("The disk is full. Make room and try again."))

    monkeypatch.setattr(Database, "writing", full)
    assert remember_looks(photos, analyses, MADE_BY, cache) is not None


def test_other_frames_or_another_model_are_no_reason_to_believe_a_kept_tree(cache: AnalysisCache) -> None:
    photos, analyses = shoot_of(look_vectors([5, 4]))
    grow_looks(photos, analyses, MADE_BY, cache)
    assert remember_looks(photos[1:], analyses, MADE_BY, cache) is None
    changed = [replace(photos[0], mtime_ns=photos[0].mtime_ns + 1), *photos[1:]]
    assert remember_looks(changed, analyses, MADE_BY, cache) is None
    assert remember_looks(photos, analyses, MADE_BY._replace(embedder_sha256="other"), cache) is None


def test_vectors_that_are_not_in_memory_come_from_the_cache(cache: AnalysisCache) -> None:
    photos, analyses = shoot_of(look_vectors([5, 4]))
    cache.put_analyses([(each, analyses[each.id]) for each in photos], MADE_BY)
    summaries = cache.summaries(photos, MADE_BY).whole
    assert not summaries[photos[0].id].embedding.vector.size
    result = find_looks(grow_looks(photos, summaries, MADE_BY, cache).tree, ids(9), {}, 0.5)
    assert [numbers(look) for look in result.looks] == [[0, 1, 2, 3, 4], [5, 6, 7, 8]]


def test_frames_measured_meanwhile_join_what_was_found_until_they_are_many(cache: AnalysisCache) -> None:
    vectors = look_vectors([6, 6], odd=2)
    photos, analyses = shoot_of(vectors)
    early = {photo_id: each for photo_id, each in analyses.items() if photo_id not in ("003", "013")}
    found = grow_looks(photos, early, MADE_BY, cache, keep=False)
    now = joined(found, photos, analyses, MADE_BY, cache)
    assert now is not None
    assert sorted(now.frames) == ids(14)
    looks = find_looks(now.tree, now.frames, {}, 0.5)
    assert sorted(next(numbers(look) for look in looks.looks if 3 in numbers(look))) == [0, 1, 2, 3, 4, 5]
    assert "013" in looks.odd
    few = {photo_id: analyses[photo_id] for photo_id in ids(4)}
    found = grow_looks(photos, few, MADE_BY, cache, keep=False)
    assert joined(found, photos, analyses, MADE_BY, cache) is None


@given(st.binary(max_size=200))
def test_a_damaged_tree_is_none(document: bytes) -> None:
    with pytest.raises(ValueError):
        LookTree.read(document, 3)


def test_a_tree_cut_short_anywhere_is_none() -> None:
    document = LookGrower(look_vectors([3])).tree.write()
    for end in range(0, len(document), 97):
        with pytest.raises(ValueError):
            LookTree.read(document[:end], 3)
    assert LookTree.read(document, 3).cuts.shape == (STEPS, 3)


# The gallery


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.tags: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.sources += [value or "" for name, value in attributes if name == "src"]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_gallery_is_a_folder_that_works_from_the_disk(tmp_path: Path) -> None:
    shown = {each.id: replace(each, path=Path(f"/shoot/<{each.id}>.jpg")) for each in map(photo, ids(6))}
    looks = Looks(
        (Look((PhotoId("000"), PhotoId("001")), PhotoId("001"), "<script>alert('Ring')</script>"),),
        (PhotoId("005"),),
    )
    store = ExportStore.open(tmp_path / "exports.sqlite")
    plan = plan_gallery(
        tmp_path / "out", "A & B", looks, shown, lambda one: None if one.id == "001" else b"JPEG"
    )
    with closing(store):
        result = export(list(plan), store, "Gallery")
    assert not result.refused
    page = _Page((tmp_path / "out" / PAGE).read_text("utf-8"))
    assert "script" not in page.tags
    assert "<script>alert('Ring')</script>" in page.words
    assert "<000>.jpg" in page.words
    assert "<002>.jpg" not in page.words, "neither in a look nor odd"
    assert page.sources, "there are pictures"
    for source in page.sources:
        assert (tmp_path / "out" / source).read_bytes() == b"JPEG"
        assert not Path(source).is_absolute()
