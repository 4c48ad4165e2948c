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
    why,
)
from ui.painting import painter_on
from ui.theme import DARK, SPACING, Theme

_BAR = 72  # logical pixels of a full term
_BAR_HEIGHT = 4
_BAR_ROOM = 8  # below the first line
_LETTERS = 80  # that name, time, exposure and place have room for beside the bars
# It is worth knowing that one of these cannot be told; of people, where there are any.
_ALWAYS_SHOWN = (TermName.SHARPNESS, TermName.EXPOSURE)
_SHOWN_OF_PEOPLE = (TermName.EYES, TermName.SMILE)


class WhyLine(QWidget):
    """Two lines of text; on the right of the first one the terms of the frame's score, each over a small bar.

    The reason, which is what is read, has the whole width of the second one. A tick on a bar marks where the
    suggested frame stands, so that a glance tells what this one lacks.

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
        self._name = ""
        self._facts: tuple[str, ...] = ("",)  # the rest of the first line, at its longest first
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
        place, grounds = place_in_group(photo.id, cluster), place_in_group(photo.id, cluster, grounds=False)
        taken, shot = time_taken(photo), shot_facts(photo.shot)
        self._name = photo.name
        parts = ((taken, shot, place), (taken, shot, grounds), (shot, grounds))
        self._facts = tuple("   ·   ".join(filter(None, each)) for each in parts)
        found = tr("Found by {reasons}").format(reasons=", ".join(found_by)) if found_by else ""
        reason = why(photo.id, shoot, self._arguments.of(cluster, shoot))
        self._why = "   ·   ".join(filter(None, (found, reason)))
        self._is_suggested = cluster.suggested_pick == photo.id
        self._score = shoot.score(photo.id)
        self._best = shoot.score(cluster.suggested_pick) if cluster.suggested_pick else None
        self._always_shown = self._worth_showing(shoot, cluster)
        terms = ", ".join(term_words(term) for term in self._terms(self._score)) if self._score else ""
        self.setAccessibleDescription("; ".join(filter(None, (self._name, self._facts[0], self._why, terms))))
        neighbours = shoot.why_apart(cluster)
        title = [tr("Not in this group:")] if neighbours else []
        self.setToolTip("\n".join(filter(None, (place, self._why, terms, *title, *neighbours))))
        self.update()

    def clear(self) -> None:
        """Say nothing."""
        self._shown = None
        self._name, self._facts, self._why, self._score, self._best = "", ("",), "", None, None
        self.setAccessibleDescription("")
        self.setToolTip("")
        self.update()

    def text(self) -> str:
        """Return both lines as they would be read without eliding."""
        return f"{self._name}   {self._facts[0]}\n{self._why}".strip()

    def words(self, width: int) -> tuple[str, str, str]:
        """Return name, facts and reason as they are read at a width in pixels: less is said where there is no room."""
        area = self._area(width)
        left = self._columns(area)[0]
        metrics = QFontMetrics(self.font())
        room = int(left - area.left() - self._name_width() - 2 * SPACING)
        fitting = (facts for facts in self._facts if metrics.horizontalAdvance(facts) <= room)
        elide = Qt.TextElideMode.ElideRight
        facts = next(fitting, None) or metrics.elidedText(self._facts[-1], elide, max(0, room))
        name = QFontMetrics(self._bold()).elidedText(self._name, elide, int(area.width()))
        return name, facts, metrics.elidedText(self._why, elide, int(area.width()))

    def sizeHint(self) -> QSize:
        """Return a size for two lines of text, whatever they say."""
        return QSize(640, 2 * self._line() + _BAR_ROOM + SPACING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint name, facts and bars, and the reason below them."""
        painter = painter_on(self)
        painter.fillRect(self.rect(), self._theme.surface)
        area = self._area(self.width())
        first = QRectF(area.left(), area.top(), area.width(), self._line())
        name, facts, reason = self.words(self.width())
        self._paint_text(painter, first, name, self._theme.text, self._bold())
        rest = first.adjusted(self._name_width() + 2 * SPACING, 0, 0, 0)
        self._paint_text(painter, rest, facts, self._theme.text_dim, self.font())
        self._paint_terms(painter, area)
        second = first.translated(0, self._line() + _BAR_ROOM)
        colour = self._theme.suggestion if self._is_suggested else self._theme.text
        self._paint_text(painter, second, reason, colour, self.font())

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

    def _area(self, width: int) -> QRectF:
        return QRectF(2 * SPACING, SPACING // 2, max(0, width - 4 * SPACING), self.height() - SPACING // 2)

    def _line(self) -> int:
        return QFontMetrics(self.font()).height() + SPACING // 2

    def _bold(self) -> QFont:
        bold = QFont(self.font())
        bold.setBold(True)
        return bold

    def _name_width(self) -> int:
        return QFontMetrics(self._bold()).horizontalAdvance(self._name)

    def _paint_text(self, painter: QPainter, rect: QRectF, text: str, colour: QColor, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _columns(self, area: QRectF) -> tuple[float, list[tuple[Term, QRectF]]]:
        """Return where the words have to end, and the columns of the terms; none in a narrow window."""
        terms = self._terms(self._score) if self._score else []
        metrics = QFontMetricsF(self.font())
        # Of a fraction of a pixel too little, the last letters would be left out.
        widths = [max(_BAR, math.ceil(metrics.horizontalAdvance(_heading(term)))) for term in terms]
        left = area.right() - sum(widths) - 2 * SPACING * max(0, len(widths) - 1)
        if not terms or left < area.left() + _LETTERS * metrics.averageCharWidth():
            return area.right(), []
        columns, x = [], left
        for term, width in zip(terms, widths, strict=True):
            columns.append((term, QRectF(x, area.top(), width, self._line())))
            x += width + 2 * SPACING
        return left - 2 * SPACING, columns

    def _paint_terms(self, painter: QPainter, area: QRectF) -> None:
        """Paint a column a term, its name above its bar; no bar where it cannot be told."""
        best = {term.name: term.value for term in self._best.terms} if self._best else {}
        for term, name in self._columns(area)[1]:
            self._paint_text(painter, name, _heading(term), self._theme.text_dim, self.font())
            if term.value is not None:
                bar = QRectF(name.left(), name.bottom() + 1, _BAR, _BAR_HEIGHT)
                self._paint_bar(painter, bar, term.value, best.get(term.name))

    def _paint_bar(self, painter: QPainter, bar: QRectF, value: float, best: float | None) -> None:
        painter.fillRect(bar, self._theme.pressed)
        filled = QRectF(bar.left(), bar.top(), bar.width() * value, bar.height())
        painter.fillRect(filled, self._theme.suggestion if self._is_suggested else self._theme.text_dim)
        if best is not None and not self._is_suggested:
            tick = bar.left() + bar.width() * best
            painter.fillRect(QRectF(tick - 1, bar.top() - 3, 2, bar.height() + 6), self._theme.suggestion)


def _heading(term: Term) -> str:
    """Return what stands over a term's bar: its name, with a dash where there is no bar."""
    return term_name(term) if term.value is not None else f"{term_name(term)} –"
