"""The window: menus, the welcome screen or the review workspace, progress, messages, and what is dropped on it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from core.errors import ShortlistError
from core.language import mark, tr
from core.pipeline.events import Finished, PhotoFailed, Progress, Stage
from core.shoot.shoot import Filter, Shoot
from ui import space_commands
from ui.asked_folder import ask_for_folder
from ui.commands import table
from ui.commands.command import Command, Group, Where
from ui.commands.keymap import Keymap, key_names
from ui.commands.registry import Registry
from ui.commands.table import COMMANDS
from ui.dialogs.help_dialog import HelpDialog
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.focus_home import FocusHome
from ui.imaging.prefetcher import Prefetcher
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.photo_menu import photo_menu
from ui.recent_shoot import RecentShoot
from ui.review_space import ReviewSpace
from ui.shortcut_overlay import ShortcutOverlay
from ui.theme import DARK, Theme
from ui.views.finders import Finders
from ui.welcome_view import WelcomeView
from ui.widgets.demo_bar import DemoBar
from ui.widgets.drop_overlay import DropOverlay, dropped_paths
from ui.widgets.first_size import open_within_screen
from ui.widgets.focus_edge import FocusEdge
from ui.widgets.hint_card import HintCard
from ui.widgets.message_bar import MessageBar
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.style import menu_style

_MENUS = (
    (mark("&File"), (Group.FILE,)),
    (mark("&Decide"), (Group.DECIDE, Group.LABELS)),
    (mark("&Groups"), (Group.GROUPS,)),
    (mark("&View"), (Group.VIEW, Group.ORDER)),
    (mark("F&ind"), (Group.FILTER,)),
    (mark("&Look"), (Group.LOOK, Group.CONTEST)),
)
# Of the file group, but looked for under Help.
_HELP = (table.GUIDE, table.DEMO, table.SHORTCUTS, table.AFTER_EXPORT, table.HIDE_HINT, table.ABOUT)
_FIRST_SIZE = QSize(1600, 1000)  # as far as the screen has room


class MainWindow(QMainWindow):
    """Shows; decides nothing. What the user wants leaves as signals, what is known comes in through methods.

    Args:
        thumbnails: small pictures.
        prefetcher: large pictures.
        finders: of what is shown beside and over photos.
        about: makes the about dialog, given its parent and theme.
        theme: colours.
        commands: the table, with the user's keys.

    Attributes:
        commands: where the controllers bind what is more than showing.
    """

    sources_chosen = Signal(object)  # list of Path: folders or files to open
    cancel_requested = Signal()
    resume_requested = Signal()  # of what was cancelled
    command_done = Signal(object)  # ui.commands.command.Command, by whatever key or menu
    screen_changed = Signal(object)  # ui.commands.command.Where
    closing = Signal()

    def __init__(
        self,
        thumbnails: ThumbnailLoader,
        prefetcher: Prefetcher,
        finders: Finders,
        about: Callable[[QWidget, Theme], QDialog],
        theme: Theme = DARK,
        commands: Sequence[Command] = COMMANDS,
    ) -> None:
        super().__init__()
        self.theme = theme
        self._about = about
        self.welcome = WelcomeView(theme, self)
        self.space = ReviewSpace(thumbnails, prefetcher, finders, theme, self)
        self.hints = HintCard(theme, self)  # before the foot, as Tab comes to them
        self.messages = MessageBar(theme, self)
        self.demo = DemoBar(theme, self)
        self.progress = ProgressStrip(theme, self, self.messages)
        self.problems = ProblemsDialog(self, theme)
        self._screens = QStackedWidget(self)
        # Asked when somebody closes the window; all must agree.
        self.before_closing: list[Callable[[], bool]] = []
        self.where = Where.WELCOME
        self._title = "Shortlist"
        self._chosen: Path | None = None
        self._screens.addWidget(self.welcome)
        self._screens.addWidget(self.space)
        self.commands = Registry(commands)
        self.keymap = Keymap(self, self.do, commands)
        self._overlay = ShortcutOverlay(theme, self, commands)
        self._tell_keys(commands)
        self._drop = DropOverlay(theme, self)
        self._lay_out()
        self._make_menus()
        self._bind()
        for command, popup in self.commands.popups:
            popup.addAction(self.keymap.action(command))
        self._focus = FocusHome(self, self._home, FocusEdge(theme, self))
        self._connect()
        self.setAcceptDrops(True)
        open_within_screen(self, _FIRST_SIZE)
        self.show_welcome(())

    # What is shown

    def show_welcome(self, recent: Sequence[RecentShoot]) -> None:
        """Show the start: where to drop a folder, and the recent shoots."""
        self.welcome.set_recent(recent)
        self._screens.setCurrentWidget(self.welcome)
        self.progress.reset()
        self._show_foot()
        self.setWindowTitle("Shortlist")
        self._set_screen(Where.WELCOME)

    def show_shoot(self, shoot: Shoot, title: str) -> None:
        """Show another shoot, from its start."""
        self.problems.clear()
        self.progress.reset()
        self._screens.setCurrentWidget(self.space)
        self._show_foot()
        self.space.set_shoot(shoot)
        self._title = f"{title} – Shortlist"
        self.setWindowTitle(f"0 % – {self._title}")
        self._set_screen(self.space.views.where)

    def show_resumed(self) -> None:
        """Show that the shoot is measured on; what cannot be used will be reported again."""
        self.problems.forget_files()
        self.progress.begin()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the analysis is; in the title too, for when the window is not in front."""
        self.progress.show_progress(progress)
        if progress.stage is Stage.ANALYSIS and progress.total:
            self.setWindowTitle(f"{100 * progress.done // progress.total} % – {self._title}")

    def show_finished(self, finished: Finished) -> None:
        """Show that the analysis is over."""
        self.setWindowTitle(self._title)
        self.progress.show_finished(finished)

    def show_problem(self, problem: PhotoFailed) -> None:
        """Show one more file that cannot be used."""
        self.problems.add(problem)
        self.progress.set_problems(self.problems.count())

    def show_undo(self, undo: str, redo: str) -> None:
        """Name what undo and redo would do; empty where there is nothing."""
        for command, word, title in ((table.UNDO, tr("Undo"), undo), (table.REDO, tr("Redo"), redo)):
            action = self.keymap.action(command)
            action.setText(f"{word} {title}" if title else word)

    def do(self, command: Command) -> None:
        """Do a command, on whatever screen; say so where it cannot be done."""
        try:
            self.commands.do(command)
        except ShortlistError as error:
            self.messages.show_error(str(error))
        else:
            self.command_done.emit(command)

    def set_keys(self, commands: Sequence[Command]) -> None:
        """Give the commands other keys, at once."""
        self.keymap.set_keys(commands)
        self._overlay.set_keys(commands)
        self._tell_keys(commands)

    def _tell_keys(self, commands: Sequence[Command]) -> None:
        """Tell the grid the key that its words name."""
        to_all = (key_names(each) for each in commands if each.id == table.FILTER[Filter.ALL].id)
        self.space.grid.set_key_to_all(next(iter(next(to_all, ())), ""))

    def choose_folder(self) -> None:
        """Ask for a folder to open, at first among the user's pictures, then beside the folder chosen last."""
        near = self._chosen.parent if self._chosen else None
        if folder := ask_for_folder(self, tr("Open a folder of photos"), near):
            self._chosen = folder
            self.sources_chosen.emit([folder])

    # Inside

    def _lay_out(self) -> None:
        middle = QWidget(self)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.demo)
        layout.addWidget(self._screens, 1)
        layout.addWidget(self.hints)
        layout.addWidget(self.progress)
        self.setCentralWidget(middle)

    def _make_menus(self) -> None:
        bar = self.menuBar()
        bar.setStyleSheet(menu_style(self.theme))
        for title, groups in _MENUS:
            menu = bar.addMenu(tr(title))
            menu.setToolTipsVisible(True)
            for group in groups:
                self._fill(menu, group)
        help_menu = bar.addMenu(tr("&Help"))
        help_menu.setToolTipsVisible(True)
        for command in _HELP:
            help_menu.addAction(self.keymap.action(command))

    def _fill(self, menu: QMenu, group: Group) -> None:
        if not menu.isEmpty():
            menu.addSeparator()
        for command in COMMANDS:
            # The audit, which has no other commands to choose from, has buttons for its own.
            elsewhere = command.by_view or command in _HELP or command.where is Where.AUDIT
            if command.group is not group or elsewhere:
                continue
            if command.apart:
                menu.addSeparator()  # two in a row, or one at an end, are drawn as one or none
            menu.addAction(self.keymap.action(command))

    def _connect(self) -> None:
        self.welcome.open_requested.connect(self.sources_chosen)
        self.welcome.choose_requested.connect(self.choose_folder)
        self.welcome.demo_requested.connect(lambda: self.do(table.DEMO))
        self.space.screen_changed.connect(self._screen_changed)
        self.space.counted.connect(self.progress.set_tally)
        self.space.grid.selection_changed.connect(self._count_selected)
        self.messages.shown_changed.connect(self._show_foot)
        self.messages.error_told.connect(self.problems.add_error)
        self.messages.list_requested.connect(self.problems.present)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self.progress.resume_requested.connect(self.resume_requested)
        self.progress.problems_requested.connect(self.problems.present)

    def _home(self) -> QWidget:
        """Return what the keys are for, when nothing else asked for them."""
        return self.space.views.front if self._screens.currentWidget() is self.space else self.welcome

    def _show_foot(self) -> None:
        """Show the foot; on the welcome screen only while it has something to say."""
        in_review = self._screens.currentWidget() is self.space
        self.progress.setVisible(in_review or bool(self.messages.text()))

    def _count_selected(self) -> None:
        self.progress.set_selected(len(self.space.targets()))

    def _screen_changed(self, screen: Where) -> None:
        self._count_selected()
        if self._screens.currentWidget() is self.space:
            self._set_screen(screen)

    def _set_screen(self, screen: Where) -> None:
        self.where = screen
        self.keymap.set_screen(screen)
        self._fit_full_screen()
        self.screen_changed.emit(screen)

    def _bind(self) -> None:
        """Have what concerns the window itself done here, and what is shown in it by the workspace."""
        self.commands.bind(table.SHORTCUTS, self._overlay.toggle)
        self.commands.bind(table.OPEN_FOLDER, self.choose_folder)
        self.commands.bind(table.PROBLEMS, self.problems.present)
        self.commands.bind(table.FULL_SCREEN, self._toggle_full_screen)
        self.commands.bind(table.GUIDE, lambda: HelpDialog("first-export", self, self.theme).show())
        self.commands.bind(table.AFTER_EXPORT, lambda: HelpDialog("after-export", self, self.theme).show())
        self.commands.bind(table.ABOUT, lambda: self._about(self, self.theme).exec())
        self.commands.bind(table.RESUME, self.resume_requested.emit)
        self.commands.bind(table.QUIT, self._quit)
        space_commands.bind(self.commands, self.space)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _fit_full_screen(self) -> None:
        """Leave what bars take to large photos that fill the screen; the keys are there without them."""
        fills = self.isFullScreen()
        self.menuBar().setVisible(not (fills and self.where in Where.BIG))
        self.space.filters.set_full_screen(fills)

    # Qt's own events

    def changeEvent(self, event: QEvent) -> None:
        """Hear that the window fills the screen now, or no more, whoever wanted that."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._fit_full_screen()

    def may_close(self) -> bool:
        """Ask whatever must not be ended unasked; True where nothing stands in the way."""
        return all(agrees() for agrees in self.before_closing)

    def _quit(self) -> None:
        if self.may_close():
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say of a key that nothing in front took where it works, rather than do nothing."""
        pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        where = self.keymap.elsewhere(QKeySequence(QKeyCombination(pressed, Qt.Key(event.key()))))
        if where and not event.isAutoRepeat():
            self.messages.show_info(where)
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the photos, by the mouse or by the key for menus."""
        photos = self.space.views
        inside = photos.rect().contains(photos.mapFromGlobal(event.globalPos()))
        if photos.isVisible() and inside and photos.where in Where.PHOTOS and self.space.current_photo():
            photo_menu(self.keymap, self.theme, self).popup(event.globalPos())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the controllers end their work first; somebody who closes the window may be asked before that."""
        if event.spontaneous() and not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders of this machine."""
        if _local_paths(event):
            event.acceptProposedAction()
            self._drop.present(_local_paths(event))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the overlay away: the drag went elsewhere."""
        self._drop.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self._drop.hide()
        paths = _local_paths(event)
        if paths:
            # A copy, whatever the file manager offered: a move would make it delete the originals.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.sources_chosen.emit(paths)


def _local_paths(event: QDropEvent) -> list[Path]:
    """Return the files and folders that come from elsewhere: photos dragged out of this window are not opened in it."""
    if event.source() is not None:
        return []
    return dropped_paths(event.mimeData())
