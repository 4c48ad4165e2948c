"""CLIP's interface on a small pair of towers: tokenizing, both towers, and what is installed whole or not at all."""

from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ModelError
from core.language import say
from core.protocols import Describer
from fixtures import tiny_models
from fixtures.bad_server import honest, serving
from fixtures.describers import CONTENTS, known_as_clip, put_on_shelf
from models.catalogue import DescriberEntry, describers, find_describer
from models.describer import ClipDescriber, installed_describer, is_installed
from models.download import Patience
from models.installed import EmbedderShelf, InstalledFile, sha256_of
from models.installing import install, install_from, remove
from models.tokenizer import ClipTokenizer

WORDS = tiny_models.describer_words()
START, END = WORDS["<|startoftext|>"], WORDS["<|endoftext|>"]


@pytest.fixture
def shelf(tmp_path: Path) -> EmbedderShelf:
    return EmbedderShelf(tmp_path / "models")


@pytest.fixture
def entry(monkeypatch: pytest.MonkeyPatch) -> DescriberEntry:
    return known_as_clip(monkeypatch)


@pytest.fixture
def describer(entry: DescriberEntry, shelf: EmbedderShelf) -> ClipDescriber:
    put_on_shelf(entry, shelf.folder)
    return ClipDescriber(entry, shelf)


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> ClipTokenizer:
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    path.write_bytes(tiny_models.describer_tokenizer())
    return ClipTokenizer(InstalledFile(path, sha256_of(path), say("try again")))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("red", ["red</w>"]),
        ("  A RED  ", ["a</w>", "red</w>"]),
        ("reder", ["re", "d", "e", "r</w>"]),
        ("blue-green", ["blue</w>", "green</w>"]),
        ("it's red", ["i", "t</w>", "s</w>", "red</w>"]),
        ("", []),
    ],
)
def test_words_become_the_numbers_of_their_longest_known_parts(
    tokenizer: ClipTokenizer, text: str, parts: list[str]
) -> None:
    known = [WORDS[part] for part in parts if part in WORDS]  # punctuation is not in so small a vocabulary
    assert tokenizer.numbers(text) == [START, *known, END]


@given(text=st.text(max_size=300))
def test_any_text_becomes_numbers_of_the_vocabulary(tokenizer: ClipTokenizer, text: str) -> None:
    numbers = tokenizer.numbers(text)
    assert numbers[0] == START
    assert numbers[-1] == END
    assert len(numbers) <= 77
    assert set(numbers) <= set(WORDS.values())


def test_pictures_and_words_of_one_colour_are_nearest(describer: ClipDescriber) -> None:
    described: Describer = describer
    pictures = {
        name: described.embed(np.full((50, 90, 3), colour, np.uint8))
        for name, colour in {"red": (200, 30, 30), "green": (30, 190, 40), "blue": (20, 30, 220)}.items()
    }
    for name in pictures:
        text = described.embed_text(f"a {name}")
        assert np.linalg.norm(text) == pytest.approx(1, abs=1e-6)
        assert max(pictures, key=lambda each: float(pictures[each] @ text)) == name


def test_the_middle_of_a_picture_is_looked_at_in_the_colours_of_training(describer: ClipDescriber) -> None:
    picture = np.full((60, 180, 3), (10, 20, 250), np.uint8)
    picture[:, 60:120] = (200, 100, 50)
    pixels = (np.array([200, 100, 50]) / 255 - [0.48145466, 0.4578275, 0.40821073]) / [
        0.26862954,
        0.26130258,
        0.27577711,
    ]
    expected = pixels - pixels.mean()
    assert describer.embed(picture) == pytest.approx(expected / np.linalg.norm(expected), abs=0.02)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (700, 3)])
def test_any_size_gives_a_vector_of_length_one(describer: ClipDescriber, size: tuple[int, int]) -> None:
    assert np.linalg.norm(describer.embed(np.full((*size, 3), (9, 99, 9), np.uint8))) == pytest.approx(
        1, abs=1e-5
    )


def test_three_files_are_downloaded_as_one_and_removed_as_one(
    shelf: EmbedderShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[tuple[int, int]] = []
    with ExitStack() as servers:
        urls = tuple(servers.enter_context(serving(content, honest)).url for content in CONTENTS)
        entry = known_as_clip(monkeypatch, urls)
        assert not is_installed(entry, shelf)
        install(entry.name, shelf, lambda done, total: reported.append((done, total)), Patience(30, 4, 0))
    total = sum(map(len, CONTENTS))
    assert reported[-1] == (total, total)
    assert reported == sorted(reported)
    assert is_installed(entry, shelf)
    assert installed_describer(shelf).sha256 == entry.image.sha256
    assert remove(entry.name, shelf)
    assert list(shelf.folder.iterdir()) == []
    assert not remove(entry.name, shelf)


def test_from_a_folder_under_their_names_or_ours(
    entry: DescriberEntry, shelf: EmbedderShelf, tmp_path: Path
) -> None:
    put_on_shelf(entry, tmp_path / "stick")
    install_from(entry.name, shelf, tmp_path / "stick")
    assert is_installed(entry, shelf)


def test_one_wrong_file_is_refused_and_named(
    entry: DescriberEntry, shelf: EmbedderShelf, tmp_path: Path
) -> None:
    put_on_shelf(entry, tmp_path / "stick")
    (tmp_path / "stick" / entry.text.file).write_bytes(b"x" * entry.text.size_bytes)
    with pytest.raises(ModelError, match=entry.text.file):
        install_from(entry.name, shelf, tmp_path / "stick")
    assert not is_installed(entry, shelf)


def test_what_is_not_installed_says_how_to_get_it(entry: DescriberEntry, shelf: EmbedderShelf) -> None:
    with pytest.raises(ModelError, match="shortlist models install clip-vit-b32"):
        installed_describer(shelf)


@pytest.mark.parametrize("part", ["image", "text", "tokenizer"])
def test_a_file_that_was_altered_is_named(entry: DescriberEntry, shelf: EmbedderShelf, part: str) -> None:
    put_on_shelf(entry, shelf.folder)
    file = shelf.folder / getattr(entry, part).file
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(ModelError, match=rf"{file.name} is damaged.*models remove clip-vit-b32"):
        installed_describer(shelf)


def test_the_real_one_is_pinned_by_revision_and_sums() -> None:
    real = describers()[0]
    assert find_describer("clip-vit-b32") is real
    assert find_describer("efficientnet-lite0") is None
    assert len({download.file for download in real.downloads}) == 3
    for download in real.downloads:
        assert download.url.startswith("https://")
        assert "/resolve/main/" not in download.url
        assert len(bytes.fromhex(download.sha256)) == 32
