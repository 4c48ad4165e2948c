"""The bars above the photos, and the panel of people: which photos are shown, said wherever that has to be seen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.shoot.criteria import Criteria
from core.shoot.listed import Listed
from core.shoot.shoot import Shoot
from core.types import PhotoId
from ui.commands import table
from ui.commands.command import Where
from ui.commands.registry import Registry
from ui.imaging.face_crops import FaceCrops
from ui.person_filter import PersonFilter
from ui.theme import Theme
from ui.views.big_views import BigViews
from ui.views.loupe_view import LoupeView
from ui.widgets.filter_bar import FilterBar
from ui.widgets.filter_chips import FilterChips
from ui.widgets.listed_bar import ListedBar
from ui.widgets.people_panel import PeoplePanel


class Filters(QWidget):
    """Shows criteria and asks for others; whoever hears that sets them.

    Args:
        crops: cuts faces out.
        big: marks the face of the person the photos are narrowed to.
        second: marks it on another screen.
        theme: colours.
        parent: the workspace.
    """

    criteria_chosen = Signal(object)  # Criteria
    naming_requested = Signal(object, object)  # as of PeoplePanel
    key_requested = Signal(object, object)  # as of PeoplePanel

    def __init__(
        self, crops: FaceCrops, big: BigViews, second: LoupeView, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._shoot = Shoot()
        self._screen = Where.GRID
        self._fills_screen = self._is_used = False
        self.bar = FilterBar(theme, self)
        self.chips = FilterChips(theme, self)
        self.listed = ListedBar(theme, self)
        self._people = PeoplePanel(crops, theme, self)
        self._person = PersonFilter(self._people, self.bar, big, second, crops)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.chips)
        layout.addWidget(self.listed)
        self.bar.criteria_chosen.connect(self.criteria_chosen)
        self.bar.people_requested.connect(self.open_people)
        self.bar.used.connect(self._use)
        self._people.criteria_chosen.connect(self.criteria_chosen)
        self._people.naming_requested.connect(self.naming_requested)
        self._people.key_requested.connect(self.key_requested)
        self.chips.criteria_chosen.connect(self.criteria_chosen)
        self.listed.closed.connect(lambda: self.criteria_chosen.emit(Criteria()))

    def bind(self, commands: Registry) -> None:
        """Have the commands that narrow done here."""
        self.bar.bind(commands)
        commands.bind_popup(table.PEOPLE, self._people, self.open_people)
        commands.bind(table.KEY_PERSON, self.make_key)

    def set_criteria(self, criteria: Criteria) -> None:
        """Show criteria as those that are on, without signalling."""
        self.bar.set_criteria(criteria)
        self.listed.show_listed(criteria.listed)
        self._fit()

    def set_screen(self, screen: Where) -> None:
        """Be there on a screen, or not: among the samples of the audit nothing is narrowed."""
        self._screen, self._is_used = screen, False
        self._fit()

    def set_full_screen(self, fills: bool) -> None:
        """Give way to large photos that fill the screen, as long as all are shown and nobody asks for the bars."""
        self._fills_screen = fills
        self._fit()

    def _use(self) -> None:
        self._is_used = True
        self._fit()

    def _fit(self) -> None:
        narrows = self.bar.criteria != Criteria()
        gives_way = self._fills_screen and self._screen in Where.BIG and not (narrows or self._is_used)
        self.setVisible(self._screen is not Where.AUDIT and not gives_way)

    def offer(self, listed: Listed, words: str, do: Callable[[], object] | None) -> None:
        """Offer what is to be done with listed photos, as long as they are shown."""
        if self.bar.criteria.listed == listed:
            self.listed.offer(words, do)

    def show_photo(self, photo_id: PhotoId | None) -> None:
        """Say why the active photo is shown, where something listed it."""
        self.listed.show_photo(photo_id)

    def refresh(self, shoot: Shoot, shown: int, among: Sequence[PhotoId] | None) -> None:
        """Show how many photos each filter would show now, and all that the photos are narrowed to.

        Args:
            shoot: as it is now.
            shown: photos that the criteria leave.
            among: what a choice by flag or group is made of now; None for all photos.
        """
        self._shoot = shoot
        criteria = self.bar.criteria
        who = shoot.people.recognised.named.get(criteria.person, "") if criteria.person is not None else ""
        self.chips.show_criteria(criteria, shown, len(shoot.photos), who)
        self.bar.set_counts(shoot.counts(among), len(shoot.photos))
        self._person.show(shoot)

    def make_key(self) -> None:
        """Ask that the person whose photos are shown be a key person, or no more; without one, show all to choose."""
        who = self.bar.criteria.person
        if who is None or not self._people.ask_key(who, self._shoot):
            self.open_people()

    def open_people(self) -> None:
        """Show the people of the shoot, to choose one."""
        over = self.parentWidget()
        self._people.pop_up(self._shoot, self.bar.criteria, over if over is not None else self)
