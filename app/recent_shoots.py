"""How far the shoots are that were open lately, and where in them one was: noted while one is open."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings

from core.persistence.thumbnail_cache import ThumbnailCache
from core.shoot.shoot import Shoot
from core.types import Flag, Photo, PhotoId
from ui.recent_shoot import RecentShoot

_KEY = "recent"
_MOST = 12  # shoots that are remembered


class RecentShoots:
    """Remembers shoots of one folder each; what is lost of it is noted again when the shoot is opened again.

    Args:
        kept: where the notes are.
        thumbnails: where their pictures are.
    """

    def __init__(self, kept: QSettings, thumbnails: ThumbnailCache) -> None:
        self._kept = kept
        self._thumbnails = thumbnails

    def note(self, sources: Sequence[Path], shoot: Shoot, at: PhotoId | None) -> None:
        """Note how far a shoot is, and which photo is active; None, of a filter that shows nothing, changes nothing."""
        if len(sources) != 1 or not shoot.photos:
            return
        at = at or self.place_in(sources)
        folder = str(sources[0].absolute())
        notes = {key: note for key, note in self._read().items() if key != folder}
        tally = shoot.tally
        cover = _cover(shoot)
        notes[folder] = {
            "photos": tally.photos(),
            "decided": tally.photos() - tally.undecided(),
            "open_bursts": tally.open_bursts,
            "unmeasured": shoot.unmeasured,
            "cover": [str(cover.path), cover.mtime_ns, cover.size_bytes, cover.turn],
            "at": at,
        }
        self._kept.setValue(_KEY, json.dumps(dict(list(notes.items())[-_MOST:])))

    def of(self, folders: Sequence[Path]) -> list[RecentShoot]:
        """Return what is known of folders, in their order."""
        notes = self._read()
        return [self._known(folder, notes.get(str(folder))) for folder in folders]

    def place_in(self, sources: Sequence[Path]) -> PhotoId | None:
        """Return the photo that was active when a shoot was noted last; None where that is not known."""
        note = self._read().get(str(sources[0].absolute())) if len(sources) == 1 else None
        at = note.get("at") if isinstance(note, dict) else None
        return PhotoId(at) if isinstance(at, str) else None

    def _known(self, folder: Path, note: object) -> RecentShoot:
        if not isinstance(note, dict):
            return RecentShoot(folder)
        with suppress(KeyError, TypeError, ValueError):  # somebody wrote into the file
            path, mtime, size, turn = note["cover"]
            photo = Photo(PhotoId(""), Path(path), mtime_ns=int(mtime), size_bytes=int(size), turn=int(turn))
            return RecentShoot(
                folder,
                int(note["photos"]),
                int(note["decided"]),
                int(note["open_bursts"]),
                int(note.get("unmeasured", 0)),
                self._thumbnails.get(photo) or b"",
            )
        return RecentShoot(folder)

    def _read(self) -> dict[str, object]:
        with suppress(ValueError):
            notes = json.loads(str(self._kept.value(_KEY, "{}")))
            if isinstance(notes, dict):
                return notes
        return {}


def _cover(shoot: Shoot) -> Photo:
    """Return the first pick, else the first suggestion, else the first photo."""
    picked = (photo for photo in shoot.photos.values() if shoot.decision(photo.id).flag is Flag.PICK)
    suggested = (
        shoot.photos[each.suggested_pick] for each in shoot.clusters_in_order() if each.suggested_pick
    )
    return next(picked, None) or next(suggested, None) or next(iter(shoot.photos.values()))
