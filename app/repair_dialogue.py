"""Where the decisions are damaged, the window begins with a question instead of an error."""

from contextlib import ExitStack
from dataclasses import replace

from PySide6.QtWidgets import QMessageBox

from app.bootstrap import Services, open_services
from app.paths import Places
from app.repair import take, ways_out
from core.errors import StoreError
from core.language import tr
from core.persistence.rescue import look_at
from core.persistence.troubles import DamagedError
from ui.dialogs.repair_dialog import RepairDialog
from ui.theme import Theme


def open_or_repair(where: Places, stack: ExitStack, theme: Theme) -> Services | None:
    """Open what is kept; ask first what to put in the place of damaged decisions. None where the user leaves.

    Args:
        where: our files.
        stack: closes the services.
        theme: colours of the question.

    Raises:
        StoreError: they cannot be opened for another reason; they are left as they are.
    """
    said: list[str] = []
    while True:
        try:
            services = stack.enter_context(open_services(where))
        except DamagedError as error:
            done = _ask(where, str(error), theme)
            if done is None:
                return None
            said = [done]
        else:
            return replace(services, troubles=(*said, *services.troubles))


def _ask(where: Places, reason: str, theme: Theme) -> str | None:
    """Ask and do it; return what was done, None where the user leaves."""
    ways = ways_out(look_at(where.decisions))
    dialog = RepairDialog(reason, [(way.title, way.explanation) for way in ways], theme=theme)
    while dialog.exec():
        try:
            return take(ways[dialog.chosen])
        except StoreError as error:
            QMessageBox.warning(dialog, tr("Damaged decisions"), str(error))
    return None
