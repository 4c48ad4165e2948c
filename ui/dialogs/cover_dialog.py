"""Who is best in which frame of a group: the fewest frames in which everybody is good."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.language import ntr, tr
from core.subject.spots import Spot
from core.types import PhotoId
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.picture_list import PictureList, PictureSources
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style

_IN_A_ROW = 5  # faces


@dataclass(frozen=True, slots=True)
class BestWhere:
    """Where one person is best.

    Attributes:
        photo_id: the frame of the set, or the best of all for somebody who is good in none.
        name: of that frame's file.
        spot: their face in it.
        is_good: whether they are good in it.
    """

    photo_id: PhotoId
    name: str
    spot: Spot
    is_good: bool = True


class CoverDialog(SizedDialog):
    """Shows everybody by the face of the frame they are best in; Enter picks the frames.

    Args:
        frames: names of the frames of the set.
        people: everybody, frame by frame.
        giving_way: names of frames that were accepted before, and are rejected when these are picked.
        sources: of faces.
        parent: the window.
        theme: colours.
    """

    pick_requested = Signal()
    show_requested = Signal()

    def __init__(
        self,
        frames: Sequence[str],
        people: Sequence[BestWhere],
        giving_way: Sequence[str],
        sources: PictureSources | None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Everybody good"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._words = QLabel(_words(frames, people), wordWrap=True)
        self._list = PictureList(sources, rows=False, theme=theme, to_choose=False)
        self._list.setAccessibleName(tr("Who is best where"))
        for one in people:
            name = one.name if one.is_good else tr("good in none")
            self._list.add(one, name, one.photo_id, one.spot)
        layout = dialog_column(self)
        layout.addWidget(self._words)
        layout.addWidget(self._list, 1)
        note = Note(theme, _giving_way_words(giving_way))
        note.setVisible(bool(giving_way))
        layout.addWidget(note)
        words = ntr("Pick this frame", "Pick these {count} frames", len(frames)).format(count=len(frames))
        pick = QPushButton(words)
        show = QPushButton(tr("Show them"))
        show.setAutoDefault(False)
        show.clicked.connect(self._show_them)
        row = foot(self, tr("Close"), pick)
        row.insertWidget(row.count() - 1, show)
        layout.addLayout(row)
        for button in (pick, show):
            button.setEnabled(bool(frames))
        self.accepted.connect(self.pick_requested)
        self.setStyleSheet(form_style(theme))
        rows = math.ceil(len(people) / _IN_A_ROW)
        self.open_at(QSize(_IN_A_ROW * 17 * SPACING + 8 * SPACING, (18 + 19 * rows) * SPACING))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def text(self) -> str:
        """Return all it says."""
        cells = (self._list.item(row).text() for row in range(self._list.count()))
        return "\n".join((self._words.text(), *cells))

    def _show_them(self) -> None:
        self.reject()
        self.show_requested.emit()


def _words(frames: Sequence[str], people: Sequence[BestWhere]) -> str:
    """Say which frames it takes, and for how many no frame is good."""
    good, count = sum(one.is_good for one in people), len(frames)
    sentences = []
    if frames:
        words = (
            ntr(
                "Everybody is good in {frames}.",
                "Everybody is good in one of these {count} frames: {frames}.",
                count,
            )
            if good == len(people)
            else ntr(
                "Everybody who is good in any frame ({people} of {all}) is good in {frames}.",
                "Everybody who is good in any frame ({people} of {all}) is good in one of these {count}: {frames}.",
                count,
            )
        )
        sentences.append(words.format(frames=", ".join(frames), count=count, people=good, all=len(people)))
    if good < len(people):
        words = ntr(
            "{count} person is good in no frame: eyes shut or not to be told, face unread, cut off or soft.",
            "{count} people are good in no frame: eyes shut or not to be told, face unread, cut off or soft.",
            len(people) - good,
        )
        sentences.append(words.format(count=len(people) - good))
    return " ".join(sentences)


def _giving_way_words(frames: Sequence[str]) -> str:
    """Say what is not picked any more."""
    words = ntr(
        "{frames} was picked by accepting the suggestion; it is rejected when you pick these.",
        "{frames} were picked by accepting suggestions; they are rejected when you pick these.",
        len(frames),
    )
    return words.format(frames=", ".join(frames))
