"""Decisions, groups and scores of a whole shoot as a table (CSV) or as data (JSON)."""

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.ranking import likely_rejects
from core.ranking.reasons import in_words
from core.types import Cluster, Decision, Flaw, FrameScore, Photo, PhotoId

JSON_VERSION = 2
"""Of the JSON's layout; counted up when a field changes its meaning or goes."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Record = dict[str, Any]
"""All that is known of one photo, in JSON's types."""


def make_records(
    photos: Iterable[Photo],
    decisions: Mapping[PhotoId, Decision],
    clusters: Iterable[Cluster],
    rejects: Mapping[PhotoId, Sequence[Flaw]] = MappingProxyType({}),
) -> list[Record]:
    """Make one record a photo, in the photos' order; None stands for what is not decided or not known.

    Args:
        photos: which ones.
        decisions: by photo.
        clusters: the groups.
        rejects: the likely rejects among the photos, with their flaws.
    """
    cluster_of = {photo_id: cluster for cluster in clusters for photo_id in cluster.photo_ids}
    return [
        _record(photo, decisions.get(photo.id), cluster_of.get(photo.id), rejects.get(photo.id, ()))
        for photo in photos
    ]


def to_json(records: Sequence[Record]) -> bytes:
    """Write ``{"version": 2, "photos": [...]}``, UTF-8. Bytes of file names that are no text are kept escaped."""
    document = {"version": JSON_VERSION, "photos": records}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(errors="backslashreplace")


def to_csv(records: Sequence[Record]) -> bytes:
    """Write a table for spreadsheets: RFC 4180, UTF-8 with the byte order mark Excel needs.

    A text that a spreadsheet would take for a formula gets an apostrophe before it (as OWASP advises against
    CSV injection); the JSON has it as it is.
    """
    terms = list(dict.fromkeys(term for record in records for term in (record["terms"] or {})))
    rows = [_row(record, terms) for record in records]
    columns = [*rows[0]] if rows else [*_row(_record(Photo(PhotoId(""), Path()), None, None, ()), terms)]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig", errors="backslashreplace")


def _record(
    photo: Photo, decision: Decision | None, cluster: Cluster | None, flaws: Sequence[Flaw]
) -> Record:
    score = _score(photo, cluster)
    suggested = cluster is not None and cluster.suggested_pick == photo.id
    return {
        "path": os.fspath(photo.path),
        "companions": [os.fspath(file) for file in photo.companions],
        "taken_at": photo.taken_at.isoformat() if photo.taken_at else None,
        "camera": photo.camera_name or None,
        "flag": decision.flag.value if decision and decision.flag else None,
        "rating": decision.rating if decision else None,
        "label": decision.label.value if decision and decision.label else None,
        "source": decision.source.value if decision and not decision.is_empty else None,
        "decided_at": decision.decided_at.isoformat() if decision and decision.decided_at else None,
        "cluster": cluster.id if cluster else None,
        "cluster_kind": cluster.kind.value if cluster else None,
        "scene": cluster.scene_id if cluster else None,
        "suggested": suggested,
        "margin": cluster.margin if cluster and suggested else None,
        "sureness": cluster.sureness.value if cluster and suggested else None,
        "reasons": [in_words(reason.nameless()) for reason in cluster.reasons]
        if cluster and suggested
        else [],
        "likely_reject": [likely_rejects.in_words(flaw) for flaw in flaws],
        "score": score.total if score else None,
        "terms": {
            term.name: {"value": term.value, "weight": term.weight} for term in (score.terms if score else ())
        },
    }


def _score(photo: Photo, cluster: Cluster | None) -> FrameScore | None:
    scores = cluster.scores if cluster else ()
    return next((score for score in scores if score.photo_id == photo.id), None)


def _row(record: Record, terms: Sequence[str]) -> dict[str, str]:
    """Return a record as a line of text cells; lists are joined, each term has a column of its own."""
    flat = {key: value for key, value in record.items() if key != "terms"}
    flat |= {term: record["terms"].get(term, {}).get("value") for term in terms}
    return {key: _cell(value) for key, value in flat.items()}


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.4f}"
        case int():
            return str(value)
        case list():
            return _harmless("; ".join(map(str, value)))
        case _:
            return _harmless(str(value))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
