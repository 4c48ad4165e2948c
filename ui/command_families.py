"""Commands that come in families: stars, labels, filters, orders, sizes, and what the large views do."""

from collections.abc import Sequence

from core.pipeline.criteria import Sort
from core.pipeline.shoot import Filter
from core.types import Label
from ui.command import Command, Group, Where

_STARS = (
    ("No stars", "Takes all stars off the photo."),
    ("1 star", "Gives the photo 1 star."),
    ("2 stars", "Gives the photo 2 stars."),
    ("3 stars", "Gives the photo 3 stars."),
    ("4 stars", "Gives the photo 4 stars."),
    ("5 stars", "Gives the photo 5 stars."),
)

# Lightroom has no key for purple either: 0 to 5 are the stars, and there are only ten digits.
_LABELS = (
    (Label.RED, "6", "Red label", "Sets the red label, or takes it off again."),
    (Label.YELLOW, "7", "Yellow label", "Sets the yellow label, or takes it off again."),
    (Label.GREEN, "8", "Green label", "Sets the green label, or takes it off again."),
    (Label.BLUE, "9", "Blue label", "Sets the blue label, or takes it off again."),
    (Label.PURPLE, "", "Purple label", "Sets the purple label, or takes it off again."),
)

_FILTERS = (
    (Filter.ALL, "All photos", "Shows every photo."),
    (Filter.PICKS, "Picks", "Shows picked photos only."),
    (Filter.REJECTS, "Rejects", "Shows rejected photos only."),
    (Filter.UNDECIDED, "Undecided", "Shows what is left to decide."),
    (Filter.GROUPS, "Groups", "Shows bursts and brackets only."),
    (Filter.OPEN, "Undecided in groups", "Shows what is left to decide in bursts and brackets."),
)

_SIZES = (
    ("small", "Small photos", "Shows small photos, many at a time."),
    ("medium", "Medium photos", "Shows photos of medium size."),
    ("large", "Large photos", "Shows large photos, few at a time."),
)

_ORDERS = (
    (Sort.TIME, "By time", "Shows photos in the order they were taken."),
    (Sort.SCORE, "Best first", "Shows the frames of each group by score."),
    (Sort.DOUBT, "Doubtful first", "Shows groups first where the suggestion is least sure."),
)

_JUMPS = (
    ("next_scene", "Next scene", "Ctrl+Down", "Goes to the next scene."),
    ("previous_scene", "Previous scene", "Ctrl+Up", "Goes to the start of the scene, or to the one before."),
    ("next_hour", "Next hour", "Ctrl+PgDown", "Goes to the next hour of the shoot."),
    ("previous_hour", "Previous hour", "Ctrl+PgUp", "Goes to the start of the hour, or to the one before."),
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
            family="No stars to five",
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
            family="Red, yellow, green, blue",
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
            family="Small, medium, large photos",
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
            family="By time, best first, doubtful first",
        )
        for number, (sort, title, words) in enumerate(_ORDERS, start=1)
    ]


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
            family="Next, previous scene" if name.endswith("scene") else "Next, previous hour",
        )
        for name, title, key, words in _JUMPS
    ]


def large() -> Sequence[Command]:
    """What the large views do."""
    rows = (
        ("zoom", "Zoom 1:1", ("Z",), "Zooms in to single pixels and out again."),
        ("zoom_double", "Zoom 2:1", ("Shift+Z",), "Shows each pixel twice as large."),
        ("zoom_closer", "Closer", ("+", "="), "Zooms in a step; so does the mouse wheel."),
        ("zoom_farther", "Farther", ("-",), "Zooms out a step."),
        ("faces", "Face boxes", ("O",), "Shows faces and whether eyes are open."),
        ("info", "Info", ("I",), "Shows camera, exposure and size."),
        ("histogram", "Histogram", ("H",), "Shows the histogram of what is seen."),
        ("clipping", "Clipping", ("J",), "Marks blown highlights red and blocked shadows blue."),
        ("peaking", "Focus peaking", ("K",), "Marks edges in focus."),
    )
    steps = ("zoom_closer", "zoom_farther")
    return (
        *(
            Command(name, title, Group.LOOK, keys, Where.LARGE, sentence, repeats=name in steps)
            for name, title, keys, sentence in rows
        ),
        Command(
            "zoom_hold",
            "Zoom while held",
            Group.LOOK,
            ("Space",),
            Where.LARGE,
            "Zooms in as long as the key is held.",
            by_view=True,
        ),
    )


def contest() -> Sequence[Command]:
    """What comparing and surveying do."""
    return (
        Command(
            "challenger_wins",
            "Challenger wins",
            Group.CONTEST,
            ("Up",),
            Where.COMPARE,
            "Makes the challenger the champion; the next frame challenges it.",
        ),
        Command(
            "swap_panes",
            "Swap the two",
            Group.CONTEST,
            ("Down",),
            Where.COMPARE,
            "Champion and challenger change places.",
        ),
        Command(
            "put_aside",
            "Put aside",
            Group.CONTEST,
            ("/", "Del"),
            Where.SURVEY,
            "Takes the frame out of the survey and decides nothing; X rejects it as well.",
        ),
        Command(
            "keep_winners",
            "Keep the winner",
            Group.CONTEST,
            ("Return", "Enter"),
            Where.COMPARE | Where.SURVEY,
            "Picks the champion, or the frames left, and rejects the undecided others.",
        ),
        Command(
            "step_challenger",
            "Next and previous challenger",
            Group.CONTEST,
            ("Left", "Right"),
            Where.COMPARE,
            "Steps the active frame; the other one stays.",
            by_view=True,
        ),
    )
