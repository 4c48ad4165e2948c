"""What a right click on the photos offers: the commands one reaches for with the mouse in the hand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from core.language import tr
from ui.commands import table
from ui.commands.keymap import Keymap
from ui.theme import Theme
from ui.widgets.style import menu_style

_OFFERED = (
    (table.PICK, table.REJECT, table.UNFLAG),
    (table.ACCEPT_SUGGESTION, table.CHOOSE_INSTEAD, table.WHY_NOT),
    (table.LOUPE, table.COMPARE, table.SURVEY, table.FACE_PANEL, table.GRID),
    (table.MERGE_GROUPS, table.SPLIT_GROUP),
    (table.SIMILAR, table.NAME_LOOK),
    (table.OPEN_IN, table.COPY_FILES),
)


def photo_menu(keymap: Keymap, theme: Theme, parent: QWidget) -> QMenu:
    """Return the menu for the photos that are selected, or the active one; it goes when it is closed.

    Args:
        keymap: has the actions, each with its key; those that do nothing on this screen are left out.
        theme: colours.
        parent: the window.
    """
    menu = QMenu(parent)
    menu.setAccessibleName(tr("Photos"))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setStyleSheet(menu_style(theme))
    for commands in _OFFERED:
        menu.addSeparator()
        actions = (keymap.action(command) for command in commands)
        menu.addActions([action for action in actions if action.isEnabled()])
    return menu
