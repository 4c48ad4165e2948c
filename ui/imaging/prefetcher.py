"""Pictures for the loupe, decoded ahead of the photographer: the current one first, then its neighbours."""

import logging
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage

from core.errors import PhotoError
from core.language import tr
from core.types import Box, PhotoId
from ui.imaging.image_cache import BoundedCache
from ui.imaging.pictures import PictureSource, Pixels, SeenSource, fitted
from ui.imaging.workers import RightOfWay, Workers

_LOG = logging.getLogger(__name__)

BUDGET_BYTES = 160 << 20  # a photo of 24 MP in full, parts of four, and eight at screen size
SCREEN = (2560, 1440)
LOOKED_INTO = 4  # photos of which is decoded ahead what a closer look would show
_MOST_BEYOND = 8 << 20  # bytes of a closer look at any other that is kept, where it costs nothing
AHEAD, BEHIND = 4, 2  # neighbours decoded in and against the direction of travel


class _Kind(Enum):
    FITTED = auto()  # to the screen
    SEEN = auto()  # in full resolution, what is seen
    WHOLE = auto()


_Key = tuple[PhotoId, _Kind]


@dataclass(frozen=True, slots=True)
class _Request:
    photo_id: PhotoId
    box: tuple[int, int] | None  # to be fitted into, in device pixels; None: full resolution
    seen: Box | None = None  # of full resolution, what is needed first
    in_part: bool = False  # only that

    @property
    def key(self) -> "_Key":
        return (
            self.photo_id,
            _Kind.SEEN if self.in_part else _Kind.WHOLE if self.box is None else _Kind.FITTED,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    picture: QImage | Pixels
    box: tuple[int, int] | None  # as asked for: a small photo may well be smaller

    def serves(self, box: tuple[int, int] | None) -> bool:
        if self.box is None or box is None:
            return self.box is None
        return self.box[0] >= box[0] and self.box[1] >= box[1]

    @property
    def size_bytes(self) -> int:
        return self.picture.size_bytes if isinstance(self.picture, Pixels) else self.picture.sizeInBytes()


def travel_order(
    photo_id: PhotoId, order: Sequence[PhotoId], forward: bool, ahead: int = AHEAD, behind: int = BEHIND
) -> list[PhotoId]:
    """Return what to decode when a photo is shown: itself, then next and previous in turn, nearest first.

    Args:
        photo_id: the current photo.
        order: the photos as the arrow keys step through them; without ``photo_id`` it has no neighbours.
        forward: the direction of travel, whose neighbour comes first and of which more are taken.
        ahead: most neighbours in that direction.
        behind: most neighbours against it.
    """
    if photo_id not in order:
        return [photo_id]
    at, step = order.index(photo_id), 1 if forward else -1
    wanted = [photo_id]
    for distance in range(1, max(ahead, behind) + 1):
        for offset, limit in ((step * distance, ahead), (-step * distance, behind)):
            if distance <= limit and 0 <= at + offset < len(order):
                wanted.append(order[at + offset])
    return wanted


class Prefetcher(QObject):
    """Decodes in worker threads and keeps the results; lives in the GUI thread, and signals there.

    Call ``shutdown`` before it is destroyed.

    Args:
        source: decodes pictures.
        budget_bytes: most memory the kept pictures may take; the current one is kept in any case.
        threads: decodes ahead at the same time; one more is kept for what is on screen.
        parent: owns it.
        way: shared with whoever else decodes, and gives way to what is on screen.
        seen: decodes what is seen of a photo sooner than all of it; None where nothing does.
    """

    picture_ready = Signal(str, bool)  # photo id; whether it is the full resolution
    picture_failed = Signal(str, str)  # photo id; a sentence
    _done = Signal(object, object, str)  # request, picture or None, sentence

    def __init__(
        self,
        source: PictureSource,
        *,
        budget_bytes: int = BUDGET_BYTES,
        box: tuple[int, int] = SCREEN,
        threads: int = 2,
        parent: QObject | None = None,
        way: RightOfWay | None = None,
        seen: SeenSource | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._first_box = box
        self._boxes: dict[Hashable, tuple[int, int]] = {}
        self._kept = BoundedCache[_Key, _Kept](budget_bytes, lambda kept: kept.size_bytes)
        self._seen_source = seen
        # Where the photos are looked at that are, or are about to be, shown.
        self._seen: dict[PhotoId, Box] = {}
        self._look: Callable[[PhotoId], Box | None] = _nowhere
        self._looks: dict[PhotoId, Box] = {}
        self._no_sooner: set[tuple[PhotoId, Box]] = set()  # parts that are decoded with the whole photo only
        self._shown: tuple[PhotoId, ...] = ()
        self._travel: Sequence[PhotoId] = ()
        self._forward = True
        self._full = False
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers = Workers[_Request](self._load, threads, "loupe", urgent=threads + 1, way=way)

    def show(
        self,
        photo_id: PhotoId,
        neighbours: Sequence[PhotoId] = (),
        full: bool = False,
        beside: Sequence[PhotoId] = (),
        look: Callable[[PhotoId], Box | None] | None = None,
    ) -> None:
        """Make a photo the current one and decode what is missing around it; all else is cancelled.

        Args:
            photo_id: the photo.
            neighbours: the photos as the arrow keys step through them, this one among them.
            full: whether the full resolution is wanted too, because the view is zoomed in.
            beside: photos that are on screen together with it.
            look: tells what would be seen of a photo at full resolution if somebody looked closer: that is decoded
                ahead of this photo and of its next neighbours. None where it is not known.
        """
        current = self._shown[0] if self._shown else None
        if current in neighbours and photo_id in neighbours and current != photo_id:
            self._forward = neighbours.index(photo_id) > neighbours.index(current)
        self._shown = tuple(dict.fromkeys((photo_id, *beside)))
        self._seen = {each: self._seen[each] for each in self._shown if each in self._seen}
        self._travel, self._full = travel_order(photo_id, neighbours, self._forward), full
        self._look = look or _nowhere
        self._find_looks()
        self._want()

    def want_full(self, photo_id: PhotoId, seen: Box | None = None) -> None:
        """Ask for full resolution of what is shown; for any other photo the wish is stale, and ignored.

        Args:
            photo_id: the photo.
            seen: the part of it that is looked at, which then comes first; None for all of it.
        """
        if seen is not None:  # kept of a photo, too, that ``show`` makes the current one in a moment
            self._seen[photo_id] = seen
        if photo_id in self._shown and not (self._full and self._is_sharp(photo_id)):
            self._full = True
            self._want()

    def look_again(self) -> None:
        """Hear that a closer look would show something else than before."""
        before = self._looks
        self._find_looks()
        if self._shown and self._looks != before:
            self._want()

    def _find_looks(self) -> None:
        looks = {photo_id: self._look(photo_id) for photo_id in self._travel}
        self._looks = {photo_id: look for photo_id, look in looks.items() if look is not None}

    def picture(self, photo_id: PhotoId) -> QImage | None:
        """Return the picture at screen size, in the screen's colours; None where it is not decoded yet. Never waits."""
        kept = self._kept.get((photo_id, _Kind.FITTED))
        return kept.picture if kept and isinstance(kept.picture, QImage) else None

    def full_picture(self, photo_id: PhotoId) -> Pixels | None:
        """Return all pixels of the photo, or None where they are not decoded. Never waits."""
        kept = self._kept.get((photo_id, _Kind.WHOLE))
        return kept.picture if kept and isinstance(kept.picture, Pixels) else None

    def seen_picture(self, photo_id: PhotoId) -> Pixels | None:
        """Return the pixels that were asked for first of a photo, as long as not all are there. Never waits."""
        kept = self._kept.get((photo_id, _Kind.SEEN))
        return kept.picture if kept and isinstance(kept.picture, Pixels) else None

    def set_box(self, view: Hashable, box: tuple[int, int] | None) -> None:
        """Tell how large a view shows pictures; they are decoded for the largest of the views that are open.

        Those kept that are smaller go on being shown until larger ones have come.

        Args:
            view: any name for it.
            box: width and height in device pixels; None where it is closed or hidden.
        """
        before = self._box
        if box is None:
            self._boxes.pop(view, None)
        else:
            self._boxes[view] = box
        now = self._box
        if self._shown and (now[0] > before[0] or now[1] > before[1]):
            self._want()

    @property
    def _box(self) -> tuple[int, int]:
        if not self._boxes:
            return self._first_box
        return max(box[0] for box in self._boxes.values()), max(box[1] for box in self._boxes.values())

    def forget(self) -> None:
        """Drop everything: another folder is opened."""
        self._workers.want(())
        self._shown, self._travel, self._full = (), (), False
        self._seen.clear()
        self._look, self._looks = _nowhere, {}
        self._no_sooner.clear()
        self._kept.clear()

    def shutdown(self, seconds: float = 2.0) -> bool:
        """End the worker threads, waiting at most so long; False where a decode hangs and is left behind."""
        return self._workers.stop(seconds)

    def _want(self) -> None:
        """Hand the workers what is missing now, most wanted first."""
        current, box = self._shown[0], self._box
        ahead = [each for each in self._travel if each not in self._shown]
        shown = [_Request(photo_id, box) for photo_id in self._shown]
        requests: list[_Request] = []
        if self._full:  # what is shown, and what an arrow key shows next
            rest: list[_Request] = []  # of photos of which all that is seen is there
            for photo_id in self._shown:
                if part := self._sooner(photo_id):
                    has_part = self._has(part)
                    shown += [] if has_part else [part]
                    (rest if has_part else requests).append(_Request(photo_id, None))
                else:
                    shown.append(_Request(photo_id, None))
            for photo_id in ahead[:1]:
                requests.append(_Request(photo_id, box))
                if self._has_no_part(photo_id):
                    requests.append(_Request(photo_id, None))
            requests += [*self._parts_ahead(), *rest]
        fitted_ahead = [_Request(photo_id, box) for photo_id in ahead]
        if self._full:
            requests += fitted_ahead
        else:  # last of all the whole photo: somebody who stays at it may want to look elsewhere in it
            looks = self._parts_ahead()
            requests += [
                *fitted_ahead[:1],
                *looks[:1],
                *fitted_ahead[1:],
                *looks[1:],
                _Request(current, None),
            ]
        # Asked for in reverse, so that the most wanted are also the most lately used.
        later = [request for request in reversed(requests) if not self._has(request)][::-1]
        now = [request for request in reversed(shown) if not self._has(request)][::-1]
        self._workers.want(tuple(dict.fromkeys((*now, *later))), urgent=len(now))

    def _sooner(self, photo_id: PhotoId) -> _Request | None:
        """Return what is wanted of a photo before all of it: the part that is seen; None where that is no sooner."""
        seen = self._seen.get(photo_id)
        if self._seen_source is None or seen is None or (photo_id, seen) in self._no_sooner:
            return None
        return _Request(photo_id, None, seen, in_part=True)

    def _is_sharp(self, photo_id: PhotoId) -> bool:
        """Say whether all pixels are there of what is seen of a photo."""
        part = self._sooner(photo_id)
        return self._has(part) if part is not None else (photo_id, _Kind.WHOLE) in self._kept

    def _has_no_part(self, photo_id: PhotoId) -> bool:
        """Say whether nothing less than the whole photo can be decoded ahead of it."""
        look = self._looks.get(photo_id)
        if self._seen_source is None or look is None:
            return True
        is_there = self._has(_Request(photo_id, None, look, in_part=True))
        return not is_there and (photo_id, look) in self._no_sooner

    def _parts_ahead(self) -> list[_Request]:
        """Return what is decoded in case that somebody looks closer."""
        if self._seen_source is None:
            return []
        return [
            _Request(photo_id, None, look, in_part=True)
            for photo_id in self._travel[:LOOKED_INTO]
            if (look := self._looks.get(photo_id)) is not None and (photo_id, look) not in self._no_sooner
        ]

    def _load(self, request: _Request) -> None:
        """Decode a picture; runs in a worker thread."""
        picture: QImage | Pixels | None = None
        closer: tuple[_Request, Pixels] | None = None
        sentence = ""
        try:
            if request.in_part and request.seen is not None and self._seen_source is not None:
                picture = self._seen_source(request.photo_id, request.seen)
            else:
                pixels = self._source.load(request.photo_id, request.box)
                picture = pixels if request.box is None else fitted(pixels, request.box)
                if request.box is not None and not pixels.scaled:  # it was decoded in full all the same
                    closer = self._closer_look_in(pixels, request.photo_id)
        except PhotoError as error:
            sentence = error.reason
        except Exception:  # noqa: BLE001 a bug in one decoder must not leave the loupe without workers
            _LOG.exception("Loading photo %s for the loupe", request.photo_id)
            sentence = tr("It cannot be shown because of an error in Shortlist; the log has details.")

        def say() -> None:
            self._done.emit(request, picture, sentence)
            if closer is not None:
                self._done.emit(*closer, "")

        self._workers.tell(request, say)

    def _closer_look_in(self, pixels: Pixels, photo_id: PhotoId) -> tuple[_Request, Pixels] | None:
        """Return what a closer look at a photo would show, and what it would be asked for as; called in a thread."""
        look = self._looks.get(photo_id)
        if self._seen_source is None or look is None:
            return None
        part = pixels.kept_of(look)
        if photo_id not in self._travel[:LOOKED_INTO] and part.size_bytes > _MOST_BEYOND:
            return None
        return _Request(photo_id, None, look, in_part=True), part

    def _take(self, request: _Request, picture: QImage | Pixels | None, sentence: str) -> None:
        """Take a picture, back in the GUI thread."""
        self._workers.take(request)
        if request.in_part and picture is None:
            if not self._has(request):
                self._note_no_sooner(request)
        elif picture is None:
            self.picture_failed.emit(request.photo_id, sentence)
        elif not self._has(request):
            on_screen = [(photo_id, kind) for photo_id in self._shown for kind in _Kind]
            self._kept.put(request.key, _Kept(picture, request.box), keep=on_screen)
            is_whole = request.box is None and not request.in_part
            if is_whole:
                self._kept.drop((request.photo_id, _Kind.SEEN))
            if not self._has(request):  # it is of another size than it was thought; before anybody asks again
                self._note_no_sooner(request)
            self.picture_ready.emit(request.photo_id, is_whole)
        if request.in_part and self._full and request.photo_id in self._shown:
            self._want()  # all of it is next

    def _note_no_sooner(self, request: _Request) -> None:
        if request.seen is not None:
            self._no_sooner.add((request.photo_id, request.seen))

    def _has(self, request: _Request) -> bool:
        kept = self._kept.get(request.key)
        if request.in_part and request.seen is not None:
            is_whole = (request.photo_id, _Kind.WHOLE) in self._kept
            return is_whole or (kept is not None and _reaches(kept.picture, request.seen))
        return kept is not None and kept.serves(request.box)


def _nowhere(_photo_id: PhotoId) -> Box | None:
    return None


def _reaches(part: QImage | Pixels, seen: Box) -> bool:
    """Say whether all that is seen of a photo is within a part of it."""
    if isinstance(part, QImage):
        return False
    width, height = part.size.toTuple()
    left, top = round(seen.x * width), round(seen.y * height)
    right, bottom = round((seen.x + seen.width) * width), round((seen.y + seen.height) * height)
    return part.there.contains(QRect(left, top, right - left, bottom - top))
