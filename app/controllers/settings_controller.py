"""The user's choices: kept on disk, shown in the settings, and in force at once."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.bootstrap import Services
from app.controllers.models_controller import ModelsController
from app.controllers.session_controller import SessionController
from app.controllers.taste_page_controller import TastePageController
from app.preferences import keep_preferences, load_preferences
from core.errors import StoreError
from core.language import tr
from ui.commands import table
from ui.commands.presets import with_keys
from ui.dialogs.settings_dialog import SettingsDialog
from ui.export.confirm_dialog import ConfirmDialog
from ui.main_window import MainWindow
from ui.preferences import Preferences

_SETTLED_MS = 60  # a slider that is dragged re-ranks a few times a second, not at every pixel


class SettingsController(QObject):
    """Opens the settings and puts into force what is chosen there.

    Args:
        window: has the command and takes the keys.
        session: takes the weights.
        models: serves the page of models.
        taste: serves the page of the user's taste.
        services: what is kept on disk of people and of all shoots.
        kept: where choices are on disk.
    """

    changed = Signal()
    new_window_wanted = Signal()  # a choice was made of what a window is made with

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        models: ModelsController,
        taste: TastePageController,
        services: Services,
        kept: QSettings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._models = models
        self._taste = taste
        self._people = services.people
        self._library = services.library
        self._kept = kept
        self._preferences = load_preferences(kept)
        self._made_with = self._preferences
        self._rank_soon = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._rank_soon.timeout.connect(lambda: session.rules.set_weights(self._preferences.weights))
        self._group_soon = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._group_soon.timeout.connect(lambda: session.rules.set_grouping(self._preferences.grouping))
        panel = window.space.grouping_panel
        panel.set_rules(self._preferences.grouping)
        panel.rules_chosen.connect(lambda rules: self.change(grouping=rules))
        window.space.big.set_strips(self._preferences.face_strip)
        window.commands.bind(table.SETTINGS, self._open)
        window.commands.bind(table.FACE_STRIP, self._toggle_strip)

    @property
    def preferences(self) -> Preferences:
        """The choices as they are now."""
        return self._preferences

    def change(self, **changes: object) -> None:
        """Change some choices, by their names, and keep them."""
        changed: Callable[..., Preferences] = replace
        self._take(changed(self._preferences, **changes))

    def _toggle_strip(self) -> None:
        self.change(face_strip=not self._preferences.face_strip)

    def _open(self) -> None:
        dialog = SettingsDialog(self._preferences, self._window, self._window.theme)
        self._models.serve(dialog.models)
        self._taste.serve(dialog.taste)
        dialog.preferences_chosen.connect(self._take)
        dialog.finished.connect(self._closed)
        self._show_named(dialog)
        dialog.people.forget_requested.connect(
            lambda for_good: self._ask_to_forget(dialog, for_good=for_good)
        )
        dialog.open()

    def _show_named(self, dialog: SettingsDialog) -> None:
        try:
            dialog.people.show_named(len(self._people.names()))
        except StoreError as error:
            self._window.messages.show_error(str(error))
            dialog.people.show_named(int(self._people.is_there))  # what cannot be read can still be deleted

    def _ask_to_forget(self, dialog: SettingsDialog, *, for_good: bool) -> None:
        """Ask before the names of people are deleted; for good, people are not told apart any more either."""
        confirming_dialog = ConfirmDialog(
            tr("People"),
            tr("Forget the names of all people?"),
            tr(
                "The names, and what tells these faces from others, are wiped from the disk. Photos and what was "
                "written into them stay as they are."
            ),
            tr("Forget all names"),
            dialog,
            self._window.theme,
        )

        def forget() -> None:
            try:
                self._people.forget_everybody()
            except StoreError as error:
                self._window.messages.show_error(str(error))
                return
            self._session.shoot.know(())
            self._show_named(dialog)
            if for_good:
                dialog.people.turn_off()

        confirming_dialog.accepted.connect(forget)
        confirming_dialog.open()

    def _take(self, preferences: Preferences) -> None:
        former, self._preferences = self._preferences, preferences
        if not keep_preferences(self._kept, preferences):
            self._window.messages.show_error(
                tr(
                    "Your settings cannot be written to {file}: they apply until Shortlist is closed, "
                    "and commands do not see them."
                ).format(file=self._kept.fileName())
            )
        if (preferences.preset, preferences.keys) != (former.preset, former.keys):
            self._window.set_keys(with_keys(preferences.preset, preferences.keys))
        if preferences.face_strip != former.face_strip:
            self._window.space.big.set_strips(preferences.face_strip)
        if preferences.pair_folders != former.pair_folders:
            self._session.rules.set_pairing(wanted=preferences.pair_folders)
        if preferences.identity != former.identity:
            self._session.rules.set_identity(wanted=preferences.identity)
        if preferences.library != former.library:
            self._keep_library(wanted=preferences.library)
        if preferences.weights != former.weights:
            self._rank_soon.start()
        if preferences.grouping != former.grouping:
            self._group_soon.start()
        self.changed.emit()

    def _keep_library(self, *, wanted: bool) -> None:
        """Keep an index of all shoots from now on, beginning with what is measured; or no more, and delete it."""
        try:
            if not wanted:
                self._library.turn_off()
                return
            self._library.turn_on()
        except StoreError as error:
            self._window.messages.show_error(str(error))
            return
        if not self._session.is_running:
            self._session.open_again()

    def _closed(self) -> None:
        if _made_of(self._preferences) != _made_of(self._made_with):
            self.new_window_wanted.emit()


def _made_of(chosen: Preferences) -> tuple[object, ...]:
    """Return the choices that a window is made with."""
    return chosen.theme, chosen.text_size, chosen.still, chosen.screen, chosen.language
