"""A proof gallery: a folder with one page and its pictures, in which a client marks favourites and leaves words.

It works from a disk as from any web space. What the client marks comes back as a file or a text, read by
``core.review.choice``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import count
from pathlib import Path

from core.export.contact_sheet import Thumbnail
from core.export.documents import PlannedDocument, plan_document
from core.export.planned import Action, PlannedFile
from core.export.proof_page import ProofPicture, proof_page
from core.export.proof_pictures import check_mark, large_picture, small_picture
from core.ingest.jpeg_segments import frame_size
from core.language import tr
from core.types import Photo

PAGE, PICTURES = "index.html", "shortlist-pictures"
"""The page, and the folder of its pictures beside it, in which no shoot looks for photos."""

SIDES = (1024, 1600, 2048, 3000)
"""Pixels along the longer side that are offered."""

_VERSION = 1  # raised when the same choices make other pictures
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class ProofChoices:
    """How the pictures are made.

    Attributes:
        side: pixels along the longer side.
        mark: what is written across each picture; "" for nothing.
        title: the heading, and the name of the folder; "" for that of the shoot.
    """

    side: int = 1600
    mark: str = ""
    title: str = ""


def plan_proofs(
    out_dir: Path, title: str, photos: Sequence[Photo], choices: ProofChoices, thumbnail: Thumbnail
) -> Iterator[PlannedFile]:
    """Plan the gallery, file by file, pictures first. Nothing is written.

    A gallery that is there already with other pictures is left as it is, for a client may be looking at it: then this
    one goes into another folder beside it.

    Args:
        out_dir: where its folder is made.
        title: of the shoot.
        photos: in their order; those without a picture are refused, and the page does without them.
        choices: size, mark and heading.
        thumbnail: gives the small pictures.

    Raises:
        MarkError: the mark cannot be drawn.
    """
    check_mark(choices.mark)
    title = choices.title or title
    shown = list(_pictures(photos, choices, thumbnail))
    seen = {one.photo.id for one in shown}
    for photo in photos:
        if photo.id not in seen:
            yield _plan_nothing(photo)
    if not shown:
        return
    folder = _folder(out_dir, title, [one.name for one in shown])
    for one in shown:
        yield _plan_picture(folder / one.large, partial(large_picture, one.photo, choices.side, choices.mark))
        yield _plan_picture(folder / one.small, partial(_small, one.photo, choices.mark, thumbnail))
    yield plan_document(folder / PAGE, partial(proof_page, title, shown))


def _pictures(photos: Iterable[Photo], choices: ProofChoices, thumbnail: Thumbnail) -> Iterator[ProofPicture]:
    for number, photo in enumerate(photos, 1):
        jpeg = thumbnail(photo)
        if jpeg is None:
            continue
        width, height = frame_size(jpeg)
        source = f"{photo.id} {photo.size_bytes} {photo.mtime_ns} {photo.orientation}"
        source += f" {choices.side} {choices.mark} {_VERSION}"
        name = f"{number:05}-{blake2b(source.encode(), digest_size=5).hexdigest()}"
        yield ProofPicture(
            photo, name, f"{PICTURES}/{name}.jpg", f"{PICTURES}/{name}-small.jpg", width, height
        )


def _folder(out_dir: Path, title: str, names: Sequence[str]) -> Path:
    """Return the folder of the gallery: a new one, or the one that holds the very same pictures or some of them."""
    wanted = {f"{name}{end}.jpg" for name in names for end in ("", "-small")}
    clean = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:_LONGEST_NAME].strip(". ")
    name = f"{clean} proofs".strip()
    for number in count(1):
        folder = out_dir / (name if number == 1 else f"{name} {number}")
        if not folder.exists():
            break
        pictures = folder / PICTURES
        if pictures.is_dir() and {path.name for path in pictures.glob("*.jpg")} <= wanted:
            break
    return folder


def page_of(plan: Iterable[PlannedFile]) -> Path | None:
    """Return the page that the client opens, once a plan was carried out; None where there is none."""
    return next((one.path for one in plan if one.path.name == PAGE and one.path.is_file()), None)


def _plan_nothing(photo: Photo) -> PlannedFile:
    """Say of a photo, such as a film that nothing here can show, that the client will not see it."""
    remark = tr("No picture can be made of it, so the gallery is without it.")
    return PlannedDocument(path=photo.path, action=Action.REFUSED, remark=remark, render=bytes, stamp=None)


def _plan_picture(path: Path, render: partial[bytes]) -> PlannedFile:
    """Plan one picture; one of that name was made of the same file in the same way."""
    if path.is_file():
        return PlannedDocument(path=path, action=Action.UNCHANGED, render=render, stamp=None)
    return plan_document(path, render)


def _small(photo: Photo, mark: str, thumbnail: Thumbnail) -> bytes:
    jpeg = thumbnail(photo)
    return small_picture(jpeg, mark) if jpeg is not None else large_picture(photo, 512, mark)
