"""What the user decides: from a command to the disk, then to the screen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.controllers.session_controller import SessionController
from app.controllers.settings_controller import SettingsController
from core.errors import StoreError
from core.language import ntr, tr
from core.review.changes import Change
from core.shoot.criteria import Criteria
from core.shoot.shoot import Filter
from core.types import Cluster, ClusterKind, Flag, Label, PhotoId, Sureness
from ui.commands import table
from ui.commands.key_words import main_key
from ui.commands.registry import Registry
from ui.dialogs import accept_dialog
from ui.main_window import MainWindow
from ui.marks.photo_words import why
from ui.widgets.message_bar import Offer

_FLAG = {Flag.PICK: table.PICK, Flag.REJECT: table.REJECT, Flag.UNFLAGGED: table.UNFLAG}


class ReviewController(QObject):
    """Does the window's commands on the open shoot.

    Args:
        window: has the commands, and shows what they change.
        session: the open shoot.
        settings: knows whether the review goes on by itself.
    """

    def __init__(self, window: MainWindow, session: SessionController, settings: SettingsController) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._settings = settings
        self._said_done = ""  # the message that offers to undo what was done last
        self._bind(window.commands)
        session.opened.connect(self._name_undo)
        session.decisions_changed.connect(self._name_undo)

    def _bind(self, commands: Registry) -> None:
        commands.bind_each(_FLAG, self._set_flag)
        commands.bind_each(table.RATE, self._rate)
        commands.bind_each(table.LABEL, self._set_label)
        commands.bind(table.ACCEPT_SUGGESTION, self._accept)
        commands.bind(table.ACCEPT_SCENE, self._accept_scene)
        commands.bind(table.ACCEPT_SELECTION, self._accept_selection)
        commands.bind(table.ACCEPT_SHOOT, self._accept_shoot)
        commands.bind(table.CHOOSE_INSTEAD, self._choose)
        commands.bind(table.PICK_GROUP, self._pick_group)
        commands.bind(table.KEEP_WINNERS, self._keep_winners)
        commands.bind(table.NEXT_UNDECIDED, self._next_undecided)
        commands.bind(table.NEXT_LIKELY_REJECT, self._next_likely_reject)
        commands.bind(table.UNDO, lambda: self.apply(self._session.review.undo, go_there=True))
        commands.bind(table.REDO, lambda: self.apply(self._session.review.redo, go_there=True))
        commands.bind(table.AUTO_ADVANCE, self._toggle_auto_advance)
        commands.bind(table.CLOSE_FOLDER, self._session.close)

    def _set_flag(self, flag: Flag) -> None:
        targets = self._window.space.targets()
        self.apply(lambda: self._session.review.set_flag(targets, flag), advance=True)

    def _rate(self, stars: int) -> None:
        targets = self._window.space.targets()
        self.apply(lambda: self._session.review.set_rating(targets, stars), advance=True)

    def _set_label(self, label: Label) -> None:
        targets = self._window.space.targets()
        self.apply(lambda: self._session.review.set_label(targets, label), advance=True)

    def _accept_scene(self) -> None:
        self._ask_to_accept(self._window.space.scene_clusters(), accept_dialog.SCENE)

    def _accept_selection(self) -> None:
        self._ask_to_accept(self._window.space.selected_clusters(), accept_dialog.SELECTION)

    def _accept_shoot(self) -> None:
        self._ask_to_accept(list(self._session.shoot.clusters_in_order()), accept_dialog.SHOOT)

    def _accept(self) -> None:
        cluster = self._window.space.current_cluster()
        if cluster is None:
            return
        if cluster.kind is ClusterKind.SINGLE:
            key = main_key(self._window.keymap.action(table.NEXT_UNDECIDED))
            self._window.messages.show_info(
                tr("A single frame: pick or reject it by itself. {key} goes to the next burst.").format(
                    key=key
                )
            )
        elif cluster.kind is ClusterKind.BRACKET:
            action = self._window.keymap.action(table.PICK_GROUP)
            self._window.messages.show_info(
                tr("A bracket belongs together, so no frame is suggested."),
                " ".join(filter(None, (action.text(), main_key(action)))),
                lambda: self._window.do(table.PICK_GROUP),
            )
        elif cluster.suggested_pick is None:
            self._window.messages.show_info(why(cluster.photo_ids[0], self._session.shoot))
        else:
            self.apply(lambda: self._session.review.accept(cluster))
            self._go_on()

    def _ask_to_accept(self, clusters: Sequence[Cluster], among: accept_dialog.Among) -> None:
        """Say what accepting many suggestions would do, and do it only then."""
        review = self._session.review
        sure = [cluster for cluster in clusters if cluster.sureness is Sureness.CLEAR]
        whole = review.accepting(clusters)
        if not whole.bursts:
            self._window.messages.show_info(tr(among.nothing))
            return
        dialog = accept_dialog.AcceptDialog(
            whole, review.accepting(sure), among, self._window, self._window.theme
        )
        dialog.confirmed.connect(lambda others_too: self._accept_many(clusters if others_too else sure))
        dialog.open()

    def _accept_many(self, clusters: Sequence[Cluster]) -> None:
        try:
            self.apply(lambda: self._session.review.accept_all(clusters))
        except StoreError as error:
            self._window.messages.show_error(str(error))
        else:
            self.say_done((tr(table.CHECK_SAMPLE.title), lambda: self._window.do(table.CHECK_SAMPLE)))

    def _choose(self) -> None:
        space = self._window.space
        cluster, current = space.current_cluster(), space.current_photo()
        if cluster is not None and current is not None:
            self.apply(lambda: self._session.review.choose(cluster, current))
            self._go_on()

    def _pick_group(self) -> None:
        cluster = self._window.space.current_cluster()
        if cluster is not None:
            self.apply(lambda: self._session.review.set_flag(cluster.photo_ids, Flag.PICK))
            self._go_on()

    def _keep_winners(self) -> None:
        space = self._window.space
        winners, competitors = space.competing()
        if unseen := len(space.big.unseen(space.views.front)):
            words = ntr(
                "{count} frame was not shown yet: step to it first, with →.",
                "{count} frames were not shown yet: step to them first, with →.",
                unseen,
            )
            self._window.messages.show_info(words.format(count=unseen))
        elif winners:
            clusters = [self._session.shoot.cluster_of(photo_id) for photo_id in competitors]
            bracketed = {cluster.id for cluster in clusters if cluster.kind is ClusterKind.BRACKET}
            losers = [
                photo_id
                for photo_id, cluster in zip(competitors, clusters, strict=True)
                if photo_id not in winners and cluster.id not in bracketed
            ]
            self.apply(lambda: self._session.review.keep(winners, losers))
            self._go_on()

    def _go_on(self) -> None:
        """Go to the next open burst; where the last one was just decided, say what is left and what comes then."""
        shoot = self._session.shoot
        if self._window.space.next_undecided() or shoot.finished is None or shoot.tally.open_bursts:
            return
        words, left = tr("Every burst is decided."), shoot.tally.undecided()
        if left:
            more = ntr(
                "{count:,} photo is undecided; {key} shows it.",
                "{count:,} photos are undecided; {key} shows them.",
                left,
            )
            key = main_key(self._window.keymap.action(table.FILTER[Filter.UNDECIDED]))
            words = " ".join((words, more.format(count=left, key=key)))
        self._window.messages.show_info(words, tr(table.EXPORT.title), lambda: self._window.do(table.EXPORT))

    def _next_undecided(self) -> None:
        space, here = self._window.space, self._window.space.current_photo()
        key = main_key(self._window.keymap.action(table.NEXT_UNDECIDED))
        still_open = tr("This burst is still open: Enter accepts its suggestion. {key} again goes on.")
        self._window.messages.withdraw(still_open.format(key=key))
        if not space.next_undecided(from_here=True):
            self._window.messages.show_info(self._why_no_burst())
        elif space.current_photo() == here:
            self._window.messages.show_info(still_open.format(key=key))

    def _why_no_burst(self) -> str:
        """Say why there is no burst to go to: a burst may yet be found while the photos are being measured."""
        shoot = self._session.shoot
        if not shoot.finished:
            return tr("No burst is open yet: the photos are still being measured.")
        if not shoot.tally.kinds[ClusterKind.BURST]:
            return tr("No burst was found in this shoot.")
        return tr("Every burst is decided.")

    def _next_likely_reject(self) -> None:
        space, shoot = self._window.space, self._session.shoot
        here = space.current_photo()
        target = shoot.next_likely_reject(here)
        if target is None:
            self._window.messages.show_info(
                tr("No likely reject is left to decide.")
                if shoot.finished
                else tr("No likely reject is found yet; the photos are still being measured.")
            )
            return
        if target == here:
            self._window.messages.show_info(tr("This is the only likely reject left to decide."))
        if target not in space.model:
            space.set_criteria(Criteria())
        space.go_to(target)

    def _toggle_auto_advance(self) -> None:
        on = not self._settings.preferences.auto_advance
        self._settings.change(auto_advance=on)
        self._window.messages.show_info(
            tr("Auto-advance is on: each decision goes to the next photo.")
            if on
            else tr("Auto-advance is off.")
        )

    def apply(
        self, command: Callable[[], Change | None], *, advance: bool = False, go_there: bool = False
    ) -> None:
        """Run a command, which writes to disk first and then shows what it changed; go to where it was, or on.

        Args:
            command: what is done.
            advance: it decides on what is selected: on one photo, the review goes on; on several, it is said what
                was done.
            go_there: it takes something back or does it again, so that the user is shown where.
        """
        space = self._window.space
        several, current = len(space.targets()) > 1, space.current_photo()
        left = space.left_in_stacks() if several else 0
        change = command()
        if change is not None and go_there:
            changed = [decision.photo_id for decision in change.after]
            target = _where(change)
            if target in self._session.shoot.photos and space.current_photo() not in changed:
                space.go_near(target)
        went_on = space.current_photo() != current  # a survey does so by itself when a frame drops out
        if advance and self._settings.preferences.auto_advance and not several and not went_on:
            space.advance()
        if advance and several and change is not None:
            self.say_done(left_in_stacks=left)  # most of it may be out of sight

    def say_done(self, other: Offer | None = None, *, left_in_stacks: int = 0) -> None:
        """Say what was done last and offer to undo it, as long as it is what was done last.

        Args:
            other: what else is offered; the message stays then until the next decision.
            left_in_stacks: frames behind the selected ones that were not meant.
        """
        words = tr("{title}: done.").format(title=self._session.review.undo_title)
        if left_in_stacks:
            more = ntr(
                "{count:,} more frame in closed stacks stays as it is.",
                "{count:,} more frames in closed stacks stay as they are.",
                left_in_stacks,
            )
            words = " ".join((words, more.format(count=left_in_stacks)))
        undo = (tr("Undo"), lambda: self._window.do(table.UNDO))
        if other is None:
            self._window.messages.show_info(words, *undo)
        else:
            self._window.messages.show_question(words, *undo, other)
        self._said_done = words

    def _name_undo(self) -> None:
        self._window.messages.withdraw(self._said_done)  # its Undo would take something else back
        self._said_done = ""
        self._window.show_undo(self._session.review.undo_title, self._session.review.redo_title)


def _where(change: Change) -> PhotoId:
    """Return where a user was who made a change, or took it back: at what was picked by it, else at the first."""
    decisions = (*change.after, *change.before)
    picked = (decision.photo_id for decision in decisions if decision.flag is Flag.PICK)
    return next(picked, decisions[0].photo_id)
