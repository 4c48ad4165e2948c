"""The page of a proof gallery: a wall of pictures that can be looked at without a script, and marked with one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files

from core.export.pages import page_head, text
from core.language import ntr, tr
from core.review.choice.names import proof_key
from core.types import Photo


@dataclass(frozen=True, slots=True)
class ProofPicture:
    """One photo of the gallery.

    Attributes:
        name: of its pictures, without suffix.
        large, small: where they lie, seen from the page.
        width, height: of the small one.
    """

    photo: Photo
    name: str
    large: str
    small: str
    width: int
    height: int


def proof_page(title: str, pictures: Sequence[ProofPicture]) -> bytes:
    """Make the page.

    Args:
        title: the heading.
        pictures: in their order.

    Returns:
        UTF-8 HTML that loads nothing but the pictures beside it.
    """
    script = _resource("proofs.js")
    counted = ntr("{count:,} photo", "{count:,} photos", len(pictures)).format(count=len(pictures))
    everything, favourites, send = tr("All"), tr("Only favourites"), tr("Send your choice")
    nothing = tr("No photo is marked yet. Touch the heart of those you like.")
    parts = [
        page_head(title, _resource("proofs.css"), script),
        f'<header class="bar"><div><h1>{text(title)}</h1><p>{text(counted)}</p></div><nav>'
        f'<button id="all" aria-pressed="true">{text(everything)}</button>'
        f'<button id="favourites" aria-pressed="false" aria-label="{text(favourites)}">'
        f'<span class="heart-sign">♥</span> <b>0</b></button>'
        f'<button id="send" class="send">{text(send)}</button></nav></header>',
        f'<main class="wall"><p class="nothing">{text(nothing)}</p>',
    ]
    parts += [_figure(one) for one in pictures]
    parts += ["</main>", _viewer(), _answer(), _data(title, pictures), f"<script>{script}</script>"]
    parts.append("</body></html>")
    return "\n".join(parts).encode(errors="replace")


def _figure(one: ProofPicture) -> str:
    name = text(one.photo.path.name)
    favourite = text(tr("Favourite"))
    return (
        f'<figure style="--r:{max(1, one.width) / max(1, one.height):.4f}"><a href="{one.large}">'
        f'<img loading="lazy" decoding="async" width="{one.width}" height="{one.height}" src="{one.small}" '
        f'alt="{name}"></a><figcaption>{name}</figcaption>'
        f'<button class="heart" aria-pressed="false" aria-label="{favourite}: {name}"></button></figure>'
    )


def _viewer() -> str:
    close, before, after = tr("Close"), tr("Previous photo"), tr("Next photo")
    favourite, word = tr("Favourite"), tr("Leave a word about this photo")
    return (
        '<dialog class="viewer"><div class="top"><span class="name"></span><span class="place"></span>'
        f'<button class="close" aria-label="{text(close)}">✕</button></div>'
        f'<div class="stage"><img alt=""><button class="step back" aria-label="{text(before)}">‹</button>'
        f'<button class="step on" aria-label="{text(after)}">›</button></div>'
        f'<div class="foot"><button class="heart" aria-pressed="false" aria-label="{text(favourite)}"></button>'
        f'<input class="word" maxlength="500" placeholder="{text(word)}" aria-label="{text(word)}"></div></dialog>'
    )


def _answer() -> str:
    head, close = tr("Your choice"), tr("Close")
    who, note = tr("Your name"), tr("A word about all of them")
    save, copy, share, written = (
        tr("Save as a file"),
        tr("Copy as text"),
        tr("Share"),
        tr("Your choice as text"),
    )
    return (
        f'<dialog class="answer"><h2>{text(head)}</h2>'
        f'<input class="who" maxlength="100" autocomplete="name" placeholder="{text(who)}" aria-label="{text(who)}">'
        f'<textarea class="note" rows="2" maxlength="2000" placeholder="{text(note)}" aria-label="{text(note)}">'
        '</textarea><div class="ways">'
        f'<button class="send save">{text(save)}</button><button class="copy">{text(copy)}</button>'
        f'<button class="share" hidden>{text(share)}</button></div><p class="state" role="status"></p>'
        f'<textarea class="text" rows="6" readonly aria-label="{text(written)}"></textarea>'
        f'<button class="close">{text(close)}</button></dialog>'
    )


def _data(title: str, pictures: Sequence[ProofPicture]) -> str:
    """Return what the script works with; nothing in a name can end the element it stands in."""
    photos = [
        {"key": proof_key(one.photo), "name": _shown(one.photo.path.name), "large": one.large}
        for one in pictures
    ]
    keys = "".join(str(photo["key"]) for photo in photos)
    document = {
        "id": blake2b(f"{title}\n{keys}".encode(errors="replace"), digest_size=8).hexdigest(),
        "title": _shown(title),
        "file": "shortlist-choice.json",
        "photos": photos,
        "words": {
            "how": tr("Save the file or copy the text, and send it to your photographer."),
            "nothing": tr("No photo is marked yet. Touch the heart of those you like."),
            "copied": tr("It is copied: paste it into a message to your photographer."),
        },
    }
    data = json.dumps(document, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        data = data.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/json" id="proofs">{data}</script>'


def _shown(name: str) -> str:
    return name.encode(errors="replace").decode()


def _resource(name: str) -> str:
    return (files("resources") / "proofs" / name).read_text("utf-8")
