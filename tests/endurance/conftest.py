"""How long the endurance tests try, and the counts they tell at the end."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from fixtures.scaffold import Scaffold
from fixtures.seeds import LONG, seed

_ACCOUNTED = ("survived", "refused", "contained", "in_flight")

_counts: defaultdict[str, Counter[str]] = defaultdict(Counter)


class Counts:
    """What one scenario tried, and what became of it."""

    def __init__(self, scenario: str) -> None:
        self._counter = _counts[scenario]

    def add(self, **numbers: int) -> None:
        """Adds to the sums by name: what was ``tried``, and of it ``survived``, ``refused``, ``contained``,
        or was ``in_flight``; what is missing then is lost."""
        self._counter.update(numbers)


@pytest.fixture
def counts(request: pytest.FixtureRequest) -> Counts:
    """The sums of this test, told at the end of the run."""
    return Counts(request.node.originalname or request.node.name)


@pytest.fixture(scope="session")
def is_long() -> bool:
    """Whether this is the long form."""
    return LONG


@pytest.fixture
def scaffold() -> Iterator[Scaffold]:
    """What kills the program at work."""
    scaffold = Scaffold()
    yield scaffold
    scaffold.close()


@pytest.fixture
def chance() -> random.Random:
    """What decides."""
    return random.Random(seed())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LONG and _counts:
        terminalreporter.section("endurance")
        for scenario, counter in _counts.items():
            said = [f"{name} {number:,}" for name, number in counter.items()]
            if "survived" in counter:
                lost = counter["tried"] - sum(counter[name] for name in _ACCOUNTED)
                said.append(f"lost {lost:,}")
            terminalreporter.line(f"{scenario}: {', '.join(said)}")
