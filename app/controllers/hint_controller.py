"""Shows a hint on each screen that is new to the user, until it was followed a few times or is put away."""

from collections import Counter

from PySide6.QtCore import QObject

from app.controllers.settings_controller import SettingsController
from core.shoot.tally import Tally
from core.types import ClusterKind
from ui.commands import table
from ui.commands.command import Command, Where
from ui.commands.presets import with_keys
from ui.hints import Hint, hint_text, next_hint, speaks_of
from ui.main_window import MainWindow

_OFTEN_ENOUGH = 3  # times that something was done of what a hint speaks of: it has been read


class HintController(QObject):
    """Knows which hint is on the screen.

    Args:
        window: shows it.
        settings: remembers which ones were put away.
    """

    def __init__(self, window: MainWindow, settings: SettingsController) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._shown: Hint | None = None
        self._bursts = False  # whether the open shoot has any
        self._done: Counter[str] = Counter()  # by hint, how often something was done of what it speaks of
        window.command_done.connect(self._count)
        window.screen_changed.connect(self._show)
        window.space.counted.connect(self._counted)
        window.commands.bind(table.HIDE_HINT, self._put_away)
        window.hints.put_away.connect(self._put_away)
        window.hints.no_more_wanted.connect(lambda: self._settings.change(hints=False))
        settings.changed.connect(lambda: self._show(window.where))

    def _put_away(self) -> None:
        if self._shown is not None:
            seen = self._settings.preferences.hints_seen | {self._shown.id}
            self._settings.change(hints_seen=seen)

    def _counted(self, tally: Tally) -> None:
        """Speak of bursts only where there are any to see."""
        bursts = tally.kinds[ClusterKind.BURST] > 0
        if bursts != self._bursts:
            self._bursts = bursts
            self._show(self._window.where)

    def _show(self, screen: Where) -> None:
        chosen = self._settings.preferences
        hint = next_hint(screen, chosen.hints_seen, bursts=self._bursts) if chosen.hints else None
        self._shown = hint
        if hint is None:
            self._window.hints.hide()
        else:
            self._window.hints.present(hint_text(hint, with_keys(chosen.preset, chosen.keys)))

    def _count(self, command: Command) -> None:
        """Put a hint away that did what it is for."""
        hint = self._shown
        if hint is not None and speaks_of(hint, command):
            self._done[hint.id] += 1
            if self._done[hint.id] >= _OFTEN_ENOUGH:
                self._put_away()
