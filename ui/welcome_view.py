"""What is shown without a shoot: where to drop one, a button, and the folders opened lately."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.language import tr
from ui.marks.icons import folder_icon
from ui.recent_shoot import WIDTH, RecentButton, RecentShoot
from ui.text_size import scaled
from ui.theme import DARK, SPACING, Theme
from ui.widgets.drop_overlay import dropped_paths
from ui.widgets.note import Note
from ui.widgets.style import button_style, form_style, link_style, scroll_style
from ui.widgets.tick_box import TickBox

MOST_RECENT = 6


class WelcomeView(QScrollArea):
    """The start of the work. Everything on it is reached by Tab and pressed by Space; it scrolls on a small screen."""

    open_requested = Signal(object)  # list[Path]
    choose_requested = Signal()
    demo_requested = Signal()

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._area = _DropArea(theme)
        self._choose = QPushButton(tr("Open folder…"))
        self._choose.setProperty("primary", True)
        self._choose.setStyleSheet(button_style(theme))
        self._choose.setMinimumWidth(scaled(18 * SPACING))
        self._choose.setAutoDefault(True)
        self.setFocusProxy(self._choose)
        self._choose.clicked.connect(self.choose_requested)
        self._subfolders = TickBox(tr("Include subfolders"))
        self._subfolders.setChecked(True)
        self._subfolders.setStyleSheet(form_style(theme))
        self._demo = QPushButton(tr("Try it on a demo shoot"))
        self._demo.setStyleSheet(link_style(theme))
        self._demo.setToolTip(
            tr("Public-domain pictures to try everything on. None of your photos is touched.")
        )
        self._demo.clicked.connect(self.demo_requested)
        self._heading = Note(theme, tr("Opened lately"), wraps=False)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(SPACING // 2)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(2 * SPACING)
        column.addStretch(2)
        for widget in (self._area, self._choose, self._subfolders, self._demo, self._heading):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._recent)
        column.addStretch(3)
        self._heading.hide()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(scroll_style(theme))
        for ground in (self.viewport(), page):
            ground.setAutoFillBackground(False)
        self.setAcceptDrops(True)

    @property
    def include_subfolders(self) -> bool:
        """Whether photos in subfolders are part of the shoot."""
        return self._subfolders.isChecked()

    def set_include_subfolders(self, included: bool) -> None:
        """Set the check mark, as kept from the last time."""
        self._subfolders.setChecked(included)

    def set_recent(self, shoots: Sequence[RecentShoot]) -> None:
        """List shoots, the latest first."""
        while item := self._recent.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for shoot in shoots[:MOST_RECENT]:
            button = RecentButton(shoot, self._theme)
            button.clicked.connect(
                lambda _checked=False, chosen=shoot.folder: self.open_requested.emit([chosen])
            )
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._heading.setVisible(bool(shoots))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for files and folders."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self._area.set_lit(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Go quiet again."""
        self._area.set_lit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for what was dropped to be opened."""
        self._area.set_lit(False)
        # A copy, whatever the file manager offered: a move would make it delete the originals.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.open_requested.emit(dropped_paths(event.mimeData()))


class _DropArea(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lit = False
        self.setFixedSize(QSize(scaled(WIDTH), scaled(22 * SPACING)))
        self.setAccessibleName(tr("Drop a folder of photos here"))

    def set_lit(self, lit: bool) -> None:
        self._lit = lit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        colour = self._theme.suggestion if self._lit else self._theme.faint
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(frame, 8, 8)
        side = 6 * SPACING
        spot = QRectF(frame.center().x() - side / 2, frame.top() + 4 * SPACING, side, side)
        painter.strokePath(folder_icon(spot), QPen(colour, 2))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        painter.setFont(font)
        painter.setPen(self._theme.text)
        below = frame.adjusted(0, side + 5 * SPACING, 0, 0)
        painter.drawText(
            below,
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            tr("Drop a folder of photos here"),
        )
        font.setPointSizeF(font.pointSizeF() / 1.4)
        painter.setFont(font)
        painter.setPen(self._theme.text_dim)
        painter.drawText(
            below.adjusted(0, 4 * SPACING, 0, 0),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            tr("Your photos stay where they are. Nothing leaves this computer."),
        )
