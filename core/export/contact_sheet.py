"""A contact sheet: one HTML file with everything in it, to look at anywhere, to mail, to print."""

import base64
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from core.export.pages import COLOURS, page_head, text
from core.language import ntr, tr
from core.review.label_words import LABEL_NAMES
from core.types import Decision, Flag, Label, Photo, PhotoId

Thumbnail = Callable[[Photo], bytes | None]
"""An upright sRGB JPEG of a photo, some 512 px; None where it cannot be had."""

_STYLE = (
    COLOURS
    + """
body { margin: 2rem; background: var(--ground); color: var(--text); font: 14px/1.4 system-ui, sans-serif; }
h1 { font-size: 1.4rem; font-weight: 600; margin: 0; }
h2 { font-size: 1rem; font-weight: 600; margin: 2rem 0 .75rem; border-top: 1px solid var(--line);
  padding-top: .75rem; }
p { margin: .25rem 0 0; color: var(--dim); }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1.25rem 1rem; }
figure { margin: 0; break-inside: avoid; }
.frame { height: 12rem; display: flex; align-items: center; justify-content: center; }
img { max-width: 100%; max-height: 100%; display: block; }
.none { width: 100%; height: 100%; border: 1px solid var(--line); display: flex; align-items: center;
  justify-content: center; color: var(--dim); }
figcaption { margin-top: .4rem; display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: baseline; }
.name { overflow-wrap: anywhere; }
.stars { letter-spacing: .05em; }
.more { color: var(--dim); }
.label { display: inline-block; width: .7em; height: .7em; border-radius: 50%; }
@page { size: A4; margin: 12mm; }
@media print {
  :root { --ground: #fff; --text: #000; --dim: #555; --line: #bbb; }
  body { margin: 0; font-size: 9pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .sheet { grid-template-columns: repeat(4, 1fr); gap: 5mm 4mm; }
  .frame { height: 32mm; }
  h2 { margin: 6mm 0 3mm; break-after: avoid; }
}
"""
)
_COLOURS = {
    Label.RED: "#d64c48",
    Label.YELLOW: "#debe46",
    Label.GREEN: "#62ac5c",
    Label.BLUE: "#548ad6",
    Label.PURPLE: "#966cc4",
}


def to_contact_sheet(
    title: str, photos: Iterable[Photo], decisions: Mapping[PhotoId, Decision], thumbnail: Thumbnail
) -> bytes:
    """Make the sheet: pictures with name, stars and label, a section for each day.

    Args:
        title: the heading.
        photos: in the order of the sheet.
        decisions: by photo.
        thumbnail: gives the pictures.

    Returns:
        UTF-8 HTML that loads nothing from anywhere.
    """
    photos = tuple(photos)
    count = ntr("{count:,} photo", "{count:,} photos", len(photos)).format(count=len(photos))
    parts = [
        page_head(title, _STYLE),
        f"<h1>{text(title)}</h1><p>{count}</p>",
    ]
    for day, taken in groupby(photos, key=_day):
        parts.append(f'<h2>{text(day)}</h2><div class="sheet">')
        parts += [
            _figure(photo, decisions.get(photo.id) or Decision(photo.id), thumbnail(photo)) for photo in taken
        ]
        parts.append("</div>")
    parts.append("</body></html>")
    return "\n".join(parts).encode(errors="replace")


def _figure(photo: Photo, decision: Decision, jpeg: bytes | None) -> str:
    name = text(photo.path.name)
    if jpeg is None:
        nothing = tr("no picture")
        picture = f'<div class="none">{text(nothing)}</div>'
    else:
        picture = f'<img alt="{name}" src="data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}">'
    facts = [f'<span class="name">{name}</span>']
    if decision.rating:
        words = tr("{stars} of 5 stars").format(stars=decision.rating)
        facts.append(f'<span class="stars" title="{text(words)}">{"★" * decision.rating}</span>')
    if decision.label in _COLOURS:
        colour = _COLOURS[decision.label]
        words = tr(LABEL_NAMES[decision.label])
        facts.append(f'<span class="label" style="background:{colour}" title="{text(words)}"></span>')
    if decision.flag is Flag.REJECT:
        rejected = tr("rejected")
        facts.append(f'<span class="more">{text(rejected)}</span>')
    facts += [f'<span class="more">+{text(file.suffix[1:].upper())}</span>' for file in photo.companions]
    if photo.taken_at is not None:
        facts.append(f'<span class="more">{photo.taken_at:%H:%M:%S}</span>')
    return f'<figure><div class="frame">{picture}</div><figcaption>{"".join(facts)}</figcaption></figure>'


def _day(photo: Photo) -> str:
    """Write a day such as "2025-06-14", which reads alike in every country."""
    return photo.taken_at.date().isoformat() if photo.taken_at is not None else tr("No date")
