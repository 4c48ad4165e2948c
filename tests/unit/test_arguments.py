"""What can be said to ``shortlist``."""

from pathlib import Path

import pytest

from app.cli.parsing import parse


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("shoot", Path("shoot")),
        ("~/Pictures/shoot", Path.home() / "Pictures" / "shoot"),
        ("~backup", Path("~backup")),
        ("./cull", Path("./cull")),
    ],
)
def test_folders_are_opened_as_they_are_meant(said: str, meant: Path) -> None:
    options = parse([said])
    assert (options.command, options.sources) == ("window", [meant])


def test_a_command_is_no_folder() -> None:
    assert parse(["doctor"]).command == "doctor"


def test_the_self_test_needs_no_folder() -> None:
    options = parse(["--self-test"])
    assert (options.command, options.sources) == ("self-test", [])
