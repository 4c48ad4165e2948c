"""Commands that come in families: stars, labels, filters, orders, sizes, and what the large views do."""

from collections.abc import Sequence

from core.language import mark
from core.shoot.criteria import Sort
from core.shoot.shoot import Filter
from core.types import Label
from ui.commands.command import Command, Group, Where

_STARS = (
    (mark("No stars"), mark("Takes all stars off the photo.")),
    (mark("1 star"), mark("Gives the photo 1 star.")),
    (mark("2 stars"), mark("Gives the photo 2 stars.")),
    (mark("3 stars"), mark("Gives the photo 3 stars.")),
    (mark("4 stars"), mark("Gives the photo 4 stars.")),
    (mark("5 stars"), mark("Gives the photo 5 stars.")),
)

# Lightroom has no key for purple either: 0 to 5 are the stars, and there are only ten digits.
_LABELS = (
    (Label.RED, "6", mark("Red label"), mark("Sets the red label, or takes it off again.")),
    (Label.YELLOW, "7", mark("Yellow label"), mark("Sets the yellow label, or takes it off again.")),
    (Label.GREEN, "8", mark("Green label"), mark("Sets the green label, or takes it off again.")),
    (Label.BLUE, "9", mark("Blue label"), mark("Sets the blue label, or takes it off again.")),
    (Label.PURPLE, "", mark("Purple label"), mark("Sets the purple label, or takes it off again.")),
)

_FILTERS = (
    (Filter.ALL, mark("All photos"), mark("Shows every photo.")),
    (Filter.PICKS, mark("Picks"), mark("Shows picked photos only.")),
    (Filter.REJECTS, mark("Rejects"), mark("Shows rejected photos only.")),
    (Filter.UNDECIDED, mark("Undecided"), mark("Shows what is left to decide.")),
    (Filter.GROUPS, mark("Groups"), mark("Shows bursts and brackets only.")),
    (Filter.OPEN, mark("Undecided in groups"), mark("Shows what is left to decide in bursts and brackets.")),
)

_SIZES = (
    ("small", mark("Small photos"), mark("Shows small photos, many at a time.")),
    ("medium", mark("Medium photos"), mark("Shows photos of medium size.")),
    ("large", mark("Large photos"), mark("Shows large photos, few at a time.")),
)

_ORDERS = (
    (Sort.TIME, mark("By time"), mark("Shows photos in the order they were taken.")),
    (Sort.SCORE, mark("Best first"), mark("Shows the frames of each group by score.")),
    (Sort.DOUBT, mark("Doubtful first"), mark("Shows groups first where the suggestion is least sure.")),
)

_JUMPS = (
    ("next_scene", mark("Next scene"), "Ctrl+Down", mark("Goes to the next scene.")),
    (
        "previous_scene",
        mark("Previous scene"),
        "Ctrl+Up",
        mark("Goes to the start of the scene, or to the one before."),
    ),
    ("next_hour", mark("Next hour"), "Ctrl+PgDown", mark("Goes to the next hour of the shoot.")),
    (
        "previous_hour",
        mark("Previous hour"),
        "Ctrl+PgUp",
        mark("Goes to the start of the hour, or to the one before."),
    ),
)


def ratings() -> Sequence[Command]:
    """No stars to five, by their digits."""
    return [
        Command(
            f"rate_{stars}",
            title,
            Group.DECIDE,
            (str(stars),),
            Where.PHOTOS,
            words,
            family=mark("No stars to five"),
        )
        for stars, (title, words) in enumerate(_STARS)
    ]


def labels() -> Sequence[Command]:
    """The colour labels."""
    return [
        Command(
            f"label_{label}",
            title,
            Group.LABELS,
            (key,) if key else (),
            Where.PHOTOS,
            words,
            family=mark("Red, yellow, green, blue"),
        )
        for label, key, title, words in _LABELS
    ]


def filters() -> Sequence[Command]:
    """What is shown, by flag or group."""
    return [
        Command(f"filter_{which}", title, Group.FILTER, (f"Ctrl+{number}",), Where.PHOTOS, words)
        for number, (which, title, words) in enumerate(_FILTERS, start=1)
    ]


def sizes() -> Sequence[Command]:
    """Three sizes of cells."""
    return [
        Command(
            f"cells_{size}",
            title,
            Group.VIEW,
            (f"Ctrl+Alt+{number}",),
            Where.GRID,
            words,
            family=mark("Small, medium, large photos"),
        )
        for number, (size, title, words) in enumerate(_SIZES, start=1)
    ]


def orders() -> Sequence[Command]:
    """In which order photos stand."""
    return [
        Command(
            f"sort_{sort}",
            title,
            Group.ORDER,
            (f"Alt+{number}",),
            Where.PHOTOS,
            words,
            family=mark("By time, best first, doubtful first"),
        )
        for number, (sort, title, words) in enumerate(_ORDERS, start=1)
    ]


