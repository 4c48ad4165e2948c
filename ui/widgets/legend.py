"""What the marks on photos mean: each glyph with its words, in as many lines as they take."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.language import mark, tr
from ui.marks import badges
from ui.painting import painter_on
from ui.theme import SPACING, Theme

MARKS: tuple[tuple[badges.Glyph, bool, str], ...] = (  # glyph, filled, words
    (badges.spark, True, mark("suggested")),
    (badges.spark, False, mark("a close call")),
    (badges.stack, False, mark("burst")),
    (badges.bracket, True, mark("bracket")),
    (badges.open_eye, False, mark("eyes open")),
    (badges.shut_eye, False, mark("eyes closed")),
    (badges.towards, False, mark("looks at the camera")),
    (badges.aside, False, mark("looks elsewhere")),
    (badges.smile, False, mark("smiling")),
    (badges.face, False, mark("faces")),
    (badges.focus, False, mark("sharpness")),
    (badges.tag, False, mark("what it shows")),
    (badges.smeared, False, mark("blurred")),
    (badges.sun, False, mark("too bright")),
    (badges.moon, False, mark("too dark")),
    (badges.blank, False, mark("nothing on it")),
    (badges.missing, False, mark("damaged")),
    (badges.film, True, mark("film")),
)
"""All marks there are, those of suggestions first."""

_GLYPH = 14  # side, in logical pixels
_GAP = SPACING * 2  # between marks


class Legend(QWidget):
    """Paints the marks and their words, line by line, each line in the middle.

    Args:
        theme: colours.
        parent: the view it is in.
    """

    SPOKEN_AS = QAccessible.Role.StaticText

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("What the marks mean"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as it is painted
        self.setAccessibleDescription(", ".join(tr(words) for _, _, words in MARKS))

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines."""
        return len(self._lines(width)) * self._line()

    def sizeHint(self) -> QSize:
        """Ask for as much as the lines take in the width there is."""
        width = self.width() or 100 * SPACING
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line by line."""
        painter = painter_on(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, line in enumerate(self._lines(self.width())):
            whole = sum(map(self._wide, line)) + _GAP * (len(line) - 1)
            left = (self.width() - whole) / 2
            top = number * self._line()
            for at in line:
                glyph, filled, words = MARKS[at]
                box = QRectF(left, top + (self._line() - _GLYPH) / 2, _GLYPH, _GLYPH)
                badges.paint_glyph(painter, glyph, box, self._theme.text, filled)
                painter.setPen(self._theme.text_dim)
                place = QRectF(box.right() + SPACING / 2, top, self._wide(at), self._line())
                align = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
                painter.drawText(place, align, tr(words))
                left += self._wide(at) + _GAP

    def _line(self) -> int:
        return max(_GLYPH, self.fontMetrics().height()) + SPACING // 2

    def _wide(self, at: int) -> int:
        return _GLYPH + SPACING // 2 + self.fontMetrics().horizontalAdvance(tr(MARKS[at][2]))

    def _lines(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = [[]]
        taken = 0
        for at in range(len(MARKS)):
            wide = self._wide(at)
            if lines[-1] and taken + _GAP + wide > width:
                lines.append([])
                taken = 0
            taken += wide + (_GAP if lines[-1] else 0)
            lines[-1].append(at)
        return lines
