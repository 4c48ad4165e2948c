"""Decisions read by the run, before the window takes the photos in."""

from collections.abc import Iterable

from app.decisions_ahead import DecisionsAhead
from core.errors import StoreError
from core.language import say
from core.types import Decision, Flag, Photo, PhotoId
from fixtures.frames import photo

PHOTOS = tuple(photo(name, second) for second, name in enumerate("abc"))
PICKED = Decision(PHOTOS[1].id, flag=Flag.PICK)


class Store:
    def __init__(self) -> None:
        self.asked: list[PhotoId] = []
        self.is_broken = False

    def load(self, photos: Iterable[Photo]) -> dict[PhotoId, Decision]:
        if self.is_broken:
            raise StoreError(say("The disk is gone."))
        asked = [each.id for each in photos]
        self.asked += asked
        return {PICKED.photo_id: PICKED} if PICKED.photo_id in asked else {}


def test_each_photo_is_looked_up_once_however_often_it_is_told_of() -> None:
    store = Store()
    ahead = DecisionsAhead(store.load)
    ahead.look_up(PHOTOS[:2])
    ahead.look_up(PHOTOS)
    assert store.asked == [each.id for each in PHOTOS]
    assert ahead.on(PHOTOS) == {each.id: Decision(each.id) for each in PHOTOS} | {PICKED.photo_id: PICKED}


def test_what_could_not_be_looked_up_is_left_to_the_window() -> None:
    store = Store()
    ahead = DecisionsAhead(store.load)
    assert ahead.on(PHOTOS) is None
    store.is_broken = True
    ahead.look_up(PHOTOS)
    assert ahead.on(PHOTOS) is None
    store.is_broken = False
    ahead.look_up(PHOTOS)
    assert ahead.on(PHOTOS) is not None
