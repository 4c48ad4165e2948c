"""The page of the user's taste at work: shows what was learned, and does what is asked for on it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.bootstrap import Services
from app.controllers.session_controller import SessionController
from app.controllers.taste_controller import TasteController
from app.taste_choice import folders_of
from app.taste_files import bring, write_text
from core.language import tr
from core.taste.profiles import ShootProfile, title_of, write_profile
from core.taste.proposing import propose
from core.taste.taste_file import TasteFile
from core.taste.words import proposal_words
from ui.dialogs.taste_page import TasteFacts, TastePage
from ui.export.confirm_dialog import ConfirmDialog

Result = TypeVar("Result")


class TastePageController(QObject):
    """Serves the page while it is open. All that reads or writes what was learned runs on the taste's thread.

    Args:
        taste: learns.
        session: the open shoot.
        services: what was learned, and the profiles.
    """

    def __init__(self, taste: TasteController, session: SessionController, services: Services) -> None:
        super().__init__(taste)
        self._taste = taste
        self._session = session
        self._services = services
        self._page: TastePage | None = None
        self._of = ""
        taste.changed.connect(self._show)

    def serve(self, page: TastePage) -> None:
        """Fill a page that was just made, and do what is asked for on it."""
        self._page, self._of = page, ""
        page.switched.connect(self._taste.switch)
        page.other_wanted.connect(self._show_other)
        page.forget_requested.connect(self._ask_to_forget)
        page.export_chosen.connect(self._export)
        page.file_chosen.connect(self._bring)
        page.profile_chosen.connect(self._taste.choose_profile)
        page.profile_file_chosen.connect(self._write_profile)
        page.left_out_chosen.connect(self._leave_out)
        self._show()

    def _shown(self) -> TastePage | None:
        """Return the page, as long as the settings are open."""
        return self._page if self._page is not None and isValid(self._page) else None

    def _show(self) -> None:
        if self._shown() is None:
            return
        of, shoot, title = self._of, self._session.shoot, self._session.title
        sources = folders_of(self._session.sources)
        photos, analyses = tuple(shoot.photos.values()), tuple(shoot.analyses.values())
        measured = shoot.finished is not None

        def facts() -> TasteFacts:
            taste = self._services.taste
            learned, shoots = taste.learned(of), taste.shoots()
            counts = [bursts for bursts, is_out in shoots.values() if not is_out]
            proposed = propose(photos, analyses) if measured else ""
            folders = {photo.path.parent for photo in photos}
            return TasteFacts(
                taste.is_on,
                of,
                learned.verdict,
                learned.terms,
                sum(counts),
                len(counts),
                len(shoots) - len(counts),
                tuple((name, title_of(each)) for name, each in self._services.profiles.items()),
                title,
                taste.profile_of(sources),
                proposal_words(self._services.profiles[proposed]) if proposed else "",
                bool(folders) and folders <= taste.left_out(folders),
            )

        self._taste.background.do(facts, self._take)

    def _take(self, facts: TasteFacts) -> None:
        if (page := self._shown()) is not None and facts.of == self._of:
            page.show_facts(facts)

    def _show_other(self, name: str) -> None:
        self._of = name
        self._show()

    def _ask_to_forget(self) -> None:
        if (page := self._shown()) is None:
            return
        dialog = ConfirmDialog(
            tr("Your taste"),
            tr("Forget all that was learned of your taste?"),
            tr(
                "It is wiped from the disk, and what was imported too. What you decided stays, and teaches no more: "
                "only decisions from now on do."
            ),
            tr("Forget all of it"),
            page.window(),
        )
        dialog.accepted.connect(self._taste.forget)
        dialog.open()

    def _export(self, name: str, path: Path) -> None:
        taste = self._services.taste
        self._write(path, lambda: taste.export(name))

    def _write_profile(self, name: str, path: Path) -> None:
        profile = self._services.profiles[name]
        own = name if profile.title else f"my_{name}"
        self._write(path, lambda: write_profile(profile, own))

    def _write(self, path: Path, text: Callable[[], str]) -> None:
        """Write a file; the one who chose it was asked already whether it may take another one's place."""

        def write() -> None:
            write_text(path, text(), anew=True)

        self._taste.background.do(
            write, lambda _done: self._say(tr("Written: {file}").format(file=path)), self._say, wish=write
        )

    def _bring(self, path: Path) -> None:
        services = self._services
        self._taste.change(lambda: bring(path, services), self._brought, self._say)

    def _brought(self, brought: TasteFile | ShootProfile) -> None:
        match brought:
            case TasteFile():
                self._say(tr("Learning starts from what the file says."))
            case ShootProfile():
                words = tr("“{profile}” can be chosen as the profile of a shoot.")
                self._say(words.format(profile=title_of(brought)))

    def _leave_out(self, left_out: bool) -> None:
        folders = {photo.path.parent for photo in self._session.shoot.photos.values()}
        taste = self._services.taste

        def leave_out() -> None:
            for folder in sorted(folders):
                taste.leave_out_shoot(folder, left_out)

        self._taste.change(leave_out)

    def _say(self, words: str) -> None:
        if (page := self._shown()) is not None:
            page.show_words(words)
