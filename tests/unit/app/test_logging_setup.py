"""The one log file: who sets up another lets go of the former."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.logging_setup import set_up_logging


@pytest.fixture(autouse=True)
def handlers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in root.handlers:
        if handler not in before:
            handler.close()
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(False)


def test_another_log_closes_the_one_before(tmp_path: Path) -> None:
    set_up_logging(tmp_path / "first.log")
    logging.getLogger("a part").warning("to the first")
    [first] = logging.getLogger().handlers
    assert isinstance(first, logging.FileHandler)
    set_up_logging(tmp_path / "second.log")
    assert first.stream is None, "left open, the file would stay locked where systems lock"
    logging.getLogger("a part").warning("to the second")
    assert "to the first" in (tmp_path / "first.log").read_text(encoding="utf-8")
    assert "to the second" in (tmp_path / "second.log").read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    set_up_logging(tmp_path / "missing" / "our.log")
    logging.getLogger("a part").warning("to nowhere")
    assert not (tmp_path / "missing").exists()
