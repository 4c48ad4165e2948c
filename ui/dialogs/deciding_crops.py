"""What decided between two frames, cut out of both: side by side, and laid over each other while a key is held."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.language import tr
from core.ranking.arguments import PersonsPart, TermsPart
from core.subject.spots import AROUND, Spot
from core.types import Analysis, Photo
from ui.imaging.deciding_spots import SideBySide, longest_side
from ui.imaging.face_crops import MOST, FaceCrops
from ui.imaging.registrations import Registrations
from ui.painting import painter_on
from ui.theme import DARK, SPACING, Theme

_LEAST = 150  # logical pixels of a cut-out's side
_ASKS = "why_not"  # the name by which cut-outs are asked for


Part = TermsPart | PersonsPart


class DecidingCrops(QWidget):
    """Both cut-outs, each under the name of its frame.

    All that may be shown is cut out at once, for a photo is decoded once for it; what differs from that, as it was
    asked for, is cut out when it is.

    Args:
        photos: the frame that is asked about, and the other one.
        analyses: their measures.
        ahead: what may be shown, each with whether in single pixels.
        crops: cuts out.
        registrations: knows how the frames lie over each other.
        theme: colours.
        parent: the dialog it is in.
    """

    def __init__(
        self,
        photos: tuple[Photo, Photo],
        analyses: tuple[Analysis, Analysis],
        ahead: Sequence[tuple[Part, bool]],
        crops: FaceCrops,
        registrations: Registrations,
        theme: Theme = DARK,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._photos = photos
        self._analyses = analyses
        self._ahead = ahead
        self._crops = crops
        self._registrations = registrations
        self._theme = theme
        self._part: Part | None = None
        self.single_pixels = False
        self.is_laid_over = False
        crops.ready.connect(self._came)
        registrations.ready.connect(self._ask)
        registrations.want([(photos[0].id, photos[1].id)])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_part(self, part: Part, *, single_pixels: bool) -> None:
        """Show what decided in a term, or of one person in it."""
        self._part = part
        self.single_pixels = single_pixels
        self._ask()

    def set_single_pixels(self, on: bool) -> None:
        """Show single pixels, or all that decided."""
        self.single_pixels = on
        self._ask()

    def lay_over(self, on: bool) -> None:
        """Show the other frame in the place of the first, or the first again."""
        self.is_laid_over = on
        self.update()

    def stop(self) -> None:
        """Ask for nothing more."""
        self._crops.want((), wanted_by=_ASKS)

    def scale_words(self) -> str:
        """Say how large it is shown, such as "1:1" or "48 %"; "" as long as there is nothing."""
        if self._part is None or self._image(0) is None:
            return ""
        spot, analysis = self._spots(self._part, self.single_pixels)[0], self._analyses[0]
        pixels = AROUND * longest_side(analysis, spot.box)
        percent = round(100 * self._pixels() / pixels) if pixels else 100
        return "1:1" if percent in range(98, 103) else f"{percent} %"

    def minimumSizeHint(self) -> QSize:
        """Return room for two small cut-outs."""
        return QSize(2 * _LEAST + SPACING, _LEAST + self._head())

    def sizeHint(self) -> QSize:
        """Return room for two of medium size."""
        return QSize(2 * 300 + SPACING, 300 + self._head())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for as many pixels as there is room for."""
        super().resizeEvent(event)
        self._ask()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both."""
        painter = painter_on(self)
        for at, place in enumerate(self._places()):
            shown = 1 if self.is_laid_over else at
            self._paint_head(painter, place, shown)
            painter.fillRect(place, self._theme.surface)
            if (image := self._image(shown)) is not None:
                self._paint_image(painter, place, image)

    def _paint_head(self, painter: QPainter, place: QRect, shown: int) -> None:
        square = QRectF(place.left(), place.top() - self._head() + SPACING // 2, SPACING, SPACING)
        painter.fillRect(square, (self._theme.active, self._theme.suggestion)[shown])
        words = QRectF(place.left(), place.top() - self._head(), place.width(), self._head() - SPACING // 2)
        words.setLeft(words.left() + 1.5 * SPACING)
        name = self._photos[shown].name
        metrics = self.fontMetrics()
        painter.setPen(QPen(self._theme.text))
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, int(words.width())),
        )

    def _paint_image(self, painter: QPainter, place: QRect, image: QImage) -> None:
        """Paint an image pixel by pixel in the middle of its place."""
        ratio = self.devicePixelRatioF()
        size = QPointF(image.width() / ratio, image.height() / ratio)
        middle = QRectF(place).center()
        painter.save()
        painter.setClipRect(place)
        painter.drawImage(QRectF(middle - size / 2, middle + size / 2), image)
        painter.restore()

    def _places(self) -> tuple[QRect, QRect]:
        side = self._side()
        top = self._head()
        left = (self.width() - 2 * side - SPACING) // 2
        return QRect(left, top, side, side), QRect(left + side + SPACING, top, side, side)

    def _side(self) -> int:
        """Return the side of a cut-out in logical pixels: no more than is ever cut out."""
        most = int(MOST / self.devicePixelRatioF())
        return max(1, min((self.width() - SPACING) // 2, self.height() - self._head(), most))

    def _head(self) -> int:
        return self.fontMetrics().height() + SPACING

    def _pixels(self) -> int:
        """Return the side of a cut-out in pixels of the screen."""
        return round(self._side() * self.devicePixelRatioF())

    def _spots(self, part: Part, single_pixels: bool) -> tuple[Spot, Spot]:
        registration = self._registrations.between(self._photos[0].id, self._photos[1].id)
        return SideBySide(*self._analyses, registration, self._pixels(), single_pixels).spots(part)

    def _wanted(self) -> tuple[Sequence[tuple[Part, bool]], int]:
        """Return what is cut out together, and which of it is shown."""
        for at, (part, single_pixels) in enumerate(self._ahead):
            if part is self._part and single_pixels == self.single_pixels:
                return self._ahead, at
        assert self._part is not None  # else nobody asks
        return [(self._part, self.single_pixels)], 0

    def _image(self, at: int) -> QImage | None:
        """Return the cut-out of the first or the other frame; None as long as it is not made."""
        if self._part is None:
            return None
        wanted, shown = self._wanted()
        spots = [self._spots(*each)[at] for each in wanted]
        images = self._crops.cut_out(self._photos[at].id, spots, self._pixels())
        return images[shown] if images else None

    def _ask(self) -> None:
        if self._part is not None:
            spots = zip(*(self._spots(*each) for each in self._wanted()[0]), strict=True)
            asked = [(photo.id, each) for photo, each in zip(self._photos, spots, strict=True)]
            self._crops.want(asked, self._pixels(), _ASKS)
        self.update()
        self._describe()

    def _came(self, _photo_id: str) -> None:
        self.update()
        self._describe()

    def _describe(self) -> None:
        names = tr("{one} beside {other}").format(one=self._photos[0].name, other=self._photos[1].name)
        self.setAccessibleName(", ".join(filter(None, (names, self.scale_words()))))
