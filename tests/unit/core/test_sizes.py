"""Sizes of files in words: never nothing for something."""

import pytest

from core.sizes import spelled


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 KB"),
        (1, "1 KB"),
        (12_345, "12 KB"),
        (99_000, "99 KB"),
        (300_000, "0.3 MB"),
        (9_940_000, "9.9 MB"),
        (9_960_000, "10 MB"),
        (850_000_000, "850 MB"),
        (12_340_000_000, "12.3 GB"),
        (1_234_500_000_000, "1,234.5 GB"),
    ],
)
def test_a_size_is_spelled_in_the_unit_that_shows_it(size: int, words: str) -> None:
    assert spelled(size) == words
