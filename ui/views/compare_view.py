"""Compare: champion and challenger side by side; one stays while the other steps, and the winner stays."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.types import Flag, PhotoId
from ui.commands import table
from ui.commands.registry import Registry
from ui.views.big_view import BigView
from ui.views.pane_sources import PaneSources
from ui.views.photo_pane import PhotoPane


class CompareView(BigView):
    """Two panes. The arrow keys step the active one, usually the challenger; the other is frozen.

    Arguments as for ``BigView``.
    """

    def __init__(self, sources: PaneSources, parent: QWidget | None = None) -> None:
        super().__init__(sources, parent)
        self._frames: tuple[PhotoId, ...] = ()
        self._champion: PhotoId | None = None
        self._challenger: PhotoId | None = None
        for _ in range(2):
            self._make_pane()
            self._make_strip()
        self.setAccessibleName(tr("Compare"))

    def open(self, frames: Sequence[PhotoId], champion: PhotoId, current: PhotoId) -> PhotoId:
        """Begin a comparison.

        Args:
            frames: those that compete, in order.
            champion: the one of them to be beaten.
            current: the one of them that challenges it; where it is the champion itself, the next one does.

        Returns:
            The challenger, which should become the active photo; the champion where nothing competes with it.
        """
        self._frames, self._champion = tuple(frames), champion
        at = self._frames.index(current)
        others = (each for each in (*self._frames[at:], *self._frames[:at]) if each != champion)
        self._challenger = next(others, None)
        return self._challenger or champion

    def frames(self) -> Sequence[PhotoId]:
        """Return the frames that compete without the one that is frozen: two panes never show the same photo."""
        frozen = self._champion if self._active == self._challenger else self._challenger
        return [photo_id for photo_id in self._frames if photo_id != frozen]

    def show_current(self, photo_id: PhotoId, shoot: Shoot, _order: Sequence[PhotoId]) -> None:
        """Make a frame of either pane the active one; any other takes the place of the active one.

        A frame of another group begins the comparison of that group.
        """
        if photo_id not in self._frames:
            cluster = shoot.cluster_of(photo_id)
            challenger = self.open(cluster.photo_ids, favourite(cluster.photo_ids, shoot), photo_id)
            if challenger != photo_id:
                self.photo_chosen.emit(challenger)
                return
        elif photo_id not in (self._champion, self._challenger):
            if self._active == self._champion:
                self._champion = photo_id
            else:
                self._challenger = photo_id
        shown = [each for each in (self._champion, self._challenger) if each is not None]
        self._show_in_panes(shown, photo_id, shoot, self._frames)
        for pane, word in zip(self._panes, (tr("Champion"), tr("Challenger")), strict=True):
            pane.setVisible(pane.photo_id is not None)
            if pane.photo_id is not None:
                caption = f"{word}  ·  {shoot.photos[pane.photo_id].name}"
                pane.set_caption(caption, active=pane.photo_id == photo_id, ring=len(shown) > 1)

    def bind(self, commands: Registry) -> None:
        """Have the commands that only comparing has done here."""
        commands.bind(table.CHALLENGER_WINS, self.challenger_wins)
        commands.bind(table.SWAP_PANES, self.swap)

    def challenger_wins(self) -> None:
        """Make the challenger the champion; the next frame challenges it."""
        if self._challenger is None or self._champion is None:
            return
        beaten, self._champion = self._champion, self._challenger
        at = self._frames.index(self._champion)
        rest = [photo_id for photo_id in self._frames[at + 1 :] if photo_id != beaten]
        # After the last one the beaten one stands beside the winner, to be looked at once more.
        self._challenger = rest[0] if rest else beaten
        self.photo_chosen.emit(self._challenger)

    def swap(self) -> None:
        """Let champion and challenger change places."""
        if self._challenger is not None and self._active is not None:
            self._champion, self._challenger = self._challenger, self._champion
            self.show_current(self._active, self._shoot, self._frames)

    def winners(self) -> tuple[PhotoId, ...]:
        """Return the champion."""
        return (self._champion,) if self._champion is not None else ()

    def competitors(self) -> tuple[PhotoId, ...]:
        """Return all frames of this comparison."""
        return self._frames

    def clear(self) -> None:
        """Forget the comparison."""
        super().clear()
        self._frames, self._champion, self._challenger = (), None, None

    def _arrange(self) -> None:
        """Place the two side by side, each with its faces; one that is alone has all the room."""
        self._side_by_side(self.rect())

    def _opposite_of(self, photo_id: PhotoId) -> PhotoId | None:
        """Lay the two over each other."""
        return self._challenger if photo_id == self._champion else self._champion

    def _paired(self) -> Sequence[PhotoPane]:
        return self.panes() if self._challenger is not None else []

    def _photos_of_strips(self) -> Sequence[PhotoId | None]:
        return [pane.photo_id for pane in self._panes]

    def _step_of(self, event: QKeyEvent) -> int | None:
        """Leave up and down alone: they are commands here."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return None
        return super()._step_of(event)


def favourite(frames: Sequence[PhotoId], shoot: Shoot) -> PhotoId:
    """Return the frame to be beaten: the user's pick, else the suggested one; a rejected one only where all are."""
    flags = {photo_id: shoot.decision(photo_id).flag for photo_id in frames}
    left = [photo_id for photo_id in frames if flags[photo_id] is not Flag.REJECT] or list(frames)
    picked = [photo_id for photo_id in left if flags[photo_id] is Flag.PICK]
    suggested = [photo_id for photo_id in left if shoot.is_suggested(photo_id)]
    return [*picked, *suggested, *left][0]
