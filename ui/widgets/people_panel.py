"""The people of a shoot, each by the best of their faces and by name: choose one to see every frame with them."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from core.language import ntr, tr
from core.shoot.criteria import Criteria
from core.shoot.shoot import Shoot
from core.subject.spots import Spot
from core.types import Box, EyeState, Face, PhotoId
from ui.imaging.face_crops import FaceCrops
from ui.theme import DARK, SPACING, Theme
from ui.widgets.as_written import AsWritten
from ui.widgets.choices import keep, kept
from ui.widgets.person_button import ShownPerson
from ui.widgets.picture_list import height_with_words, true_icon
from ui.widgets.style import css, form_style

_MOST = 60  # people; somebody seen less often than that many others is hardly looked for
_LEAST_PHOTOS = 2  # of a person; somebody in one frame only is found by looking at it
_FACE = 96  # logical pixels
_A_ROW = 6  # people at least
_SHARE = 0.85  # of what it opens over


@dataclass(frozen=True, slots=True)
class Portrait:
    """The face somebody is known by. Numbers of people change as more of a shoot is measured; a face stays."""

    photo_id: PhotoId
    box: Box

    def who(self, shoot: Shoot) -> int | None:
        """Return the number of this person in the shoot as it is now; None where it cannot be told any more."""
        analysis = shoot.analyses.get(self.photo_id)
        faces = analysis.faces if analysis is not None else ()
        return next((face.identity for face in faces if face.box == self.box), None)


class PeoplePanel(QFrame):
    """Pops up; a click or Return chooses, F2 names, F3 makes a key person, Esc or a click elsewhere closes it.

    Args:
        crops: cuts the faces out; belongs to the object that made it.
        theme: colours.
        parent: the window.
    """

    criteria_chosen = Signal(object)  # Criteria: as they were, with another person or none
    naming_requested = Signal(object, object)  # Portrait of somebody, and their face as a QPixmap
    key_requested = Signal(object, object)  # the same: they are to be a key person, or no more

    def __init__(self, crops: FaceCrops, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._crops = crops
        self._criteria, self._shoot = Criteria(), Shoot()
        self._portraits: dict[int, Portrait] = {}
        self._words = QLabel(wordWrap=True)
        self._list = QListWidget()
        self._list.setItemDelegate(AsWritten(self._list))
        self._list.setViewMode(QListView.ViewMode.IconMode)
        self._list.setMovement(QListView.Movement.Static)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setIconSize(QSize(_FACE, _FACE))
        self._list.setSpacing(SPACING // 2)
        self._list.setAccessibleName(tr("People"))
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._offer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * SPACING,) * 4)
        layout.setSpacing(SPACING)
        layout.addWidget(self._words)
        layout.addWidget(self._list, 1)
        self.setObjectName("popup")  # an edge that shows on any ground
        self.setStyleSheet(
            form_style(theme) + f"QListWidget {{ border: none; }}"
            f"QListWidget::item {{ border: 2px solid transparent; border-radius: 6px; padding-top: {SPACING // 2}px; }}"
            f"QListWidget::item:selected {{ border-color: {css(theme.active)}; background: {css(theme.surface)};"
            f" color: {css(theme.text)}; }}"
        )
        self.setAccessibleName(tr("People"))
        crops.ready.connect(self._draw)

    def pop_up(self, shoot: Shoot, criteria: Criteria, over: QWidget) -> None:
        """Open in the middle of a widget.

        Args:
            shoot: whose people.
            criteria: what is shown now.
            over: the widget.
        """
        self._criteria, self._shoot = criteria, shoot
        self._fill(shoot, criteria.person)
        wanted = self._room(over.size() * _SHARE) if self._list.count() else self.sizeHint()
        self.resize(wanted.boundedTo(over.size()))
        middle = over.mapToGlobal(over.rect().center())
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        self.show()
        self._list.setFocus()

    def _room(self, most: QSize) -> QSize:
        """Return the room for everybody, six people a row or as many more as it takes to need no scrolling.

        Args:
            most: beyond this it scrolls.
        """
        cell, in_a_row = self._cell(), _A_ROW
        while True:
            width = in_a_row * (cell.width() + SPACING) + 8 * SPACING
            words = self._words.heightForWidth(width - 4 * SPACING)
            rows = -(-self._list.count() // in_a_row)
            wanted = QSize(width, words + rows * (cell.height() + SPACING) + 6 * SPACING)
            if wanted.height() <= most.height() or width + cell.width() + SPACING > most.width():
                return QSize(width, min(wanted.height(), most.height()))
            in_a_row += 1

    def _cell(self) -> QSize:
        """Return the room of a person: the face, the name and how often."""
        return QSize(_FACE + 2 * SPACING, height_with_words(self._list, _FACE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Have the chosen person named with F2, and made a key person with F3."""
        asked = {Qt.Key.Key_F2: self.naming_requested, Qt.Key.Key_F3: self.key_requested}.get(
            Qt.Key(event.key())
        )
        if asked is None or not self._ask(asked):
            super().keyPressEvent(event)

    def _ask(self, asked: SignalInstance) -> bool:
        """Ask something of the chosen person; False where nobody is chosen."""
        portrait = self._chosen_portrait()
        if portrait is not None:
            self.hide()
            asked.emit(portrait, self._face(portrait))
        return portrait is not None

    def _offer(self, where: QPoint) -> None:
        """Offer by the mouse what F2 and F3 do."""
        item = self._list.itemAt(where)
        if item is None or kept(item, int) is None:
            return
        self._list.setCurrentItem(item)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = menu.addAction(tr("Name the person…"), lambda: self._ask(self.naming_requested))
        name.setShortcut(QKeySequence(Qt.Key.Key_F2))
        key = menu.addAction(tr("Key person"), lambda: self._ask(self.key_requested))
        key.setShortcut(QKeySequence(Qt.Key.Key_F3))
        key.setCheckable(True)
        key.setChecked(kept(item, int) in self._shoot.people.key_people())
        menu.popup(self._list.viewport().mapToGlobal(where))

    def ask_key(self, who: int, shoot: Shoot) -> bool:
        """Ask that somebody be a key person, or no more; False where nobody has that number."""
        portrait = self.portrait(who, shoot)
        if portrait is not None:
            self.key_requested.emit(portrait, self._face(portrait))
        return portrait is not None

    def _face(self, portrait: Portrait) -> QPixmap:
        faces = self._crops.cut_out(portrait.photo_id, [Spot(portrait.box)])
        return _square(faces[0]) if faces else QPixmap()

    def portrait(self, who: int, shoot: Shoot) -> Portrait | None:
        """Return the face a person is known by, the one that was shown where that is still theirs; None for nobody."""
        shown = self._portraits.get(who)
        if shown is not None and shown.who(shoot) == who:
            return shown
        photo_ids = shoot.people.photos().get(who)
        return _portrait(who, photo_ids, shoot) if photo_ids else None

    def shown(self, shoot: Shoot, portrait: Portrait | None) -> ShownPerson | None:
        """Return whom a filter shows: their face, and in how many photos they are; None for everybody."""
        who = portrait.who(shoot) if portrait is not None else None
        if portrait is None or who is None:
            return None
        return ShownPerson(QIcon(self._face(portrait)), len(shoot.people.photos()[who]))

    def _fill(self, shoot: Shoot, chosen: int | None) -> None:
        self._list.clear()
        # Numbers count faces, not photos.
        often = sorted(shoot.people.photos().items(), key=lambda each: -len(each[1]))
        seen = [(who, ids) for who, ids in often if len(ids) >= _LEAST_PHOTOS][:_MOST]
        self._portraits = {who: _portrait(who, photo_ids, shoot) for who, photo_ids in seen}
        self._words.setText(
            tr(
                "Choose a person to see every frame with them. F2 gives them a name, F3 lets them count more in "
                "suggestions: a key person."
            )
            if seen
            else tr("Nobody was seen in more than one photo yet.")
        )
        if chosen is not None:
            self._add(None, tr("Everybody"))
        for who, photo_ids in seen:
            words = ntr("{count} photo", "{count} photos", len(photo_ids)).format(count=len(photo_ids))
            item = self._add(who, "\n".join(filter(None, (_name(who, shoot), words))))
            if who == chosen:
                self._list.setCurrentItem(item)
        if self._list.currentRow() < 0 and self._list.count():
            self._list.setCurrentRow(0)
        self._list.setVisible(bool(self._list.count()))
        self._crops.want(
            [(portrait.photo_id, [Spot(portrait.box)]) for portrait in self._portraits.values()],
            wanted_by="people",
        )
        self._draw()

    def _add(self, who: int | None, words: str) -> QListWidgetItem:
        item = QListWidgetItem(words, self._list)
        keep(item, who)
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
        item.setSizeHint(self._cell())  # the faces come later: the cells must not wait for them
        return item

    def _draw(self) -> None:
        """Show the faces that are cut out by now."""
        for row in range(self._list.count()):
            item = self._list.item(row)
            who = kept(item, int)
            portrait = self._portraits.get(who) if who is not None else None
            if portrait is None or not item.icon().isNull():
                continue
            for face in self._crops.cut_out(portrait.photo_id, [Spot(portrait.box)]):
                item.setIcon(true_icon(_square(face)))

    def _chosen_portrait(self) -> Portrait | None:
        item = self._list.currentItem()
        number = kept(item, int) if item is not None else None
        return self._portraits.get(number) if number is not None else None

    def _choose(self, item: QListWidgetItem) -> None:
        self.hide()
        self._list.setCurrentItem(item)
        portrait = self._chosen_portrait()
        who = portrait.who(self._shoot) if portrait is not None else None
        self.criteria_chosen.emit(replace(self._criteria, person=who))


