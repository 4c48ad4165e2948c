"""A gallery of looks: a folder with one HTML page and its pictures, to be looked at from the disk in any browser."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from core.export.contact_sheet import Thumbnail
from core.export.documents import plan_document
from core.export.pages import COLOURS, page_head, text
from core.export.planned import PlannedFile
from core.language import ntr, tr
from core.looks.looks import Looks
from core.types import Photo, PhotoId

PAGE, PICTURES = "index.html", "pictures"
"""The page, and the folder of its pictures beside it."""

_STYLE = (
    COLOURS
    + """
body { margin: 2rem; background: var(--ground); color: var(--text); font: 14px/1.4 system-ui, sans-serif; }
h1 { font-size: 1.4rem; font-weight: 600; margin: 0; }
p, .count { color: var(--dim); }
details { border-top: 1px solid var(--line); padding: .75rem 0; }
summary { display: flex; align-items: center; gap: 1rem; cursor: pointer; }
summary img { width: 9rem; height: 6rem; object-fit: cover; }
summary b { font-weight: 600; overflow-wrap: anywhere; }
.frames { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1rem; padding-top: 1rem; }
figure { margin: 0; }
.frames img { width: 100%; height: 9rem; object-fit: contain; display: block; }
figcaption { margin-top: .3rem; overflow-wrap: anywhere; color: var(--dim); }
"""
)


def plan_gallery(
    folder: Path, title: str, looks: Looks, photos: Mapping[PhotoId, Photo], thumbnail: Thumbnail
) -> Iterator[PlannedFile]:
    """Plan the gallery, file by file, pictures first. Nothing is written.

    Args:
        folder: where to; made where it is missing.
        title: the heading.
        looks: what is shown; photos without a look and not odd are left out.
        photos: of the shoot.
        thumbnail: gives the pictures.
    """
    shown = [photo_id for look in looks.looks for photo_id in look.photo_ids] + list(looks.odd)
    pictures = {}
    for number, photo_id in enumerate(shown, 1):
        jpeg = thumbnail(photos[photo_id])
        if jpeg is not None:
            pictures[photo_id] = f"{PICTURES}/{number:05}.jpg"
            yield plan_document(folder / pictures[photo_id], partial(bytes, jpeg))
    page = _page(title, looks, photos, pictures)
    yield plan_document(folder / PAGE, partial(bytes, page))


def _page(
    title: str, looks: Looks, photos: Mapping[PhotoId, Photo], pictures: Mapping[PhotoId, str]
) -> bytes:
    count = len(looks.looks)
    counted = ntr("{count:,} look", "{count:,} looks", count).format(count=count)
    parts = [
        page_head(title, _STYLE),
        f"<h1>{text(title)}</h1>",
        f"<p>{text(counted)}</p>",
    ]
    for number, look in enumerate(looks.looks, 1):
        name = look.name or tr("Look {number}").format(number=number)
        parts.append(_section(name, look.cover, look.photo_ids, photos, pictures))
    if looks.odd:
        parts.append(_section(tr("Odd ones out"), looks.odd[0], looks.odd, photos, pictures))
    parts.append("</body></html>")
    return "\n".join(parts).encode(errors="replace")


def _section(
    name: str,
    cover: PhotoId,
    photo_ids: Sequence[PhotoId],
    photos: Mapping[PhotoId, Photo],
    pictures: Mapping[PhotoId, str],
) -> str:
    count = len(photo_ids)
    words = ntr("{count:,} photo", "{count:,} photos", count).format(count=count)
    head = f'{_picture(cover, photos, pictures)}<b>{text(name)}</b><span class="count">{text(words)}</span>'
    frames = "".join(
        f"<figure>{_picture(photo_id, photos, pictures)}"
        f"<figcaption>{text(photos[photo_id].path.name)}</figcaption></figure>"
        for photo_id in photo_ids
    )
    return f'<details><summary>{head}</summary><div class="frames">{frames}</div></details>'


def _picture(photo_id: PhotoId, photos: Mapping[PhotoId, Photo], pictures: Mapping[PhotoId, str]) -> str:
    name = text(photos[photo_id].path.name)
    source = pictures.get(photo_id)
    return f'<img loading="lazy" alt="{name}" src="{source}">' if source else f"<span>{name}</span>"
