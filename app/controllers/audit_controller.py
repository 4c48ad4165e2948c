"""Checking a sample of what the program alone rejected: drawn, looked through key by key, summed up, taken back."""

import secrets

from PySide6.QtCore import QObject

from app.controllers.review_controller import ReviewController
from app.controllers.session_controller import SessionController
from core.language import ntr, tr
from core.moments import moment_in_figures
from core.review.audit.bound import bound_of, in_words
from core.review.audit.doubt import Reach, in_doubt, uncovered
from core.review.audit.kept import AuditStore, KeptAudit
from core.review.audit.sample import draw, rejects
from core.shoot.listed import Listed
from core.types import Audit, PhotoId
from ui.commands import table
from ui.commands.command import Where
from ui.dialogs.bound_dialog import BoundDialog
from ui.dialogs.sample_dialog import SampleDialog
from ui.main_window import MainWindow

_SEED_BITS = 32


class AuditController(QObject):
    """Leads through one audit at a time. Every answer is on the disk before the next frame is shown.

    Args:
        window: has the commands, and shows the frames.
        session: the open shoot.
        review: takes back.
        store: keeps the audits.
    """

    def __init__(
        self, window: MainWindow, session: SessionController, review: ReviewController, store: AuditStore
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._review = review
        self._store = store
        self._audit: Audit | None = None
        commands, action = window.commands, window.keymap.action
        commands.bind(table.CHECK_SAMPLE, self.ask)
        commands.bind(table.AUDIT_RIGHT, lambda: self._answer(keeper=False))
        commands.bind(table.AUDIT_DOUBT, lambda: self._answer(keeper=True))
        commands.bind(table.AUDIT_LEAVE, self._leave)
        answers = (table.AUDIT_RIGHT, table.AUDIT_DOUBT, table.AUDIT_LEAVE)
        window.space.big.audit.bar.set_actions([action(command) for command in answers])
        session.opened.connect(self._forget)

    def ask(self) -> None:
        """Ask how many frames are to be looked at, or whether to go on with those drawn last."""
        found, last = self._rejects(), self._kept.latest()
        if not found:
            self._window.messages.show_info(
                tr(
                    "There is nothing to check: Shortlist alone rejected no frame. What you rejected yourself is yours."
                )
            )
            return
        words: list[str] = []
        go_on, is_open = "", False
        if last is not None and self._sample(last):
            is_open = self._is_open(last)
            words, go_on = _said_of(last, is_open, uncovered(last, found))
        dialog = SampleDialog(len(found), words, go_on, is_open, self._window, self._window.theme)
        dialog.draw_requested.connect(self._draw)
        dialog.go_on_requested.connect(self._go_on)
        dialog.open()

    @property
    def _kept(self) -> KeptAudit:
        return KeptAudit(self._store, self._session.sources)

    def _rejects(self) -> tuple[PhotoId, ...]:
        shoot = self._session.shoot
        return rejects(shoot.clusters_in_order(), shoot.decisions)

    def _sample(self, audit: Audit) -> list[PhotoId]:
        """Return the frames of the sample that are still in the folder."""
        return [photo_id for photo_id in audit.drawn if photo_id in self._session.shoot.photos]

    def _is_open(self, audit: Audit) -> bool:
        return any(photo_id not in audit.answers for photo_id in self._sample(audit))

    def _draw(self, size: int) -> None:
        found = self._rejects()
        if found:
            audit = draw(found, size, secrets.randbits(_SEED_BITS))
            self._kept.begin(audit)
            self._show(audit)

    def _go_on(self) -> None:
        if (audit := self._kept.latest()) is not None:
            self._show(audit)

    def _show(self, audit: Audit) -> None:
        """Show the next frame that nobody looked at yet; where there is none, what is proved."""
        self._audit = audit
        view, sample = self._window.space.big.audit, self._sample(audit)
        view.open(audit, sample)
        left = next((photo_id for photo_id in sample if photo_id not in audit.answers), None)
        if left is not None:
            self._window.space.show_sample(left)
            return
        if self._window.where is Where.AUDIT:
            self._window.space.show_sample(sample[-1])  # with its answer
        self._sum_up(audit)

    def _answer(self, *, keeper: bool) -> None:
        current = self._window.space.current_photo()
        if self._audit is not None and current in self._audit.drawn:
            self._show(self._kept.answer(self._audit, current, keeper))

    def _sum_up(self, audit: Audit) -> None:
        dialog = BoundDialog(
            tr("{bound}.").format(bound=in_words(bound_of(audit))),
            self._doubtful(audit),
            self._window,
            self._window.theme,
        )
        dialog.take_back_requested.connect(lambda reach: self._take_back(audit, reach))
        dialog.finished.connect(self._end)
        dialog.open()

    def _doubtful(self, audit: Audit) -> dict[Reach, int]:
        """Count what would be taken back, by how far doubt reaches; what reaches no farther is left out."""
        counts = {reach: len(self._in_doubt(audit, reach)) for reach in Reach}
        farther: dict[Reach, int] = {}
        for reach, count in counts.items():
            if count > max(farther.values(), default=0):
                farther[reach] = count
        return farther

    def _in_doubt(self, audit: Audit, reach: Reach) -> tuple[PhotoId, ...]:
        shoot = self._session.shoot
        return in_doubt(audit, shoot.clusters_in_order(), shoot.decisions, reach)

    def _take_back(self, audit: Audit, reach: Reach) -> None:
        self._end()
        taken = self._in_doubt(audit, reach)
        self._review.apply(lambda: self._session.review.take_back(taken))
        words = ntr("Taken back: {count:,} frame", "Taken back: {count:,} frames", len(taken))
        listed = Listed(words.format(count=len(taken)), frozenset(taken))
        self._window.space.show_listed(listed, taken[0])
        self._review.say_done()

    def _leave(self) -> None:
        audit = self._audit
        self._end()
        if audit is not None:
            self._window.messages.show_info(
                tr("{done} of {count} are checked; the answers are kept.").format(
                    done=len(audit.answers), count=len(audit.drawn)
                ),
                tr("Go on"),
                self._go_on,
            )

    def _end(self) -> None:
        self._audit = None
        self._window.space.leave_sample()

    def _forget(self) -> None:
        self._audit = None


def _said_of(audit: Audit, is_open: bool, later: int) -> tuple[list[str], str]:
    """Return what is to be said of the last sample, and the word on the button that leads to it."""
    day = moment_in_figures(audit.drawn_at.astimezone())
    if is_open:
        words = [tr("The sample of {day} is not checked to its end.").format(day=day)]
        go_on = tr("Go on with it ({done} of {count})").format(
            done=len(audit.answers), count=len(audit.drawn)
        )
    else:
        words = [tr("Sample of {day} – {bound}.").format(day=day, bound=in_words(bound_of(audit)))]
        go_on = tr("Show its result")
    if later:
        since = ntr(
            "{count:,} frame was rejected since, of which it says nothing.",
            "{count:,} frames were rejected since, of which it says nothing.",
            later,
        )
        words.append(since.format(count=later))
    return words, go_on
