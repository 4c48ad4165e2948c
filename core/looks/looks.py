"""The looks of a shoot at one height of their tree, with those the user named."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.looks.tree import LookTree
from core.types import PhotoId


@dataclass(frozen=True, slots=True)
class Look:
    """Frames that look alike.

    Attributes:
        photo_ids: in order of the shoot; at least one where the look has a name, two else.
        cover: the most central of them.
        name: what the user calls it; "" where nothing.
        proposed: the name of most frames that look like these; "" where there is none.
    """

    photo_ids: tuple[PhotoId, ...]
    cover: PhotoId
    name: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a shoot.

    Attributes:
        looks: those with most frames first.
        odd: frames without a name that fit nothing, the oddest first.
    """

    looks: tuple[Look, ...] = ()
    odd: tuple[PhotoId, ...] = ()

    def of(self, photo_id: PhotoId) -> Look | None:
        """Return the look of a frame; None where it has none."""
        return next((look for look in self.looks if photo_id in look.photo_ids), None)


def find_looks(
    tree: LookTree, frames: Sequence[PhotoId], names: Mapping[PhotoId, str], detail: float
) -> Looks:
    """Find the looks at one height.

    What the user named is a look of its own at every height, and no other frame is put into it: the rest of what the
    program takes for the same has that name proposed.

    Args:
        tree: of the frames.
        frames: as the tree counts them, in order of the shoot.
        names: of looks, by frame; frames that the tree does not know are in these looks as well.
        detail: 0 few to 1 many looks.
    """
    cut = tree.cut(detail)
    place = {photo_id: at for at, photo_id in enumerate(frames)}
    members: dict[str, list[PhotoId]] = {}
    for photo_id, name in names.items():
        members.setdefault(name, []).append(photo_id)
    found = [_look(_in_order(each, place), tree, place, name) for name, each in members.items()]
    odd: list[int] = []
    for number, places in _by_number(cut).items():
        rest = [at for at in places if frames[at] not in names]
        if number < 0 or len(rest) == 1:
            odd += rest
        elif rest:
            named = Counter(names[frames[at]] for at in places if frames[at] in names)
            name, count = named.most_common(1)[0] if named else ("", 0)
            proposed = name if 2 * count >= len(places) else ""
            found.append(_look([frames[at] for at in rest], tree, place, "", proposed))
    found.sort(key=lambda look: (-len(look.photo_ids), place.get(look.photo_ids[0], len(place))))
    odd.sort(key=lambda at: (-tree.oddness[at], at))
    return Looks(tuple(found), tuple(frames[at] for at in odd))


def _by_number(cut: np.ndarray[tuple[int, ...], np.dtype[np.int32]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for at, number in enumerate(cut.tolist()):
        found.setdefault(number, []).append(at)
    return found


def _in_order(photo_ids: Sequence[PhotoId], place: Mapping[PhotoId, int]) -> list[PhotoId]:
    return sorted(photo_ids, key=lambda photo_id: place.get(photo_id, len(place)))


def _look(
    photo_ids: Sequence[PhotoId],
    tree: LookTree,
    place: Mapping[PhotoId, int],
    name: str = "",
    proposed: str = "",
) -> Look:
    seen = [at for photo_id in photo_ids if (at := place.get(photo_id)) is not None]
    cover = photo_ids[0]
    if seen:
        short = tree.short[seen]
        nearest = int(np.argmax(short @ short.mean(axis=0)))
        cover = next(photo_id for photo_id in photo_ids if place.get(photo_id) == seen[nearest])
    return Look(tuple(photo_ids), cover, name, proposed)
