"""The why-line: what the active photo is, and why it is suggested or not. Always the same height."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.subject.main_people import SURELY_A_FACE
from core.types import Cluster, FrameScore, Photo, Term, TermName
from ui.imaging.arguments import Arguments
from ui.marks.photo_words import (
    place_in_group,
    shot_facts,
    term_name,
    term_words,
    time_taken,
    untold_words,
    why,
)
from ui.painting import painter_on
from ui.theme import DARK, SPACING, Theme

_BAR = 72  # logical pixels of a full term
_BAR_HEIGHT = 5
_LETTERS = 80  # that the words have room for beside the bars: most reasons are shorter
# It is worth knowing that one of these cannot be told; of people, where there are any.
_ALWAYS_SHOWN = (TermName.SHARPNESS, TermName.EXPOSURE)
_SHOWN_OF_PEOPLE = (TermName.EYES, TermName.SMILE)


class WhyLine(QWidget):
    """Two lines of text, and the terms of the frame's score as small bars on the right.

    A tick on a bar marks where the suggested frame stands, so that a glance tells what this one lacks.

    Args:
        arguments: knows why a frame wins or loses; until it does, less is said.
        theme: colours.
        parent: the view it is in.
    """

    SPOKEN_AS = QAccessible.Role.StaticText

    def __init__(self, arguments: Arguments, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arguments = arguments
        self._theme = theme
        self._shown: tuple[Photo, Shoot, Sequence[str]] | None = None
        arguments.ready.connect(self._say_more)
        self._facts: tuple[str, str] = ("", "")  # the file's name, and the rest of the first line
        self._why = ""
        self._is_suggested = False
        self._score: FrameScore | None = None
        self._best: FrameScore | None = None
        self._always_shown: tuple[TermName, ...] = _ALWAYS_SHOWN
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("About the photo"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as it is painted

    def show_photo(self, photo: Photo, shoot: Shoot, found_by: Sequence[str] = ()) -> None:
        """Say what is known of a photo of the shoot now; call it again when that changes.

        Args:
            photo: of the shoot.
            shoot: it is of.
            found_by: what a search found it by, in short phrases.
        """
        self._shown = photo, shoot, found_by
        cluster = shoot.cluster_of(photo.id)
        parts = (time_taken(photo), shot_facts(photo.shot), place_in_group(photo.id, cluster))
        self._facts = (photo.path.name, "   ·   ".join(part for part in parts if part))
        found = tr("Found by {reasons}").format(reasons=", ".join(found_by)) if found_by else ""
        reason = why(photo.id, shoot, self._arguments.of(cluster, shoot))
        self._why = "   ·   ".join(filter(None, (found, reason)))
        self._is_suggested = cluster.suggested_pick == photo.id
        self._score = shoot.score(photo.id)
        self._best = shoot.score(cluster.suggested_pick) if cluster.suggested_pick else None
        self._always_shown = self._worth_showing(shoot, cluster)
        terms = ", ".join(term_words(term) for term in self._terms(self._score)) if self._score else ""
        self.setAccessibleDescription("; ".join(filter(None, (*self._facts, self._why, terms))))
        neighbours = shoot.why_apart(cluster)
        title = [tr("Not in this group:")] if neighbours else []
        self.setToolTip("\n".join((self._why, *title, *neighbours)))
        self.update()

    def clear(self) -> None:
        """Say nothing."""
        self._shown = None
        self._facts, self._why, self._score, self._best = ("", ""), "", None, None
        self.setAccessibleDescription("")
        self.setToolTip("")
        self.update()

    def text(self) -> str:
        """Return both lines as they would be read without eliding."""
        return f"{'   '.join(self._facts)}\n{self._why}".strip()

    def sizeHint(self) -> QSize:
        """Return a size for two lines of text, whatever they say."""
        return QSize(640, 2 * self._line() + 2 * SPACING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint text on the left, bars on the right."""
        painter = painter_on(self)
        painter.fillRect(self.rect(), self._theme.surface)
        area = QRectF(self.rect()).adjusted(2 * SPACING, SPACING, -2 * SPACING, -SPACING)
        if self._score:
            area.setRight(self._paint_terms(painter, area, self._score) - 2 * SPACING)
        first = QRectF(area.left(), area.top(), area.width(), self._line())
        name, rest = self._facts
        bold = QFont(self.font())
        bold.setBold(True)
        used = self._paint_text(painter, first, name, self._theme.text, bold)
        first.setLeft(first.left() + used + 2 * SPACING)
        self._paint_text(painter, first, rest, self._theme.text_dim, self.font())
        second = QRectF(area.left(), area.top() + self._line(), area.width(), self._line())
        colour = self._theme.suggestion if self._is_suggested else self._theme.text
        self._paint_text(painter, second, self._why, colour, self.font())

    def _say_more(self) -> None:
        if self._shown is not None and self._shown[0].id in self._shown[1].photos:
            self.show_photo(*self._shown)

    def _terms(self, score: FrameScore) -> list[Term]:
        """Return what is said of a score, by columns and to a screen reader alike."""
        return [term for term in score.terms if term.value is not None or term.name in self._always_shown]

    def _worth_showing(self, shoot: Shoot, cluster: Cluster) -> tuple[TermName, ...]:
        """Return the terms that are shown even where they cannot be told: those of people where there is anybody.

        They are the same for all frames of a burst, so that no column moves from one frame to the next.
        """
        analyses = (shoot.analyses.get(photo_id) for photo_id in cluster.photo_ids)
        faces = (face for analysis in analyses if analysis is not None for face in analysis.faces)
        anybody = any(face.confidence >= SURELY_A_FACE for face in faces)  # animals and patterns have less
        return (*_ALWAYS_SHOWN, *_SHOWN_OF_PEOPLE) if anybody else _ALWAYS_SHOWN

    def _line(self) -> int:
        return QFontMetrics(self.font()).height() + SPACING // 2

    def _paint_text(self, painter: QPainter, rect: QRectF, text: str, colour: QColor, font: QFont) -> float:
        metrics = QFontMetrics(font)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(rect.width())))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)
        return metrics.horizontalAdvance(text)

    def _paint_terms(self, painter: QPainter, area: QRectF, score: FrameScore) -> float:
        """Paint a column a term, names above bars; return where the columns begin."""
        metrics = QFontMetricsF(self.font())
        best = {term.name: term.value for term in self._best.terms} if self._best else {}
        terms = self._terms(score)
        # Of a fraction of a pixel too little, the last letters would be left out.
        untold = untold_words()
        widths = [
            max(_BAR, *(math.ceil(metrics.horizontalAdvance(word)) for word in _words_of(term, untold)))
            for term in terms
        ]
        left = area.right() - sum(widths) - 2 * SPACING * max(0, len(widths) - 1)
        if left < area.left() + _LETTERS * metrics.averageCharWidth():  # a narrow window keeps its words
            return area.right()
        x = left
        for term, width in zip(terms, widths, strict=True):
            name = QRectF(x, area.top(), width, self._line())
            self._paint_text(painter, name, term_name(term), self._theme.text_dim, self.font())
            if term.value is None:
                below = name.translated(0, self._line())
                self._paint_text(painter, below, untold, self._theme.text_dim, self.font())
            else:
                bar = QRectF(x, area.top() + 1.5 * self._line() - _BAR_HEIGHT / 2, _BAR, _BAR_HEIGHT)
                self._paint_bar(painter, bar, term.value, best.get(term.name))
            x += width + 2 * SPACING
        return left

    def _paint_bar(self, painter: QPainter, bar: QRectF, value: float, best: float | None) -> None:
        painter.fillRect(bar, self._theme.pressed)
        filled = QRectF(bar.left(), bar.top(), bar.width() * value, bar.height())
        painter.fillRect(filled, self._theme.suggestion if self._is_suggested else self._theme.text_dim)
        if best is not None and not self._is_suggested:
            tick = bar.left() + bar.width() * best
            painter.fillRect(QRectF(tick - 1, bar.top() - 3, 2, bar.height() + 6), self._theme.suggestion)


def _words_of(term: Term, untold: str) -> tuple[str, ...]:
    """Return the words of a term's column."""
    return (term_name(term),) if term.value is not None else (term_name(term), untold)
