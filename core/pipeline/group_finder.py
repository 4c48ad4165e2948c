"""Groups and ranks a shoot, again and again while it is analysed, and not at all where nothing changed since."""

import logging
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import fields, replace
from enum import Enum
from hashlib import blake2b

from core.cancelling import cancellable
from core.errors import StoreError
from core.grouping.amended import FoundGroups, with_newcomers
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper, Grouping
from core.grouping.identities import with_people
from core.persistence.facts_cache import FACTS_VERSION
from core.persistence.group_documents import KeptGroups, NamedFace
from core.persistence.made_by import MadeBy
from core.pipeline.context import RunContext
from core.pipeline.events import ClustersUpdated, GrouperReady, PeopleFound, PhotosAnalyzed
from core.ranking.group_ranker import Basis, GroupRanker
from core.types import Analysis, ClockSettings, EyeState, Face, Photo, PhotoId

_log = logging.getLogger(__name__)

GROUPING_VERSION = 10
"""Raised whenever grouping, ranking or telling people apart changes, so that shoots are grouped again."""

# What others decided of a photo, and what it shares with copies of itself, makes no groups.
_OF_PHOTO = tuple(each.name for each in fields(Photo) if each.name not in {"marks", "content"})

_MOST_PREPARED = 20_000  # photos for which what sliders may ask is compared beforehand: a few seconds


class Recalled(Enum):
    """How much of the groups is there from an earlier run."""

    NOTHING = "nothing"
    SOME = "some"  # of the photos that were there then
    ALL = "all"


