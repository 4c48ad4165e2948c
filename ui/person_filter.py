"""Whom the photos are narrowed to, wherever that has to be seen: the filter bar, its panel, and the large photos."""

from PySide6.QtCore import QObject

from core.shoot.shoot import Shoot
from ui.imaging.face_crops import FaceCrops
from ui.imaging.overlays import Overlays
from ui.views.big_views import BigViews
from ui.views.loupe_view import LoupeView
from ui.widgets.filter_bar import FilterBar
from ui.widgets.people_panel import PeoplePanel, Portrait


class PersonFilter(QObject):
    """Tells those who show it; the face may be cut out only later.

    Args:
        people: knows the faces that people are known by.
        bar: has the button that says whom, and leads back to everybody.
        big: marks the face.
        second: marks it on another screen.
        crops: cuts faces out.
    """

    def __init__(
        self, people: PeoplePanel, bar: FilterBar, big: BigViews, second: LoupeView, crops: FaceCrops
    ) -> None:
        super().__init__(bar)
        self._people, self._bar, self._big, self._second = people, bar, big, second
        self._shoot = Shoot()
        self._who: int | None = None
        self._portrait: Portrait | None = None
        crops.ready.connect(self._tell)

    def show(self, shoot: Shoot) -> None:
        """Show whom the bar's criteria are narrowed to.

        Called whenever these or the shoot's people may have changed.

        People are numbered anew as more photos are measured: the chosen person stays chosen, by their face.
        """
        chosen = self._bar.criteria.person
        if chosen is None or chosen != self._who or shoot is not self._shoot:
            self._portrait = self._people.portrait(chosen, shoot) if chosen is not None else None
        self._shoot, self._who = shoot, chosen
        if self._portrait is not None and (now := self._portrait.who(shoot)) != chosen:
            self._who = now
            self._bar.choose_person(now)
        self._big.mark_person(self._who)
        self._second.set_overlays(Overlays(person=self._who))
        self._tell()

    def _tell(self) -> None:
        self._bar.show_person(self._people.shown(self._shoot, self._portrait))
