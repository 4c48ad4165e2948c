"""What the tests of parts of the window share."""

from collections.abc import Iterator

import pytest

from core.language import languages, set_language, spoken_language


@pytest.fixture(params=languages())
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn, spoken during the test."""
    before = spoken_language()
    set_language(request.param)
    yield request.param
    set_language(before)