def regroupings() -> tuple[Command, ...]:
    """Groups made by hand."""
    rows = (
        (
            "merge_groups",
            mark("Merge groups"),
            "Ctrl+G",
            mark("Makes one group of the selected ones, or of this and the one before."),
        ),
        (
            "split_group",
            mark("Split group"),
            "Ctrl+Shift+G",
            mark("Parts the group before this frame, or takes the selected frames out."),
        ),
        (
            "this_is_a_burst",
            mark("This is a burst"),
            "Ctrl+B",
            mark("Makes one burst of the selected frames, or of this group, of which one is wanted."),
        ),
        (
            "belong_together",
            mark("These belong together"),
            "Ctrl+Shift+B",
            mark("Makes one bracket of the selected frames, or of this group: never culled to one."),
        ),
        (
            "move_to_previous",
            mark("Move to the group before"),
            "Ctrl+Alt+Left",
            mark("Moves the frame, or those selected, to the group before."),
        ),
        (
            "move_to_next",
            mark("Move to the group after"),
            "Ctrl+Alt+Right",
            mark("Moves the frame, or those selected, to the group after."),
        ),
        (
            "group_automatically",
            mark("Group automatically"),
            "Ctrl+Alt+G",
            mark("Gives these groups back to the program's own grouping."),
        ),
    )
    sliders = (
        "grouping",
        mark("Tighter or looser groups…"),
        "Shift+G",
        mark("Two sliders: how readily frames become a burst, and bursts a scene."),
    )
    return tuple(
        Command(name, title, Group.GROUPS, (key,), Where.GRID | Where.LOUPE, sentence)
        for name, title, key, sentence in (sliders, *rows)
    )


def jumps() -> Sequence[Command]:
    """From scene to scene and from hour to hour."""
    return [
        Command(
            name,
            title,
            Group.MOVE,
            (key,),
            Where.GRID,
            words,
            repeats=True,
            family=mark("Next, previous scene") if name.endswith("scene") else mark("Next, previous hour"),
        )
        for name, title, key, words in _JUMPS
    ]


def large() -> Sequence[Command]:
    """What the large views do."""
    rows = (
        ("zoom", mark("Zoom 1:1"), ("Z",), mark("Zooms in to single pixels and out again.")),
        ("zoom_double", mark("Zoom 2:1"), ("Shift+Z",), mark("Shows each pixel twice as large.")),
        ("zoom_closer", mark("Closer"), ("+", "="), mark("Zooms in a step; so does the mouse wheel.")),
        ("zoom_farther", mark("Farther"), ("-",), mark("Zooms out a step.")),
        ("faces", mark("Face boxes"), ("O",), mark("Shows faces and whether eyes are open.")),
        ("info", mark("Info"), ("I",), mark("Shows camera, exposure and size.")),
        ("histogram", mark("Histogram"), ("H",), mark("Shows the histogram of what is seen.")),
        ("clipping", mark("Clipping"), ("J",), mark("Marks blown highlights red and blocked shadows blue.")),
        ("peaking", mark("Focus peaking"), ("K",), mark("Marks edges in focus.")),
    )
    steps = ("zoom_closer", "zoom_farther")
    return (
        *(
            Command(name, title, Group.LOOK, keys, Where.LARGE, sentence, repeats=name in steps)
            for name, title, keys, sentence in rows
        ),
        Command(
            "zoom_hold",
            mark("Zoom while held"),
            Group.LOOK,
            ("Space",),
            Where.LARGE,
            mark("Zooms in as long as the key is held."),
            by_view=True,
        ),
    )


def contest() -> Sequence[Command]:
    """What comparing and surveying do."""
    return (
        Command(
            "challenger_wins",
            mark("Challenger wins"),
            Group.CONTEST,
            ("Up",),
            Where.COMPARE,
            mark("Makes the challenger the champion; the next frame challenges it."),
        ),
        Command(
            "swap_panes",
            mark("Swap the two"),
            Group.CONTEST,
            ("Down",),
            Where.COMPARE,
            mark("Champion and challenger change places."),
        ),
        Command(
            "put_aside",
            mark("Put aside"),
            Group.CONTEST,
            ("/", "Del"),
            Where.SURVEY,
            mark("Takes the frame out of the survey and decides nothing; X rejects it as well."),
        ),
        Command(
            "keep_winners",
            mark("Keep the winner"),
            Group.CONTEST,
            ("Return", "Enter"),
            Where.COMPARE | Where.SURVEY,
            mark("Picks the champion, or the frames left, and rejects the undecided others."),
        ),
        Command(
            "step_challenger",
            mark("Next and previous challenger"),
            Group.CONTEST,
            ("Left", "Right"),
            Where.COMPARE,
            mark("Steps the active frame; the other one stays."),
            by_view=True,
        ),
    )
