"""What a client's choice becomes: a flag, stars or a label, or what a table says itself."""

from dataclasses import replace

from core.review.choice.chosen import ClientsChoice
from core.types import Decision, Flag, Label, Marks, PhotoId

ChoiceBecomes = Flag | int | Label | None
"""A flag, 1 to 5 stars, a label; None for the stars and labels that the client gave."""


def marks_of(choice: ClientsChoice, becomes: ChoiceBecomes) -> dict[PhotoId, Marks]:
    """Return what is decided of each favourite.

    Args:
        choice: what was understood.
        becomes: where it is None, a favourite without stars and label is picked.
    """
    if becomes is None:
        own = {one.photo_id: Marks(rating=one.stars, label=one.label) for one in choice.favourites}
        return {photo_id: Marks(flag=Flag.PICK) if one.is_empty else one for photo_id, one in own.items()}
    return dict.fromkeys((one.photo_id for one in choice.favourites), _as_marks(becomes))


def marked(old: Decision, marks: Marks) -> Decision:
    """Return a decision with a client's marks; what they leave open stays as it is."""
    return replace(
        old,
        flag=old.flag if marks.flag is None else marks.flag,
        accepted=old.accepted if marks.flag is None else None,
        rating=old.rating if marks.rating is None else marks.rating,
        label=old.label if marks.label is None else marks.label,
    )


def has_own_marks(choice: ClientsChoice) -> bool:
    """Tell whether a client gave stars or labels."""
    return any(one.stars or one.label for one in choice.favourites)


def _as_marks(becomes: Flag | int | Label) -> Marks:
    match becomes:
        case Flag():
            return Marks(flag=becomes)
        case Label():
            return Marks(label=becomes)
    return Marks(rating=becomes)
