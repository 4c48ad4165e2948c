"""What the tests of exports share."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.export.store import ExportStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ExportStore]:
    """An empty journal of exports."""
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        yield store


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    """Where the photos are, once a test makes them."""
    return tmp_path / "shoot"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where copies go."""
    return tmp_path / "picks" / "today"
