"""What lies on a pane's photo: frames, then plates in the corners, then words about faces where these leave room."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from core.language import numeral, tr
from core.shoot.shoot import Shoot
from core.subject.aimed import aimed_at
from core.subject.main_people import main_in, surely_seen
from core.types import Box, Face, Photo, PhotoId
from ui.imaging.overlays import Overlays
from ui.imaging.raw_truths import ToldByRaw
from ui.marks.cell_facts import advice_on
from ui.marks.face_marks import paint_boxes, paint_person, paint_words
from ui.marks.focus_marks import paint_focus_areas
from ui.marks.info_plates import histogram_place, paint_histogram, paint_info
from ui.marks.loupe_marks import paint_active, paint_caption, paint_decision, paint_edge, paint_note
from ui.marks.raw_plate import paint_raw_histogram, raw_histogram_place
from ui.theme import ON_PHOTO, SPACING, Theme

_MARGIN = 1.5 * SPACING
_SMALL = 40  # of a pane's height: in small panes the margin shrinks, for there is little photo to cover


@dataclass(frozen=True, slots=True)
class PaneFacts:
    """What a pane shows.

    Attributes:
        overlays: which marks are wanted.
        main: which of the faces are main people's; None as long as that is not known.
        picture: pixels of the upright photo at full resolution.
        seen: what is seen of it, without overlays; None while there is none.
        target: where the whole photo lies, in logical pixels of the pane.
        view: the pane.
        scale: screen pixels a photo pixel; None for fitted.
        is_loading: what is seen stands in for the photo's own pixels.
        caption: a word or two; "" for none.
        ring: whether it is marked as the active pane among others.
        explains: whether it says why something that is asked for is not seen: one pane does, not each of twelve.
        raw: what its RAW itself holds; None as long as that is not known.
    """

    photo: Photo
    shoot: Shoot
    overlays: Overlays
    main: frozenset[int] | None
    picture: QSizeF
    seen: QImage | None
    target: QRectF
    view: QRectF
    scale: float | None
    is_loading: bool
    caption: str
    ring: bool
    explains: bool = True
    raw: ToldByRaw | None = None

    @property
    def faces(self) -> tuple[Face, ...]:
        """The faces as measured; none before, nor where neither the photo nor its burst shows anybody for sure."""
        analysis = self.shoot.analyses.get(self.photo.id)
        found = analysis.faces if analysis is not None else ()
        return found if self.main else tuple(surely_seen(found))

    @property
    def aimed(self) -> tuple[Box, ...]:
        """Where the camera focused."""
        return aimed_at(self.photo, self.shoot.analyses.get(self.photo.id))


def paint_marks(painter: QPainter, facts: PaneFacts, theme: Theme) -> None:
    """Paint all that lies on a pane's photo.

    Args:
        painter: in logical pixels, with the font to be used.
        facts: of the pane.
        theme: of the chrome; what lies on the photo has colours of its own.
    """
    faces = facts.faces
    main = facts.main if facts.main is not None else main_in(faces)
    if facts.overlays.faces:
        paint_boxes(painter, facts.target, ON_PHOTO, faces, main)
    if facts.overlays.focus_areas:
        paint_focus_areas(painter, facts.target, ON_PHOTO, facts.aimed, in_focus=facts.photo.aim.in_focus)
    if facts.overlays.person is not None:
        paint_person(painter, facts.target, ON_PHOTO, faces, facts.overlays.person)
    flag = facts.shoot.decision(facts.photo.id).flag
    paint_edge(painter, facts.target.intersected(facts.view), ON_PHOTO, flag)
    plates = _paint_plates(painter, facts)
    if facts.overlays.faces:
        paint_words(painter, facts.target, facts.view, ON_PHOTO, faces, main, plates)
    if facts.ring:
        paint_active(painter, facts.view, theme)


def paint_decided(
    painter: QPainter, photo_id: PhotoId, shoot: Shoot, view: QRectF, theme: Theme, *, ring: bool
) -> None:
    """Paint what is decided on a photo that cannot be shown, and that it is the active one; as ``paint_marks``."""
    decision, inner = shoot.decision(photo_id), _inner(view)
    paint_edge(painter, view, ON_PHOTO, decision.flag)
    paint_decision(painter, inner.bottomLeft(), ON_PHOTO, decision, advice_on(photo_id, shoot), inner.width())
    if ring:
        paint_active(painter, view, theme)


def _inner(view: QRectF) -> QRectF:
    """Return where plates may lie in a pane."""
    margin = min(_MARGIN, view.height() / _SMALL)
    return view.adjusted(margin, margin, -margin, -margin)


def _paint_plates(painter: QPainter, facts: PaneFacts) -> list[QRectF]:
    """Paint the plates in the corners, each in what room the others leave; return where they are."""
    inner = _inner(facts.view)
    above, below = QRectF(inner), QRectF(inner)
    plates = []
    if facts.scale is not None:
        plates.append(_paint_zoom(painter, inner.topRight(), facts.scale, loading=facts.is_loading))
        above.setRight(plates[-1].left() - SPACING / 2)
    if facts.overlays.histogram and facts.seen is not None:
        plates.append(paint_histogram(painter, histogram_place(inner), ON_PHOTO, facts.seen))
        below.setRight(plates[-1].left() - SPACING / 2)
    if facts.overlays.raw and facts.raw is not None and facts.raw.truth is not None:
        place = raw_histogram_place(below, painter.fontMetrics())
        plates.append(paint_raw_histogram(painter, place, ON_PHOTO, facts.raw.truth))
        below.setRight(plates[-1].left() - SPACING / 2)
    decision = facts.shoot.decision(facts.photo.id)
    advice = advice_on(facts.photo.id, facts.shoot)
    plates.append(paint_decision(painter, below.bottomLeft(), ON_PHOTO, decision, advice, below.width()))
    above.setBottom(inner.bottom() - plates[-1].height() - SPACING / 2)
    if caption := _caption(facts):
        plates.append(paint_caption(painter, above.topLeft(), ON_PHOTO, caption, above.width()))
        above.setTop(plates[-1].bottom() + SPACING / 2)
    if facts.overlays.info:
        things = facts.shoot.things.get(facts.photo.id, ())
        plates.append(paint_info(painter, above, ON_PHOTO, facts.photo, facts.picture, things))
    return plates


def _caption(facts: PaneFacts) -> str:
    """Return the pane's word or two, with why something that is asked for is not seen."""
    if not facts.explains:
        return facts.caption
    untold = facts.overlays.focus_areas and not facts.aimed
    aimed = tr("The file does not say where the camera focused") if untold else ""
    measuring = tr("Measuring the RAW…") if facts.raw is None else facts.raw.words
    return "  ·  ".join(filter(None, (facts.caption, aimed, measuring if facts.overlays.raw else "")))


def _paint_zoom(painter: QPainter, corner: QPointF, scale: float, *, loading: bool) -> QRectF:
    zoom = f"{numeral(scale, 'g')}:1"
    if loading:  # nobody may judge sharpness by a preview
        return paint_note(painter, corner, ON_PHOTO.warning, tr("{zoom}  loading…").format(zoom=zoom))
    return paint_note(painter, corner, ON_PHOTO.text, zoom)
