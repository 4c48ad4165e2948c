"""What the user decides about the open photos: commands, undo and redo. Written down before it is shown."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from core.keyword_names import keyword_name
from core.language import Sentence
from core.review import changes
from core.review.audit.sample import is_programs_reject
from core.review.changes import Acceptance, Change
from core.review.choice.taking import marked
from core.review.group_edits import GroupEdits
from core.review.history import History, Move, same
from core.review.marks import Conflict, find_conflict, with_marks
from core.review.seen import SeenDecisions
from core.review.store import DecisionStore
from core.review.suggestions import acceptance_of, flags_to_accept
from core.types import (
    Accepted,
    Cluster,
    ClusterKind,
    Decision,
    DecisionSource,
    FileMarks,
    Flag,
    Label,
    Marks,
    Photo,
    PhotoId,
)

_MAX_RATING = 5


class Review:
    """The decisions on one shoot, and the commands that change them. For one thread.

    Every command writes to the store first; if that fails it raises ``StoreError`` and nothing has changed.
    Then the shoot takes the decisions in, and at last ``tell`` is called. It returns the change it made, None where
    there was nothing to change. Photos have to be loaded before they are decided on; for others commands raise
    KeyError.

    Attributes:
        groups: the commands that change groups.

    Args:
        store: keeps the decisions.
        sources: the folders and files that are open together; they share one undo journal.
        shoot: holds the decisions as they are seen: with what stands in files.
        tell: takes of which photos the decisions are seen otherwise now, and whether groups are others with them; not
            of those just loaded, of which nothing was shown before.
    """

    def __init__(
        self,
        store: DecisionStore,
        sources: Sequence[Path],
        shoot: SeenDecisions,
        tell: Callable[[Sequence[PhotoId], bool], object] = lambda _photo_ids, _regrouped: None,
    ) -> None:
        self._store = store
        self._shoot = shoot
        self._tell = tell
        self._sources = tuple(sources)
        self._photos: dict[PhotoId, Photo] = {}
        self._kept: dict[PhotoId, Decision] = {}  # as the store has them
        self._marks: dict[PhotoId, Sequence[FileMarks]] = {}
        self._history = History(lambda decision: self._kept.get(decision.photo_id))
        self._has_history = False
        self.groups = GroupEdits(self._photos, self._current, self._place)

    @property
    def decisions(self) -> Mapping[PhotoId, Decision]:
        """The decision on every photo that is loaded; an empty one where nothing was decided."""
        return self._shoot.decisions

    @property
    def kept(self) -> Mapping[PhotoId, Decision]:
        """The user's own decisions on what is loaded, as the store has them: nothing from files is in them."""
        return self._kept

    def load(
        self, photos: Iterable[Photo], kept: Mapping[PhotoId, Decision] | None = None
    ) -> dict[PhotoId, Decision]:
        """Take photos in with what is kept of them; the first time the undo journal as well.

        Args:
            photos: those to take in.
            kept: what is kept of them, where somebody has just read that; None to read it now.

        Returns:
            A decision for each of the photos, an empty one where nothing was decided.

        Raises:
            StoreError: the store cannot be read. A later command on these photos tries again.
        """
        photos = list(photos)
        self._photos.update((photo.id, photo) for photo in photos)
        if not self._has_history and self._sources:
            self._history.restore(self._store.journal(self._sources))
            self._has_history = True
        if kept is None:
            kept = self._store.load_decisions(photos)
        seen = self._as_seen([kept.get(photo.id) or Decision(photo.id) for photo in photos])
        self._shoot.set_decisions(seen)
        return seen

    def take_marks(self, marks: Mapping[PhotoId, Sequence[FileMarks]]) -> dict[PhotoId, Decision]:
        """Show what other programs decided, wherever the user decided nothing here.

        Nothing is kept of it: until the user decides on such a photo, it follows its files.

        Args:
            marks: by photo, the file written last first.

        Returns:
            The decisions that look different now.
        """
        self._marks.update(marks)
        before = self.decisions
        seen = self._as_seen([self._kept[photo_id] for photo_id in marks if photo_id in self._kept])
        taken = {photo_id: decision for photo_id, decision in seen.items() if decision != before[photo_id]}
        self._show(taken)
        return taken

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the photos on which a file written after the user's decision says something else."""
        return tuple(self._conflicts_of(self._marks))

    def keep_ours(self, photo_ids: Collection[PhotoId]) -> None:
        """Hold on to the decisions made here: they are the newer ones from now on, whatever a file's clock says."""
        now = datetime.now(UTC)
        confirmed = [
            replace(self._kept[conflict.ours.photo_id], decided_at=max(now, conflict.source.changed_at))
            for conflict in self._conflicts_of(photo_ids)
        ]
        self._store.confirm(self._photos_of(confirmed), confirmed)
        self._show(self._as_seen(confirmed))

    def take_theirs(self, photo_ids: Collection[PhotoId]) -> Change | None:
        """Decide as the files say."""
        theirs = {conflict.ours.photo_id: conflict.theirs for conflict in self._conflicts_of(photo_ids)}
        return self._change(theirs, lambda decision: theirs[decision.photo_id], changes.from_files_title)

    def set_flag(self, photo_ids: Collection[PhotoId], flag: Flag) -> Change | None:
        """Pick, reject or unflag photos."""
        return self._change(
            photo_ids,
            lambda decision: replace(decision, flag=flag, accepted=None),
            lambda photos: changes.flag_title(photos, flag),
        )

    def set_rating(self, photo_ids: Collection[PhotoId], rating: int) -> Change | None:
        """Give photos 0 to 5 stars. Raises ValueError for any other number."""
        if not 0 <= rating <= _MAX_RATING:
            raise ValueError(f"a rating is 0 to {_MAX_RATING} stars, not {rating}")
        return self._change(
            photo_ids,
            lambda decision: replace(decision, rating=rating),
            lambda photos: changes.rating_title(photos, rating),
        )

    def set_label(self, photo_ids: Collection[PhotoId], label: Label, toggle: bool = True) -> Change | None:
        """Label photos; if it toggles and all of them have that label already, remove it."""
        everyone_has_it = toggle and all(decision.label is label for decision in self._current(photo_ids))
        new = Label.NONE if everyone_has_it else label
        return self._change(
            photo_ids,
            lambda decision: replace(decision, label=new),
            lambda photos: changes.label_title(photos, new),
        )

    def accept(self, cluster: Cluster) -> Change | None:
        """Follow the suggestion for a burst: pick its frame and reject those still undecided.

        A frame that could not be judged stays as it is: there is nothing to say against it. Frames the user
        picked or rejected stay so. Where the user rejected the suggested frame itself there is nothing to
        accept: a burst is never left with all its frames rejected.
        """
        return self._accept([cluster], changes.accept_title(len(cluster.photo_ids)), Accepted.ONE)

    def accept_all(self, clusters: Sequence[Cluster]) -> Change | None:
        """Follow the suggestions for several bursts as ``accept`` does for one, in one change."""
        title = changes.accept_all_title(self.accepting(clusters).bursts)
        return self._accept(clusters, title, Accepted.MANY)

    def accepting(self, clusters: Sequence[Cluster]) -> Acceptance:
        """Return what ``accept_all`` would do, in numbers."""
        return acceptance_of([self._current(cluster.photo_ids) for cluster in clusters], clusters)

    def choose(self, cluster: Cluster, photo_id: PhotoId) -> Change | None:
        """Override the suggestion: pick this frame and reject the others of its burst that can be looked at.

        Frames the user picked otherwise than by accepting the suggestion stay picked. A bracket belongs
        together: of it the frame is picked, and nothing is rejected.
        """
        if cluster.kind is not ClusterKind.BURST:
            return self.set_flag([photo_id], Flag.PICK)
        losers = [other for other in cluster.photo_ids if other != photo_id]
        return self._keep([photo_id], losers, changes.choose_title(self._photos[photo_id]))

    def keep(self, winners: Sequence[PhotoId], losers: Sequence[PhotoId]) -> Change | None:
        """End a comparison: pick the winners and reject the losers, except those the user picked before.

        Args:
            winners: one or more.
            losers: the frames they were compared with; those that could not be looked at stay as they are.
        """
        return self._keep(winners, losers, changes.keep_title([self._photos[winner] for winner in winners]))

    def take_choice(self, chosen: Mapping[PhotoId, Marks]) -> Change | None:
        """Decide as a client chose; what its marks leave open stays as it is."""
        return self._change(
            chosen, lambda old: marked(old, chosen[old.photo_id]), changes.choice_of_client_title
        )

    def take_back(self, photo_ids: Collection[PhotoId]) -> Change | None:
        """Unflag what the program alone rejected; what the user rejected by hand stays so."""
        doubtful = [d.photo_id for d in self._current(photo_ids) if is_programs_reject(d)]
        return self._change(
            doubtful,
            lambda decision: replace(decision, flag=Flag.UNFLAGGED, accepted=None),
            changes.take_back_title,
        )

    def name_look(self, photo_ids: Collection[PhotoId], name: str) -> Change | None:
        """Give what photos look like a name, in the place of any they had; "" takes it away.

        Photos of one name are one look: so a look is named, merged with another (by its name) and split (by another
        name for some of it) in the same way.
        """
        look = keyword_name(name) or None
        return self._write(
            photo_ids,
            lambda old: replace(self._kept[old.photo_id], look=look),
            lambda photos: changes.look_title(photos, look or ""),
        )

    def undo(self) -> Change | None:
        """Take the latest change back. Returns what that changed, None where there is nothing to undo."""
        move = self._history.next_undo()
        return self._take(move, undone=True) if move else None

    def redo(self) -> Change | None:
        """Make the change undone last again. Returns it, None where there is nothing to redo."""
        move = self._history.next_redo()
        return self._take(move, undone=False) if move else None

    @property
    def undo_title(self) -> str:
        """What ``undo`` would take back, "" for nothing."""
        move = self._history.next_undo()
        return move.change.title if move else ""

    @property
    def redo_title(self) -> str:
        """What ``redo`` would make again, "" for nothing."""
        move = self._history.next_redo()
        return move.change.title if move else ""

    def _current(self, photo_ids: Iterable[PhotoId]) -> list[Decision]:
        """Return the decisions on photos; read once more where reading them failed before."""
        photo_ids = list(photo_ids)
        unread = [self._photos[photo_id] for photo_id in photo_ids if photo_id not in self._kept]
        if unread:
            self._show(self.load(unread))
        return [self.decisions[photo_id] for photo_id in photo_ids]

    def _keep(self, winners: Sequence[PhotoId], losers: Sequence[PhotoId], title: Sentence) -> Change | None:
        unseen = self._shoot.unseen()
        flags = {loser: Flag.REJECT for loser in losers if loser not in unseen and not self._is_picked(loser)}
        flags.update(dict.fromkeys(winners, Flag.PICK))
        return self._flag_each(flags, title, None)

    def _conflicts_of(self, photo_ids: Iterable[PhotoId]) -> Iterator[Conflict]:
        for photo_id in photo_ids:
            decision = self.decisions.get(photo_id)
            if decision is not None and (conflict := find_conflict(decision, self._marks.get(photo_id, ()))):
                yield conflict

    def _accept(self, clusters: Iterable[Cluster], title: Sentence, accepted: Accepted) -> Change | None:
        flags: dict[PhotoId, Flag] = {}
        for cluster in clusters:
            flags.update(self._flags_to_accept(cluster))
        return self._flag_each(flags, title, accepted)

    def _flags_to_accept(self, cluster: Cluster) -> dict[PhotoId, Flag]:
        return flags_to_accept(cluster, self._current(cluster.photo_ids))

    def _is_picked(self, photo_id: PhotoId) -> bool:
        """Tell whether somebody picked this very photo: choosing another frame takes an accepted suggestion back."""
        decision = self._current([photo_id])[0]
        return decision.flag is Flag.PICK and not decision.is_programs

    def _flag_each(
        self, flags: Mapping[PhotoId, Flag], title: Sentence, accepted: Accepted | None
    ) -> Change | None:
        return self._change(
            flags,
            lambda decision: replace(decision, flag=flags[decision.photo_id], accepted=accepted),
            lambda _: title,
        )

    def _change(
        self,
        photo_ids: Collection[PhotoId],
        decide: Callable[[Decision], Decision],
        title: Callable[[Sequence[Photo]], Sentence],
    ) -> Change | None:
        """Decide anew on each photo, in one change; those that stay as they are take no part in it."""
        now = datetime.now(UTC)
        return self._write(
            photo_ids,
            lambda old: replace(
                decide(old.without_cameras_stars).without_cameras_stars,
                source=DecisionSource.USER,
                decided_at=now,
            ),
            title,
        )

    def _place(self, names: Mapping[PhotoId, str | None], title: Sentence) -> Change | None:
        """Put photos into groups; what was decided about them stays, and so does when and by whom."""
        return self._write(
            names, lambda old: replace(self._kept[old.photo_id], group=names[old.photo_id]), lambda _: title
        )

    def _write(
        self,
        photo_ids: Iterable[PhotoId],
        decide: Callable[[Decision], Decision],
        title: Callable[[Sequence[Photo]], Sentence],
    ) -> Change | None:
        seen = self._current(dict.fromkeys(photo_ids))
        pairs = [(self._kept[old.photo_id], decide(old)) for old in seen]
        pairs = [(old, new) for old, new in pairs if not same(old, new)]
        if not pairs:
            return None
        before, after = zip(*pairs, strict=True)
        photos = self._photos_of(after)
        words = title(photos)
        change = Change(str(words), before, after)
        entry = self._store.record(self._sources, words, photos, change.before, change.after)
        self._history.add(entry, change)
        return self._show_change(change)

    def _take(self, move: Move, undone: bool) -> Change:
        change = move.change
        write = self._store.undo if undone else self._store.redo
        write(move.entry, self._photos_of(change.after), change.after)
        self._history.set_undone(move.entry, undone)
        return self._show_change(change)

    def _photos_of(self, decisions: Iterable[Decision]) -> list[Photo]:
        return [self._photos[decision.photo_id] for decision in decisions]

    def _show_change(self, change: Change) -> Change:
        """Show a change that is written; return it with what is seen after it."""
        seen = self._as_seen(change.after)
        self._show(seen)
        return replace(change, after=tuple(seen.values()))

    def _as_seen(self, kept: Iterable[Decision]) -> dict[PhotoId, Decision]:
        """Note decisions as the store has them; return them as they are seen, in the same order."""
        kept = tuple(kept)
        self._kept.update((decision.photo_id, decision) for decision in kept)
        return {one.photo_id: with_marks(one, self._marks.get(one.photo_id, ())) for one in kept}

    def _show(self, seen: Mapping[PhotoId, Decision]) -> None:
        """Show decisions: the one way from the disk to the screen."""
        if seen:
            regrouped = self._shoot.set_decisions(seen)
            self._tell(tuple(seen), regrouped)