def _name(who: int, shoot: Shoot) -> str:
    """Return what somebody is called, with a question mark where that is only proposed; "" for nothing."""
    proposed = shoot.people.recognised.proposed.get(who)
    name = shoot.people.recognised.named.get(who)
    if who in shoot.people.key_people():
        return tr("{name}, key").format(name=name)
    return name or (tr("{name}?").format(name=proposed) if proposed is not None else "")


def _square(face: QImage) -> QPixmap:
    """Return the face filling a square, so that all are seen at one size."""
    side = 2 * _FACE  # sharp at 200 % as well
    expand, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    wide = face.scaled(side, side, expand, smooth)
    return QPixmap.fromImage(wide.copy((wide.width() - side) // 2, (wide.height() - side) // 2, side, side))


def _portrait(who: int, photo_ids: list[PhotoId], shoot: Shoot) -> Portrait:
    """Return the face a person is known by: open eyes, large, sharp."""

    def worth(face: Face) -> tuple[bool, float]:
        return face.eyes is EyeState.OPEN, face.box.width * face.box.height * (face.sharpness or 0.0)

    photo_id, face = max(
        (
            (photo_id, face)
            for photo_id in photo_ids
            for face in shoot.analyses[photo_id].faces
            if face.identity == who
        ),
        key=lambda each: worth(each[1]),
    )
    return Portrait(photo_id, face.box)
