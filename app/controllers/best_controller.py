"""The best of the shoot, as many as are wanted: shown as a proposal in the grid, and flagged in one undo."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.asking import Asking
from app.controllers.review_controller import ReviewController
from app.controllers.session_controller import SessionController
from core.language import ntr, tr
from core.ranking.best_of import Proposed, best_of
from core.ranking.best_of_words import proposal_title, why_proposed
from core.review.changes import Change
from core.shoot.listed import Listed
from core.types import Flag, Label, PhotoId
from ui.commands import table
from ui.dialogs.best_dialog import AfterBest, BestDialog
from ui.main_window import MainWindow
from ui.marks.photo_words import LABEL_WORDS


class BestController(QObject):
    """Proposes; only the user decides.

    Args:
        window: has the command, and shows the proposal.
        session: the open shoot.
        review: does what was asked for.
    """

    def __init__(self, window: MainWindow, session: SessionController, review: ReviewController) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._review = review
        self._asking = Asking(self, window.messages.show_error)
        window.commands.bind(table.BEST_OF, self._ask)

    def stop(self) -> None:
        """End what is being chosen."""
        self._asking.stop()

    def _ask(self) -> None:
        dialog = BestDialog(self._window, self._window.theme)
        dialog.asked.connect(self._propose)
        dialog.open()

    def _propose(self, count: int, then: AfterBest) -> None:
        shoot = self._session.shoot
        clusters, analyses = tuple(shoot.clusters_in_order()), dict(shoot.analyses)
        decisions, copies, forgiven = dict(shoot.decisions), dict(shoot.copies), shoot.forgiven

        def take(found: tuple[Proposed, ...]) -> None:
            if self._session.shoot is shoot:
                self._show(found, count, then)

        self._asking.ask(lambda: best_of(count, clusters, analyses, decisions, copies, forgiven), take)

    def _show(self, found: Sequence[Proposed], wanted: int, then: AfterBest) -> None:
        if not found:
            self._window.messages.show_info(self._why_none())
            return
        photo_ids = [one.photo_id for one in found]
        why = {one.photo_id: why_proposed(number, one) for number, one in enumerate(found, 1)}
        listed = Listed(proposal_title(len(found)), frozenset(photo_ids), why)
        space = self._window.space
        order = list(self._session.shoot.photos)
        space.show_listed(listed, min(photo_ids, key=order.index))
        if then is not None:
            space.filters.offer(listed, _words(then, len(found)), lambda: self._do(then, photo_ids))
        if len(found) < wanted:
            words = ntr(
                "There is only {count:,} to choose: one of each group, without rejects.",
                "There are only {count:,} to choose from: one of each group, without rejects.",
                len(found),
            )
            self._window.messages.show_info(words.format(count=len(found)))

    def _why_none(self) -> str:
        if self._session.shoot.finished is None:
            return tr("There is nothing to choose from yet; the photos are still being measured.")
        return tr("There is nothing to choose from: every photo is rejected, or likely to be.")

    def _do(self, then: AfterBest, photo_ids: Sequence[PhotoId]) -> None:
        """Do what was asked for; say so, or that there was nothing to do."""
        review, before = self._session.review, self._session.review.undo_title
        self._review.apply(lambda: self._change(then, photo_ids))
        if review.undo_title == before:
            self._window.messages.show_info(tr("They have that already."))
            return
        self._review.say_done()

    def _change(self, then: AfterBest, photo_ids: Sequence[PhotoId]) -> Change | None:
        review = self._session.review
        match then:
            case Flag():
                return review.set_flag(photo_ids, then)
            case Label():
                return review.set_label(photo_ids, then, toggle=False)
            case int():
                return review.set_rating(photo_ids, then)
        return None


def _words(then: AfterBest, count: int) -> str:
    """Say on the button what it does."""
    photos = ntr("{count:,} photo", "{count:,} photos", count).format(count=count)
    match then:
        case Label():
            return tr("{label} for {photos}").format(label=tr(LABEL_WORDS[then]), photos=photos)
        case int():
            words = ntr("{count} star for {photos}", "{count} stars for {photos}", then)
            return words.format(count=then, photos=photos)
    return tr("Pick {photos}").format(photos=photos)
