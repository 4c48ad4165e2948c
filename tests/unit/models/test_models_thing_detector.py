"""Where things are: the real weights on the two pictures of cats that scikit-image has, and the sums behind them."""

import numpy as np
import pytest
from skimage import data

from core.types import Box, PlacedThing
from models.manifest import model_file
from models.thing_detector import LABELS, SsdThingDetector, decode
from models.things import known_things, named


@pytest.fixture(scope="module")
def detector() -> SsdThingDetector:
    return SsdThingDetector(model_file("thing_detector"))


def middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2


def test_a_cat_is_found_and_followed_where_it_is_put(detector: SsdThingDetector) -> None:
    cat = np.ascontiguousarray(data.chelsea())
    height, width = cat.shape[:2]
    for left, top in ((0, 0), (width, 0), (0, height), (width, height)):
        picture = np.full((2 * height, 2 * width, 3), 120, np.uint8)
        picture[top : top + height, left : left + width] = cat
        found = next(thing for thing in detector.detect(picture) if thing.label == "cat")
        x, y = middle(found.box)
        assert 0 < x - left / width / 2 < 0.5
        assert 0 < y - top / height / 2 < 0.5


def test_nothing_is_found_where_nothing_is(detector: SsdThingDetector) -> None:
    for size in ((300, 300), (1, 1), (20, 900)):
        assert detector.detect(np.full((*size, 3), 127, np.uint8)) == ()


def test_one_thing_has_one_name(detector: SsdThingDetector) -> None:
    found = detector.detect(np.ascontiguousarray(data.chelsea()), 0.1)
    assert list(found) == sorted(found, key=lambda thing: -thing.confidence)
    boxes = [thing.box for thing in found]
    assert all(overlap(a, b) <= 0.46 for at, a in enumerate(boxes) for b in boxes[:at])


def overlap(a: Box, b: Box) -> float:
    across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    down = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    shared = max(0.0, across) * max(0.0, down)
    return shared / (a.width * a.height + b.width * b.height - shared)


def test_boxes_that_say_nothing_are_the_anchors_within_the_picture() -> None:
    corners = decode(np.zeros((1917, 4), np.float32))
    assert corners.min() >= 0
    assert corners.max() <= 1
    # The last cell is the whole picture: its square of 0.95 is centred, its boxes of aspect 2 reach both sides.
    assert corners[-6] == pytest.approx([0.025, 0.025, 0.975, 0.975], abs=1e-6)
    assert corners[-5] == pytest.approx([0, 0.5 - 0.475 / 2**0.5, 1, 0.5 + 0.475 / 2**0.5], abs=1e-6)


def test_the_detector_knows_what_the_list_of_words_asks_it_for() -> None:
    words = [thing.word for thing in known_things()]
    sure = [
        PlacedThing(label, 0.99, Box(0, 0, 1, 1)) for label in (*LABELS, "no such label") if label != "person"
    ]
    assert {thing.word for thing in named(sure)} == {"dog", "cat", "car", "bottle"} <= set(words)


def test_what_is_not_sure_is_not_said() -> None:
    def said(*things: tuple[str, float]) -> list[str]:
        placed = [PlacedThing(label, sure, Box(0, 0, 1, 1)) for label, sure in things]
        return [thing.word for thing in named(placed)]

    assert said(("dog", 0.5), ("person", 0.99), ("car", 0.4)) == []
    assert said(("car", 0.6), ("dog", 0.9), ("dog", 0.8)) == ["dog", "car"]
