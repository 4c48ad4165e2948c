"""First-run hints: one sentence a screen, said once, with the keys as the user has them."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.language import mark, tr
from ui.commands.command import Command, Where
from ui.commands.keymap import key_names


@dataclass(frozen=True, slots=True)
class Hint:
    """Something worth knowing on a screen.

    Attributes:
        where: the screens it is for.
        text: with a command's id in braces where its key goes.
        bursts: whether it is for shoots with bursts, or for those without any; None for both.
    """

    id: str
    where: Where
    text: str
    bursts: bool | None = None


HINTS = (
    Hint(
        "grid",
        Where.GRID,
        mark(
            "{next_undecided} goes to the next stack: a burst, of which Suggested marks the frame to keep; the line "
            "below the photos says why. {accept_suggestion} keeps it, rejects the others and goes on. "
            "{loupe} looks closer. {shortcuts} shows all keys."
        ),
        bursts=True,
    ),
    Hint(
        "alone",
        Where.GRID,
        mark(
            "{pick} keeps the photo, {reject} rejects it, {undo} takes that back. "
            "{loupe} looks closer. {shortcuts} shows all keys."
        ),
        bursts=False,
    ),
    Hint(
        "loupe",
        Where.LOUPE,
        mark(
            "{zoom} zooms to single pixels, or hold {zoom_hold}: the place stays from frame to frame. "
            "“{previous_face}” and “{next_face}” go from face to face. "
            "{choose_instead} takes this frame instead of the suggested one. "
            "{grid} leads back to the grid."
        ),
    ),
    Hint(
        "compare",
        Where.COMPARE,
        mark(
            "Left and right step the challenger, the champion stays; a click on a side makes that one step. "
            "{challenger_wins} makes the challenger the champion. "
            "{keep_winners} picks the champion and rejects the undecided others."
        ),
    ),
    Hint(
        "survey",
        Where.SURVEY,
        mark(
            "{reject} rejects a frame, {put_aside} only puts it aside: either way it makes room. "
            "{zoom} zooms into all of them at the same place. "
            "{keep_winners} picks what is left and rejects the undecided others."
        ),
    ),
    Hint(
        "faces",
        Where.FACES,
        mark(
            "A column is a frame, a row a person, or what is sharpest where there is nobody; "
            "shut eyes have a coloured edge. {look} or a click shows it at single pixels."
        ),
    ),
)


def next_hint(screen: Where, seen: frozenset[str], *, bursts: bool) -> Hint | None:
    """Return the hint to show on a screen; None where all were seen.

    Args:
        screen: what is in front.
        seen: ids of hints that were put away.
        bursts: whether the shoot has any.
    """
    fitting = (hint for hint in HINTS if hint.where & screen and hint.bursts in (None, bursts))
    return next((hint for hint in fitting if hint.id not in seen), None)


def speaks_of(hint: Hint, command: Command) -> bool:
    """Say whether a hint names a command."""
    return f"{{{command.id}}}" in hint.text


def hint_text(hint: Hint, commands: Iterable[Command]) -> str:
    """Return the sentence with today's keys; a command without one is told by its name."""
    return tr(hint.text).format_map({command.id: _key_in_a_sentence(command) for command in commands})


def _key_in_a_sentence(command: Command) -> str:
    """Return the command's key; another one than a sign that would end or part the sentence, where it has another."""
    names = key_names(command)
    readable = (name for name in names if len(name) > 1 or name.isalnum())
    return next(readable, next(iter(names), tr(command.title)))
