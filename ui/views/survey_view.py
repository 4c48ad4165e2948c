"""Survey: the frames of a burst side by side; losers drop out one by one until the best is left."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.types import Flag, PhotoId
from ui.commands import table
from ui.commands.registry import Registry
from ui.theme import SPACING
from ui.views.big_view import BigView
from ui.views.pane_sources import PaneSources
from ui.views.strip_room import best_columns, share_among
from ui.widgets.style import css

MOST = 12
"""Frames shown at a time: of a longer burst the next ones come in as others drop out."""


class SurveyView(BigView):
    """Up to twelve panes, as large as they fit. A rejected frame drops out, and so does one put aside.

    Arguments as for ``BigView``.
    """

    def __init__(self, sources: PaneSources, parent: QWidget | None = None) -> None:
        super().__init__(sources, parent)
        self._frames: tuple[PhotoId, ...] = ()
        self._aside: set[PhotoId] = set()
        self._seen: set[PhotoId] = set()
        self._decided_before: frozenset[PhotoId] | None = None  # rejects that are shown all the same
        self._columns = 1
        for _ in range(MOST):
            self._make_pane().hide()
        self._make_strip()
        self._note = QLabel(self)  # of those for which there is no room
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setStyleSheet(
            f"color: {css(sources.theme.text)}; background: {css(sources.theme.surface)};"
        )
        self._note.hide()
        self.setAccessibleName(tr("Survey"))

    def open(self, frames: Sequence[PhotoId]) -> None:
        """Begin a survey of these frames, without those that are rejected.

        Where that leaves less than two, the choice has been made before and is looked at again: all are shown.
        """
        self._frames = tuple(frames)
        self._aside.clear()
        self._seen.clear()
        self._decided_before = None

    def frames(self) -> Sequence[PhotoId]:
        """Return the frames still in it."""
        return self._left(self._shoot)

    def show_current(self, photo_id: PhotoId, shoot: Shoot, _order: Sequence[PhotoId]) -> None:
        """Mark a frame as the active one; one of another burst begins the survey of that burst."""
        if photo_id not in self._frames:
            self.open(shoot.cluster_of(photo_id).photo_ids)
        self._aside.discard(photo_id)
        if self._decided_before is None:
            rejects = frozenset(each for each in self._frames if _is_rejected(shoot, each))
            self._decided_before = rejects if len(self._frames) - len(rejects) < 2 else frozenset()
        left = self._left(shoot)
        if photo_id not in left:  # it is rejected: its place goes to the next one left
            at = self._frames.index(photo_id)
            after = [each for each in self._frames[at:] if each in left] or list(left[-1:])
            self._shoot = shoot
            self.photo_chosen.emit(after[0])
            return
        at = left.index(photo_id)
        first = min(max(0, at - MOST + 1), max(0, len(left) - MOST))
        shown = left[first : first + MOST]
        self._seen.update(shown)
        self._say_how_many(first, len(shown), len(left))
        self._show_in_panes(shown, photo_id, shoot, left)
        for pane in self._panes:
            pane.setVisible(pane.photo_id is not None)
            if pane.photo_id is not None:
                name = shoot.photos[pane.photo_id].name
                pane.set_caption(name, active=pane.photo_id == photo_id, ring=len(shown) > 1)
        self._arrange()

    def unseen(self) -> tuple[PhotoId, ...]:
        """Return the frames still in it that were never shown, for want of room."""
        return tuple(photo_id for photo_id in self._left(self._shoot) if photo_id not in self._seen)

    def note(self) -> str:
        """Return what is said of the frames for which there is no room; "" where all are shown."""
        return "" if self._note.isHidden() else self._note.text()

    def bind(self, commands: Registry) -> None:
        """Have the command that only surveying has done here."""
        commands.bind(table.PUT_ASIDE, self.put_aside)

    def put_aside(self) -> None:
        """Take the active frame out of the survey without deciding on it; the last one stays."""
        left = self._left(self._shoot)
        if self._active in left and len(left) > 1:
            at = left.index(self._active)
            self._aside.add(self._active)
            self.photo_chosen.emit([*left[at + 1 :], *reversed(left[:at])][0])

    def refresh(self) -> None:
        """Drop a frame that was rejected; take in one whose rejection was taken back."""
        if self._active in self._frames and self._active is not None and self.isVisible():
            self.show_current(self._active, self._shoot, self._frames)  # and with that all is shown anew
        else:
            super().refresh()

    def winners(self) -> tuple[PhotoId, ...]:
        """Return the frames left."""
        return self._left(self._shoot)

    def competitors(self) -> tuple[PhotoId, ...]:
        """Return all frames of this survey."""
        return self._frames

    def clear(self) -> None:
        """Forget the survey."""
        super().clear()
        self.open(())

    def _left(self, shoot: Shoot) -> tuple[PhotoId, ...]:
        """Return those neither put aside nor rejected since the survey began; where nothing is left, all of them."""
        before = self._decided_before or frozenset()
        left = tuple(
            photo_id
            for photo_id in self._frames
            if photo_id not in self._aside and (photo_id in before or not _is_rejected(shoot, photo_id))
        )
        return left or self._frames

    def _say_how_many(self, first: int, shown: int, left: int) -> None:
        words = tr("Frames {first} to {last} of {count}: the arrow keys bring the others.")
        self._note.setText(words.format(first=first + 1, last=first + shown, count=left))
        self._note.setVisible(shown < left)

    def _arrange(self) -> None:
        panes = self.panes()
        if not panes:
            return
        gap = SPACING // 2
        line = 0 if self._note.isHidden() else self._note.sizeHint().height() + SPACING
        self._note.setGeometry(0, 0, self.width(), line)  # at the foot it would be under hints
        room, shape = self.rect().adjusted(0, line, 0, 0), self._aspect(panes[0].photo_id)
        for strip in self._strips:
            strip.setVisible(self._strips_on)
            if self._strips_on:
                shares = share_among(len(panes), shape, room, gap)
                strip.setGeometry(shares.faces)
                room = shares.photos
        self._columns = best_columns(len(panes), shape, room.size())
        rows = math.ceil(len(panes) / self._columns)
        width = (room.width() - gap * (self._columns - 1)) // self._columns
        height = (room.height() - gap * (rows - 1)) // rows
        for number, pane in enumerate(panes):
            row, column = divmod(number, self._columns)
            in_row = min(self._columns, len(panes) - row * self._columns)
            start = (room.width() - in_row * width - (in_row - 1) * gap) // 2  # the last row is centred
            pane.setGeometry(
                QRect(start + column * (width + gap), room.top() + row * (height + gap), width, height)
            )

    def _step_of(self, event: QKeyEvent) -> int | None:
        """Return a row's frames for up and down."""
        match event.key():
            case Qt.Key.Key_Up:
                return -self._columns
            case Qt.Key.Key_Down:
                return self._columns
        return super()._step_of(event)


def _is_rejected(shoot: Shoot, photo_id: PhotoId) -> bool:
    return shoot.decision(photo_id).flag is Flag.REJECT
