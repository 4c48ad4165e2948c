"""People by name: named in the panel of people, proposed in other shoots, searched and exported by name."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap

from app.asking import Asking
from app.bootstrap import Services, local_models
from app.controllers.session_controller import SessionController
from core.errors import ShortlistError
from core.known.people import KnownPerson, beside, faces_of
from core.language import tr
from core.pipeline.runner import made_by
from ui.dialogs.name_person_dialog import NamePersonDialog
from ui.main_window import MainWindow
from ui.when_active import WhenActive
from ui.widgets.people_panel import Portrait


class PeopleController(QObject):
    """Reads who is known when a shoot is opened, and keeps the names the user gives.

    Args:
        window: shows the people.
        session: the open shoot.
        services: keep the names.
    """

    def __init__(self, window: MainWindow, session: SessionController, services: Services) -> None:
        super().__init__(window)
        self._window, self._session, self._services = window, session, services
        self._sha256 = ""
        self._asking = Asking(self, window.messages.show_error)
        self._soon = WhenActive(window)
        session.opened.connect(self._read)
        window.space.filters.naming_requested.connect(self._ask_name)
        window.space.filters.key_requested.connect(self._turn_key)

    def stop(self) -> None:
        """End what is being read."""
        self._asking.stop()

    def _read(self) -> None:
        """Have the shoot know everybody with a name, or that there is nobody."""
        self._soon.forget()
        if self._services.people.is_there:
            self._learn(lambda: None)
        else:
            self._session.shoot.know(())

    def _learn(self, then: Callable[[], object]) -> None:
        shoot, people = self._session.shoot, self._services.people
        models = local_models(self._session.settings, self._services.places)

        def read() -> tuple[str, tuple[KnownPerson, ...]]:
            sha256 = made_by(models).identity_sha256
            return sha256, people.everybody(sha256)

        def take(found: tuple[str, tuple[KnownPerson, ...]]) -> None:
            if self._session.shoot is shoot:
                self._sha256, known = found
                shoot.know(known)
                self._window.space.photos_changed()
                then()

        self._asking.ask(read, take)

    def _ask_name(self, portrait: Portrait, face: QPixmap, *, as_key: bool = False) -> None:
        """Ask for somebody's name, once it is known whose faces are measured by what.

        Args:
            portrait: whose.
            face: as it is shown beside the question.
            as_key: whoever gets a name is a key person at once: that was asked for.
        """
        if self._sha256:
            self._show_dialog(portrait, face, as_key=as_key)
        else:
            self._learn(lambda: self._show_dialog(portrait, face, as_key=as_key))

    def _turn_key(self, portrait: Portrait, face: QPixmap) -> None:
        """Make somebody a key person, or no more; whoever has no name is asked for it first."""
        shoot = self._session.shoot
        who = portrait.who(shoot)
        name = shoot.people.recognised.named.get(who) if who is not None else None
        if name is None:
            self._window.messages.show_info(tr("A key person needs a name first."))
            self._ask_name(portrait, face, as_key=True)
            return
        is_key = who in shoot.people.key_people()
        if self._set_key(name, is_key=not is_key):
            self._learn(lambda: None)

    def _set_key(self, name: str, *, is_key: bool) -> bool:
        """Keep whether somebody is a key person, and say so; return whether that worked."""
        try:
            self._services.people.set_key(name, is_key=is_key)
        except ShortlistError as error:
            self._window.messages.show_error(str(error))
            return False
        words = (
            tr("{name} is a key person now, and counts more in suggestions.")
            if is_key
            else tr("{name} counts as much as everybody else again.")
        )
        self._window.messages.show_info(words.format(name=name))
        return True

    def _show_dialog(self, portrait: Portrait, face: QPixmap, *, as_key: bool = False) -> None:
        shoot = self._session.shoot
        who = portrait.who(shoot)
        if who is None or not faces_of(who, shoot.analyses):
            self._window.messages.show_info(
                tr("What tells this face from others is not ready yet; try again in a moment.")
            )
            return
        named = shoot.people.recognised.named
        name, proposed = named.get(who, ""), shoot.people.recognised.proposed.get(who, "")
        others = {named[other] for other in beside(who, shoot.analyses) if other in named}
        try:
            known = self._services.people.names()
        except ShortlistError as error:
            self._window.messages.show_error(str(error))
            return
        is_written = who in shoot.people.recognised.written
        dialog = NamePersonDialog(
            face, name, proposed, known, others, self._window, self._window.theme, is_written=is_written
        )
        dialog.named.connect(lambda text: self._give(portrait, text, proposed, as_key=as_key))
        dialog.denied.connect(lambda: self._deny(portrait, proposed))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _give(self, portrait: Portrait, name: str, proposed: str, *, as_key: bool) -> None:
        """Keep a name, and a key person; another name than was proposed says that they are not who they may be."""

        def keep(who: int) -> None:
            faces = faces_of(who, self._session.shoot.analyses)
            if proposed and name != proposed:
                self._services.people.deny(faces, proposed, self._sha256)
            self._services.people.name(faces, name, self._sha256)
            if as_key and name:
                self._set_key(name, is_key=True)

        self._keep(portrait, keep)

    def _deny(self, portrait: Portrait, name: str) -> None:
        def keep(who: int) -> None:
            faces = faces_of(who, self._session.shoot.analyses)
            self._services.people.deny(faces, name, self._sha256)

        self._keep(portrait, keep)

    def _keep(self, portrait: Portrait, keep: Callable[[int], None]) -> None:
        who = portrait.who(self._session.shoot)
        if who is None:
            return
        try:
            keep(who)
        except ShortlistError as error:
            self._window.messages.show_error(str(error))
            return
        self._learn(lambda: self._soon.do(self._window.space.filters.open_people))
