"""The groups as a page to look at, with their mistakes marked. For your own eyes: it holds the pictures."""

import base64
import html
from collections.abc import Mapping
from pathlib import Path

from core.grouping.words import grounds_in_words
from core.persistence.thumbnail_cache import ThumbnailCache
from core.shoot.shoot import Shoot

_STYLE = """
body{background:#222;color:#ccc;font:13px sans-serif;margin:1em}
.group{display:inline-flex;gap:4px;margin:4px;padding:6px;border:2px solid #444;vertical-align:top}
.mixed{border-color:#d33}.split{border-color:#da3}
figure{margin:0;text-align:center}img{height:130px;display:block}
"""


def write_gallery(
    path: Path, title: str, shoot: Shoot, truth: Mapping[str, str], thumbs: ThumbnailCache
) -> None:
    """Write one HTML file.

    A red frame holds photos of several true groups, a yellow one only a part of its group.
    """
    sizes: dict[str, int] = {}
    for group in truth.values():
        sizes[group] = sizes.get(group, 0) + 1
    parts = [f"<!doctype html><meta charset=utf-8><title>{html.escape(title)}</title><style>{_STYLE}</style>"]
    parts.append(
        f"<h1>{html.escape(title)}</h1><p>Red: several true groups in one. Yellow: part of a group.</p>"
    )
    for cluster in shoot.clusters_in_order():
        photos = [shoot.photos[photo_id] for photo_id in cluster.photo_ids]
        groups = [truth[photo.path.name] for photo in photos if photo.path.name in truth]
        kind = "mixed" if len(set(groups)) > 1 else ""
        if len(set(groups)) == 1 and len(groups) < sizes[groups[0]]:
            kind = "split"
        figures = "".join(
            f"<figure><img src='{_source(thumbs.get(photo))}'><figcaption>{html.escape(photo.path.name)}<br>"
            f"{html.escape(truth.get(photo.path.name, ''))}</figcaption></figure>"
            for photo in photos
        )
        words = html.escape(": ".join(filter(None, (cluster.kind, grounds_in_words(cluster)))))
        parts.append(f"<div class='group {kind}' title='{words}'>{figures}</div>")
    path.write_text("\n".join(parts), "utf-8")


def _source(jpeg: bytes | None) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg or b'').decode('ascii')}"
