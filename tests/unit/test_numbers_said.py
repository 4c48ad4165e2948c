"""Numbers behind the options of commands: none is taken that cannot be meant, and the sentence says what can."""

import argparse
from collections.abc import Iterator

import pytest

from app.cli.parsing import _for_library, _for_window, _with_commands, parse
from app.exit_codes import EXIT_USAGE


def options(
    parser: argparse.ArgumentParser, said: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.Action]]:
    """Every option of a parser and of the words behind it."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, behind in action.choices.items():
                yield from options(behind, (*said, word))
        elif action.option_strings:
            yield said, action


EVERY = [
    *options(_for_window()),
    *options(_with_commands()),
    *((("find", *said), action) for said, action in options(_for_library())),
]


def named(said: tuple[str, ...], action: argparse.Action) -> str:
    return " ".join((*said, action.option_strings[-1]))


NUMBERS = [
    (said, action)
    for said, action in EVERY
    if (action.nargs is None and isinstance(action.default, int | float)) or action.metavar in ("N", "NUMBER")
]


def test_the_options_that_take_a_number_are_found() -> None:
    assert {named(*one) for one in NUMBERS} >= {
        "find similar --count",
        "cull --best",
        "cull --audit",
        "cull --seed",
        "export --start",
        "export --confirm",
        "export --stars",
        "proofs --size",
        "ingest --start",
        "looks --detail",
    }


@pytest.mark.parametrize("text", ["-1", "1.5e999", "many", "", "9" * 5_000, "\x1b[2J"], ids=repr)
@pytest.mark.parametrize(("said", "action"), NUMBERS, ids=[named(*one) for one in NUMBERS])
def test_a_number_that_cannot_be_meant_is_refused_in_one_clear_sentence(
    said: tuple[str, ...], action: argparse.Action, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        parse([*said, action.option_strings[-1], text])
    assert end.value.code == EXIT_USAGE
    sentence = capsys.readouterr().err.strip().splitlines()[-1]
    assert action.option_strings[-1] in sentence
    assert " is wanted, not “" in sentence
    assert "\x1b" not in sentence
    assert len(sentence) < 200