class GroupFinder:
    """The groups of one run.

    Args:
        context: of the run.
        photos: of the shoot, in order.
        clocks: as the user set them.
        made_by: what makes the analyses; None where the models cannot tell: then nothing is recalled or kept.
    """

    def __init__(
        self, context: RunContext, photos: Sequence[Photo], clocks: ClockSettings, made_by: MadeBy | None
    ) -> None:
        self._photos = photos
        self._order = [photo.id for photo in photos]
        self._clocks = clocks
        self._settings = context.settings
        self._made_by = made_by
        self._measures = context.parts.measures
        self._cache = context.parts.measures.groups
        self._emit = context.emit
        self._id = context.run_id
        self._cancelled = context.cancelled
        self._alignments: Alignments | None = None
        self._kept_alignments = 0
        self._ranker = GroupRanker()
        self._recalled: KeptGroups | None = None  # of which only summaries of the measures are there yet
        self._grouper: Grouper | None = None
        self._result: KeptGroups | None = None

    def recall(self, analyses: Mapping[PhotoId, Analysis]) -> Recalled:
        """Show analyses and groups as an earlier run left them, as far as those photos are the same.

        Args:
            analyses: all that are kept; summaries will do.
        """
        if self._made_by is None or not analyses:
            return Recalled.NOTHING
        kept = self._cache.groups(self._digest(analyses))
        if kept is None:
            return Recalled.NOTHING
        named = _with_names(analyses, kept)
        groups, recalled = Grouping(kept.clusters, kept.scenes), Recalled.ALL
        if kept.photos != tuple(self._order):
            groups, recalled = with_newcomers(groups, self._order), Recalled.SOME
        self._recalled = replace(kept, clusters=groups.clusters)
        found = FoundGroups(groups, self._order, dict(kept.copies))
        self._ranker.remember(groups.clusters, found, self._basis(named))
        self._emit(PhotosAnalyzed(self._id, tuple(named.values())))
        self._emit(
            ClustersUpdated(
                self._id, groups.clusters, groups.scenes, None, kept.copies, kept.clocks, self._ranker
            )
        )
        return recalled

    def find(self, analyses: Mapping[PhotoId, Analysis], pending: Collection[PhotoId]) -> None:
        """Tell people apart, group and rank: all that is known by now.

        Args:
            analyses: complete ones, as many as there are. Without any it is a matter of a moment, and is done even
                when the run was cancelled: groups by time are better than none.
            pending: photos that are still going to be measured.

        Raises:
            Stopped: the run was cancelled; the groups are as they were.
        """
        with cancellable(self._cancelled) if analyses else nullcontext():
            self._find(analyses, pending)

    def _find(self, analyses: Mapping[PhotoId, Analysis], pending: Collection[PhotoId]) -> None:
        done = not pending
        people: Mapping[PhotoId, Analysis] = {}
        if self._settings.identity:
            people = with_people(analyses)
            self._emit(PeopleFound(self._id, tuple(people.values())))
            analyses = {**analyses, **people}
        grouper = self._group(analyses)
        caught_up = tuple(analyses.values()) if self._catch_up(grouper, analyses) else ()
        basis = self._basis(analyses, pending)
        grouping = self._ranker.group(grouper, self._settings.grouping, basis)
        clusters = grouping.clusters
        copies = tuple(grouper.copies().items()) if done else ()
        clocks = grouper.clock_offsets(self._clocks) if done else ()
        self._emit(
            ClustersUpdated(
                self._id, clusters, grouping.scenes, grouper, copies, clocks, self._ranker, caught_up
            )
        )
        self._grouper = grouper
        if done:
            faces = {photo_id: tuple(map(_name_of, each.faces)) for photo_id, each in people.items()}
            self._result = KeptGroups(tuple(self._order), clusters, grouping.scenes, copies, clocks, faces)

    def keep(self, analysed: Mapping[PhotoId, Analysis]) -> None:
        """Put what was found on disk, for the next opening.

        Where that fails the next opening groups anew, which is no reason to stop this one.

        Args:
            analysed: those whose measures are kept.
        """
        if self._made_by is None:
            return
        try:
            if self._alignments is not None:
                fresh = self._alignments.since(self._kept_alignments)
                self._cache.put_alignments(fresh, self._photos, self._made_by.measures)
                self._kept_alignments += len(fresh)
            if self._result is not None and self._may_be_kept(self._result):
                self._cache.put_groups(self._digest(analysed), self._result)
                self._result = None
        except StoreError as error:
            _log.warning("the groups are not kept: %s", error)

    def _may_be_kept(self, result: KeptGroups) -> bool:
        """Tell whether nothing of people is in it that was to be forgotten meanwhile."""
        return not result.people or self._measures.remembers_people

    def prepare(self, analyses: Mapping[PhotoId, Analysis]) -> None:
        """Make ready for sliders and for groups made by hand, and compare beforehand what those may ask for.

        Args:
            analyses: complete ones of the whole shoot.

        Raises:
            Stopped: the run was cancelled.
        """
        with cancellable(self._cancelled):
            if self._grouper is None:
                if self._recalled is not None:
                    analyses = _with_names(analyses, self._recalled)
                self._grouper = self._group(analyses)
                self._catch_up(self._grouper, analyses)
                self._emit(GrouperReady(self._id, self._grouper, tuple(analyses.values())))
            if len(self._photos) <= _MOST_PREPARED:
                self._grouper.prepare()

    def _group(self, analyses: Mapping[PhotoId, Analysis]) -> Grouper:
        """Group analyses; damaged pictures by their time: half a frame in grey would pass for a step of a bracket."""
        if self._alignments is None:
            self._alignments = self._known_alignments()
            self._kept_alignments = len(self._alignments)
        sound = {photo_id: each for photo_id, each in analyses.items() if not each.damaged}
        return Grouper(self._photos, sound, self._alignments)

    def _known_alignments(self) -> Alignments:
        made_by, cache = self._made_by, self._measures
        if made_by is None:
            return Alignments()
        photos = {photo.id: photo for photo in self._photos}
        known = self._cache.alignments(self._photos, made_by.measures)
        return Alignments(known, lambda photo_id: cache.layout(photos[photo_id], made_by))

    def _catch_up(self, grouper: Grouper, analyses: Mapping[PhotoId, Analysis]) -> bool:
        """Note that recalled groups were ranked by complete measures; return whether there were any to note."""
        recalled, self._recalled = self._recalled, None
        if recalled is None:
            return False
        self._ranker.remember(recalled.clusters, grouper, self._basis(_with_names(analyses, recalled)))
        return True

    def _basis(self, analyses: Mapping[PhotoId, Analysis], pending: Collection[PhotoId] = ()) -> Basis:
        return Basis(analyses, self._settings.weights, pending)

    def _digest(self, analysed: Mapping[PhotoId, Analysis]) -> bytes:
        """Return a digest of all that groups depend on: the photos that are measured, settings and code.

        Photos that cannot be measured are only grouped by their time, and a shoot to which some came is still known.
        """
        versions = FACTS_VERSION, GROUPING_VERSION, self._made_by
        settings = self._settings, sorted(self._clocks.items())
        digest = blake2b(repr((versions, settings)).encode(), digest_size=16)
        for photo in self._photos:
            analysis = analysed.get(photo.id)
            if analysis is not None:
                known = tuple(getattr(photo, name) for name in _OF_PHOTO)
                # It names another file where there is a RAW.
                digest.update(repr((known, analysis.stand_in) if analysis.damage else known).encode())
        return digest.digest()


def _eyes(face: Face) -> tuple[EyeState, EyeState, EyeState]:
    return face.eyes, face.right_eye, face.left_eye


def _name_of(face: Face) -> NamedFace:
    return face.identity, *_eyes(face)


def _with_names(analyses: Mapping[PhotoId, Analysis], kept: KeptGroups) -> dict[PhotoId, Analysis]:
    """Return analyses with their people as they were told apart before."""
    return {photo_id: _named(each, kept.people.get(photo_id)) for photo_id, each in analyses.items()}


def _named(analysis: Analysis, names: Sequence[NamedFace] | None) -> Analysis:
    """Return an analysis with its people as they were told apart before."""
    if names is None or len(names) != len(analysis.faces):
        return analysis
    faces = tuple(
        [face.told(*name, face.signature) for face, name in zip(analysis.faces, names, strict=True)]
    )
    return replace(analysis, faces=faces)
