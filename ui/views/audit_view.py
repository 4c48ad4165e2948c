"""The audit: one reject of the sample at a time, beside it what was kept of its burst, below both the two answers."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.types import Audit, Flag, PhotoId
from ui.commands import table
from ui.commands.registry import Registry
from ui.views.big_view import BigView
from ui.views.pane_sources import PaneSources
from ui.views.photo_pane import PhotoPane
from ui.widgets.audit_bar import AuditBar


class AuditView(BigView):
    """Two panes. The arrow keys step through what is answered and to what is next, never past it.

    Arguments as for ``BigView``.

    Attributes:
        bar: how far it is, and the answers as buttons.
    """

    def __init__(self, sources: PaneSources, parent: QWidget | None = None) -> None:
        super().__init__(sources, parent)
        self._audit: Audit | None = None
        self._sample: tuple[PhotoId, ...] = ()
        self._shows_kept = True
        self.bar = AuditBar(sources.theme, self)
        for _ in range(2):
            self._make_pane()
            self._make_strip()
        self.setAccessibleName(tr("Check a sample"))

    def open(self, audit: Audit, sample: Sequence[PhotoId]) -> None:
        """Take in how far the audit is.

        Args:
            audit: with its answers.
            sample: those of the drawn frames that are in the shoot, in order.
        """
        self._audit, self._sample = audit, tuple(sample)

    def frames(self) -> Sequence[PhotoId]:
        """Return what can be stepped through: what is answered, up to the first that is not."""
        answers = self._audit.answers if self._audit is not None else {}
        open_at = (at for at, photo_id in enumerate(self._sample) if photo_id not in answers)
        return self._sample[: next(open_at, len(self._sample)) + 1]

    def show_current(self, photo_id: PhotoId, shoot: Shoot, _order: Sequence[PhotoId]) -> None:
        """Show a reject of the sample, and what was kept in its place."""
        if self._audit is None or photo_id not in self._sample:
            return
        kept = [other for other in shoot.keepers_beside(photo_id) if self._shows_kept][:1]
        self._show_in_panes([photo_id, *kept], photo_id, shoot, self._sample)
        words = (_said_of(photo_id, shoot), *(_said_of(other, shoot) for other in kept))
        for pane, said in zip(self._panes, words, strict=False):
            if pane.photo_id is not None:
                # Both are active: a click zooms and leads nowhere else.
                pane.set_caption(f"{said}  ·  {shoot.photos[pane.photo_id].name}", active=True)
        for pane in self._panes:
            pane.setVisible(pane.photo_id is not None)
        answer = self._audit.answers.get(photo_id)
        self.bar.show_place(self._sample.index(photo_id) + 1, len(self._sample), answer)

    def bind(self, commands: Registry) -> None:
        """Have the command that is only a matter of showing done here."""
        commands.bind(table.AUDIT_BESIDE, self.toggle_beside)

    def toggle_beside(self) -> None:
        """Show what was kept beside the reject, or give the reject all the room."""
        self._shows_kept = not self._shows_kept
        if self._active is not None:
            self.show_current(self._active, self._shoot, self._sample)

    def clear(self) -> None:
        """Forget the audit."""
        super().clear()
        self._audit, self._sample = None, ()

    def _arrange(self) -> None:
        """Place the panes side by side, each with its faces, and the bar below them."""
        high = self.bar.sizeHint().height()
        self.bar.setGeometry(0, self.height() - high, self.width(), high)
        self._side_by_side(self.rect().adjusted(0, 0, 0, -high))

    def _opposite_of(self, photo_id: PhotoId) -> PhotoId | None:
        """Lay the reject and the kept frame over each other."""
        shown = [pane.photo_id for pane in self.panes() if pane.photo_id is not None]
        others = (*shown, *self._shoot.keepers_beside(photo_id))
        return next((other for other in others if other != photo_id), None)

    def _paired(self) -> Sequence[PhotoPane]:
        return self.panes()

    def _photos_of_strips(self) -> Sequence[PhotoId | None]:
        return [pane.photo_id for pane in self._panes]


def _said_of(photo_id: PhotoId, shoot: Shoot) -> str:
    """Say what a frame is now: it may have been decided otherwise since the sample was drawn."""
    decision = shoot.decision(photo_id)
    if decision.is_kept:
        return tr("Kept")
    if decision.flag is Flag.REJECT:
        return tr("Rejected")
    return tr("Suggested") if shoot.is_suggested(photo_id) else tr("Undecided")
