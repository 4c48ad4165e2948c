"""The loupe in a window of its own, for a second screen: it follows the active photo, the keys stay where they are."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.types import PhotoId
from ui.views.loupe_view import LoupeView
from ui.views.pane_sources import PaneSources
from ui.widgets.first_size import open_within_screen

_SIZE = QSize(960, 640)  # where there is no second screen to fill


class SecondWindow(QWidget):
    """Fills another screen than the main window's, or is a window beside it where there is only one.

    It never takes the keyboard: the user looks at the large picture and goes on deciding in the main window.

    Args:
        sources: of the pictures; nothing is shown beside or over them here.
        main: the widget it belongs to.
    """

    def __init__(self, sources: PaneSources, main: QWidget) -> None:
        super().__init__(main, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._main = main
        self.loupe = LoupeView(replace(sources, finders=None), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.loupe)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(tr("Shortlist – Loupe"))

    def toggle(self) -> None:
        """Open or close it."""
        if self.isVisible():
            self.hide()
            return
        elsewhere = [screen for screen in QGuiApplication.screens() if screen is not self._main.screen()]
        if elsewhere:
            self.setGeometry(elsewhere[0].availableGeometry())
            self.setWindowState(Qt.WindowState.WindowFullScreen)  # showFullScreen would ask for the keyboard
            self.show()
        else:
            open_within_screen(self, _SIZE)
            self.show()

    def event(self, event: QEvent) -> bool:
        """Give the keyboard back where a desktop gives it to this window all the same."""
        if event.type() is QEvent.Type.WindowActivate:
            self._main.window().activateWindow()
        return super().event(event)

    def show_current(
        self, photo_id: PhotoId, shoot: Shoot, order: Sequence[PhotoId], *, decodes: bool
    ) -> None:
        """Follow the active photo.

        Args:
            photo_id: one of the shoot.
            shoot: as for ``BigView``.
            order: as for ``BigView``.
            decodes: whether it is this window that says what is decoded, because the main one shows no large
                pictures.
        """
        if self.isVisible():
            self.loupe.set_decodes(decodes)
            self.loupe.show_current(photo_id, shoot, order)
            self.setWindowTitle(f"{shoot.photos[photo_id].name} – Shortlist")
