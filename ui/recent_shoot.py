"""A shoot that was open lately, as the welcome page shows it: its picture, how far it is, what is still open."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from core.language import ntr, tr
from ui.marks.icons import folder_icon
from ui.text_size import scaled
from ui.theme import SPACING, Theme
from ui.widgets.note import Note
from ui.widgets.style import button_style

WIDTH = 70 * SPACING  # logical pixels at the usual size of text
_PICTURE = QSize(9 * SPACING, 6 * SPACING)
_NAME_SHARE = 0.7  # of a line: the rest says where the folder is


@dataclass(frozen=True, slots=True)
class RecentShoot:
    """What is known of a shoot without opening it.

    Attributes:
        folder: that was opened.
        photos: how many there were; 0 where that is not known.
        decided: picked or rejected of them.
        open_bursts: bursts without a pick and with frames undecided.
        unmeasured: photos that were still to be measured.
        picture: JPEG; empty where there is none.
    """

    folder: Path
    photos: int = 0
    decided: int = 0
    open_bursts: int = 0
    unmeasured: int = 0
    picture: bytes = b""

    def progress_words(self) -> str:
        """Say how far it is, such as "412 of 1,380 decided · 34 bursts open"; "" where that is not known."""
        if not self.photos:
            return ""
        if self.decided >= self.photos:
            return ntr("{count:,} photo, decided", "{count:,} photos, all decided", self.photos).format(
                count=self.photos
            )
        words = [tr("{decided:,} of {all:,} decided").format(decided=self.decided, all=self.photos)]
        if self.open_bursts:
            bursts = ntr("{count:,} burst open", "{count:,} bursts open", self.open_bursts)
            words.append(bursts.format(count=self.open_bursts))
        if self.unmeasured:
            words.append(tr("{count:,} not measured yet").format(count=self.unmeasured))
        return "  ·  ".join(words)


class RecentButton(QPushButton):
    """Opens it. Dimmed where the folder is not there now, with the reason in the place of how far it is.

    Args:
        shoot: what is known.
        theme: colours.
    """

    def __init__(self, shoot: RecentShoot, theme: Theme) -> None:
        super().__init__()
        folder = shoot.folder
        there = folder.is_dir()
        away = "" if there else tr("not there now: is its disk connected?")
        picture, second, place = QLabel(), Note(theme, wraps=False), Note(theme, wraps=False)
        name = QLabel() if there else Note(theme, wraps=False)
        picture.setFixedSize(_PICTURE)
        picture.setPixmap(_picture(shoot.picture, theme, self.devicePixelRatio()))
        second.setText(away or shoot.progress_words())
        if not second.text():
            second.hide()
        room = scaled(WIDTH) - _PICTURE.width() - 7 * SPACING
        room -= _set_elided(name, folder.name or str(folder), room if away else round(_NAME_SHARE * room))
        _set_elided(place, "" if away else str(folder.parent), room)
        first = QHBoxLayout()
        first.setSpacing(2 * SPACING)
        first.addWidget(name)
        first.addWidget(place, 1)
        words = QVBoxLayout()
        words.setSpacing(SPACING // 4)
        words.addStretch(1)
        words.addLayout(first)
        words.addWidget(second)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACING, 0, 2 * SPACING, 0)
        row.setSpacing(2 * SPACING)
        row.addWidget(picture)
        row.addLayout(words, 1)
        for label in (picture, name, second, place):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        lines = 2 * name.sizeHint().height() + 3 * SPACING // 2
        self.setFixedSize(scaled(WIDTH), max(_PICTURE.height(), lines) + SPACING)
        self.setStyleSheet(button_style(theme))
        self.setEnabled(there)
        self.setObjectName("recent")
        self.setToolTip(str(folder))
        said = tr("Open {folder}").format(folder=folder) if there else f"{folder}, {away}"
        self.setAccessibleName(", ".join(filter(None, (said, shoot.progress_words()))))


def _set_elided(label: QLabel, text: str, room: int) -> int:
    """Have a label say what fits into so many logical pixels; return how many it takes."""
    metrics = label.fontMetrics()
    label.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room))
    return metrics.horizontalAdvance(label.text())


def _picture(jpeg: bytes, theme: Theme, ratio: float) -> QPixmap:
    """Fill a small rounded plate with a picture; with a folder where there is none."""
    pixmap = QPixmap(_PICTURE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    plate = QPainterPath()
    plate.addRoundedRect(QRectF(QRect(0, 0, _PICTURE.width(), _PICTURE.height())), 4, 4)
    painter.fillPath(plate, theme.surface)
    image = QImage.fromData(jpeg)
    if not image.isNull():
        painter.setClipPath(plate)
        size = image.size().scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(QRect(0, 0, _PICTURE.width(), _PICTURE.height()).center())
        painter.drawImage(place, image)
    else:
        side = 3 * SPACING
        spot = QRectF((_PICTURE.width() - side) / 2, (_PICTURE.height() - side) / 2, side, side)
        painter.strokePath(folder_icon(spot), QPen(theme.faint, 1.5))
    painter.end()
    return pixmap
