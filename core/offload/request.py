"""What copying from cards was asked for, and the plan for it: the same for the window and the command line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.cancelling import Cancelled, never
from core.errors import PhotoError
from core.export.metadata_template import MetadataTemplate
from core.naming.facts import KnownOfShoot
from core.naming.names import Naming
from core.offload.cards import Card, CardFrame, read_card
from core.offload.names import FrameNaming, as_on_card, by_template
from core.offload.plan import OffloadPlan, ToCopy, plan_offload
from core.types import Photo


@dataclass(frozen=True, slots=True)
class OffloadRequest:
    """What the user asked for.

    Attributes:
        cards: folders, in the order in which they are copied.
        targets: one folder or two; absolute.
        which: of the frames.
        naming: how copies are to be named; None to keep the camera's names.
        together: read all cards at the same time.
        metadata: what is written beside the copies once they are there; None for nothing.
    """

    cards: tuple[Path, ...]
    targets: tuple[Path, ...]
    which: ToCopy = ToCopy.ALL
    naming: Naming | None = None
    together: bool = False
    metadata: MetadataTemplate | None = None


def shoot_title(cards: Iterable[Path]) -> str:
    """Return what ``{shoot}`` stands for where the user says nothing else: the names of the cards."""
    return ", ".join(card.name for card in cards)


@dataclass(frozen=True, slots=True)
class OffloadPreview:
    """A plan, and what it was made of.

    Attributes:
        problems: what on the cards could not be looked at.
    """

    plan: OffloadPlan
    problems: tuple[PhotoError, ...] = ()


def preview_offload(
    request: OffloadRequest,
    photos: Sequence[Photo],
    known: KnownOfShoot,
    cancelled: Cancelled = never,
) -> OffloadPreview:
    """Look at the cards and the targets, and plan; nothing is written.

    Args:
        request: what the user asked for.
        photos: what the pipeline found on the cards, in the order of the shoot.
        known: what is decided and known of them.
        cancelled: asked all the time; once true, the plan is not whole.

    Raises:
        OffloadError: a card and a target lie in each other, or the list of checksums of a target cannot be read.
    """
    cards = [read_card(card, photos, cancelled) for card in request.cards]
    naming: FrameNaming = as_on_card
    if request.naming is not None:
        naming = by_template(request.naming, _in_order(cards, photos), known)
    plan = plan_offload(cards, request.targets, known.decisions, request.which, naming, cancelled)
    return OffloadPreview(plan, tuple(problem for card in cards for problem in card.problems))


def _in_order(cards: Iterable[Card], photos: Sequence[Photo]) -> list[CardFrame]:
    """Return the frames of all cards in the order of the shoot, whichever card they are on; films come last."""
    places = {photo.id: at for at, photo in enumerate(photos)}
    frames = [frame for card in cards for frame in card.frames]
    return sorted(
        frames, key=lambda frame: places[frame.photo.id] if frame.photo is not None else len(places)
    )
