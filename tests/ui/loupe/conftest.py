"""A loupe over a burst of made-up photos."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.shoot.shoot import Shoot
from fixtures.loupes import StripedPhotos, burst, loupe_over
from ui.views.loupe_view import LoupeView


@pytest.fixture
def source() -> StripedPhotos:
    return StripedPhotos()


@pytest.fixture
def shoot() -> Shoot:
    return burst()


@pytest.fixture
def loupe(qtbot: QtBot, source: StripedPhotos) -> Iterator[LoupeView]:
    with loupe_over(source) as loupe:
        qtbot.addWidget(loupe)
        loupe.activateWindow()
        loupe.setFocus()
        yield loupe
