"""What ``shortlist cull`` says of a shoot: in a few lines for people, in one JSON document for scripts."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from core.ranking.argument_words import loss_words
from core.ranking.arguments import Arguing, burst_of
from core.ranking.best_of import Proposed
from core.review.audit.bound import bound_of, in_words
from core.review.forgotten import Forgotten
from core.shoot.shoot import Shoot
from core.types import Audit, ClusterKind, PhotoId, Sureness

_LISTED = 5  # of each kind of what has no keeper, on a terminal; the document has all
_CANDIDATES = 3  # named on a line


@dataclass(frozen=True, slots=True)
class CullReport:
    """All that is to be said.

    Attributes:
        shoot: read and ranked.
        forgotten: who and what has no keeper.
        kept_audit: the sample that the user looked through in the window; None where there is none.
        audit: the sample asked for; None where none was.
        best: the proposal asked for; None where none was.
    """

    shoot: Shoot
    forgotten: Forgotten
    kept_audit: Audit | None = None
    audit: Audit | None = None
    best: tuple[Proposed, ...] | None = None

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield the rows of the summary: what is counted, and how many."""
        for name, count in self._counts():
            yield name, str(count)
        if (finished := self.shoot.finished) is not None:
            yield "seconds", f"{finished.seconds:.1f}"
            yield "analysed now", str(finished.computed)

    def lines(self) -> Iterator[str]:
        """Yield what stands below the summary, a sentence or a photo a line."""
        yield from self._forgotten_lines()
        if self.kept_audit is not None and self.kept_audit.answers:
            yield f"audited on {self.kept_audit.drawn_at:%Y-%m-%d}: {in_words(bound_of(self.kept_audit))}."
        if self.audit is not None:
            yield from self._audit_lines(self.audit)
        for number, one in enumerate(self.best or (), 1):
            yield f"{number}: {self._path(one.photo_id)} ({', '.join(_adds(one))})"

    def document(self) -> str:
        """Return the whole as JSON; paths that are no text have their bytes escaped."""
        shoot, found = self.shoot, self.forgotten
        whole: dict[str, Any] = {
            "summary": dict(self._counts()),
            "failures": [{"path": str(each.path), "reason": each.reason} for each in shoot.failures],
            "likely_rejects": self._paths(shoot.likely_rejects()),
            "without_keeper": {
                "people": [
                    {"person": one.identity, "frames": one.seen_in, "candidates": self._paths(one.candidates)}
                    for one in found.people
                ],
                "scenes": [
                    {"scene": one.scene_id, "frames": one.frames, "candidates": self._paths(one.candidates)}
                    for one in found.scenes
                ],
                "hours": [
                    {
                        "from": one.starts_at.isoformat(),
                        "to": one.ends_at.isoformat(),
                        "frames": one.frames,
                        "candidates": self._paths(one.candidates),
                    }
                    for one in found.hours
                ],
            },
        }
        if self.kept_audit is not None:
            whole["last_audit"] = _proved(self.kept_audit)
        if self.audit is not None:
            drawn = [self._drawn(one) for one in self.audit.drawn]
            whole["audit"] = {"seed": self.audit.seed, "rejects": len(self.audit.rejects), "sample": drawn}
        if self.best is not None:
            whole["best"] = [
                {
                    "path": self._path(one.photo_id),
                    "adds": [adds.value for adds in one.adds],
                    "scene": one.scene_id,
                    "new_people": list(one.people),
                    "worth": round(one.worth, 3),
                }
                for one in self.best
            ]
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        return text.encode(errors="backslashreplace").decode()

    def _counts(self) -> list[tuple[str, int]]:
        shoot, tally = self.shoot, self.shoot.tally
        return [
            ("photos", tally.photos()),
            ("films among them", sum(photo.is_film for photo in shoot.photos.values())),
            ("scenes", len(shoot.scenes)),
            ("bursts", tally.kinds[ClusterKind.BURST]),
            ("brackets", tally.kinds[ClusterKind.BRACKET]),
            ("single frames", tally.kinds[ClusterKind.SINGLE]),
            ("photos with faces", sum(bool(analysis.faces) for analysis in shoot.analyses.values())),
            *((f"suggestions: {word}", count) for word, count in _sureness(shoot)),
            ("likely rejects", len(shoot.likely_rejects())),
            ("people without a keeper", len(self.forgotten.people)),
            ("scenes without a keeper", len(self.forgotten.scenes)),
            ("hours without a keeper", len(self.forgotten.hours)),
            ("files that failed", len(shoot.failures)),
            *((f"left out: {reason}", count) for reason, count in shoot.skipped),
        ]

    def _forgotten_lines(self) -> Iterator[str]:
        found = self.forgotten
        people = [(f"a person in {one.seen_in} frames", one.candidates) for one in found.people]
        scenes = [(f"a scene of {one.frames} frames", one.candidates) for one in found.scenes]
        hours = [
            (f"{one.starts_at:%Y-%m-%d %H:%M} to {one.ends_at:%H:%M}, {one.frames} frames", one.candidates)
            for one in found.hours
        ]
        for what in (people, scenes, hours):
            for words, candidates in what[:_LISTED]:
                yield f"no keeper: {words}; best: {', '.join(self._names(candidates[:_CANDIDATES]))}"
            if len(what) > _LISTED:
                yield f"no keeper: {len(what) - _LISTED} more of these; --json lists all"

    def _audit_lines(self, audit: Audit) -> Iterator[str]:
        count, whole = len(audit.drawn), len(audit.rejects)
        yield f"{count} of the {whole} frames that the program alone rejects (--seed {audit.seed}):"
        for photo_id in audit.drawn:
            drawn = self._drawn(photo_id)
            words = (
                f"{drawn['sureness']}; kept: {', '.join(self._names(self.shoot.keepers_beside(photo_id)))}"
            )
            if why := drawn["why"]:
                words += f"; {why[0].lower()}{why[1:]}"
            yield f"{drawn['path']} ({words})"

    def _drawn(self, photo_id: PhotoId) -> dict[str, Any]:
        """Say of one reject what was kept in its place, and why."""
        cluster = self.shoot.cluster_of(photo_id)
        kept = self.shoot.keepers_beside(photo_id)
        argument = None
        if kept and cluster.judged.issuperset((photo_id, kept[0])):
            burst = burst_of(cluster, self.shoot.analyses, self.shoot.copies)
            argument = Arguing(cluster.scores, burst).between(photo_id, kept[0])
        return {
            "path": self._path(photo_id),
            "kept": self._paths(kept),
            "sureness": cluster.sureness.value,
            "loses": round(-argument.points, 4) if argument else None,
            "lost_most_by": argument.decided[0].term.value if argument and argument.decided else None,
            "why": loss_words(argument) if argument else None,
        }

    def _path(self, photo_id: PhotoId) -> str:
        return os.fspath(self.shoot.photos[photo_id].path)

    def _paths(self, photo_ids: Iterable[PhotoId]) -> list[str]:
        return [self._path(photo_id) for photo_id in photo_ids]

    def _names(self, photo_ids: Iterable[PhotoId]) -> list[str]:
        return [self.shoot.photos[photo_id].path.name for photo_id in photo_ids]


def _proved(audit: Audit) -> dict[str, Any]:
    bound = bound_of(audit)
    return {
        "drawn_at": audit.drawn_at.isoformat(),
        "seed": audit.seed,
        "rejects": bound.rejects,
        "looked_at": bound.looked_at,
        "keepers": bound.keepers,
        "at_most": bound.most,
        "words": in_words(bound),
    }


def _adds(one: Proposed) -> Iterator[str]:
    words = {"yours": "yours", "scene": "a new scene", "kind": "another kind of picture", "good": "good"}
    for adds in one.adds:
        yield words.get(adds.value) or (
            "a new person" if len(one.people) == 1 else f"{len(one.people)} new people"
        )


def _sureness(shoot: Shoot) -> list[tuple[str, int]]:
    """Count how many suggestions there are of each sureness."""
    counts = Counter(cluster.sureness for cluster in shoot.clusters.values() if cluster.suggested_pick)
    return [(sureness.value, counts[sureness]) for sureness in Sureness]
