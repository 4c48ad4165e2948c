"""The one table of commands: what can be done, by which keys, and where. Lightroom's keys are the default."""

from dataclasses import dataclass
from enum import Flag, StrEnum

from core.pipeline.criteria import Sort
from core.pipeline.shoot import Filter


class Where(Flag):
    """The screens a command works on. Two commands may share a key only where their screens differ."""

    WELCOME = 1
    GRID = 2
    LOUPE = 4
    COMPARE = 8
    SURVEY = 16
    FACES = 32
    LARGE = LOUPE | COMPARE | SURVEY
    PHOTOS = GRID | LARGE | FACES
    EVERYWHERE = WELCOME | PHOTOS


class Group(StrEnum):
    """The headings under which the sheet of keys lists the commands, in its order."""

    DECIDE = "Decide"
    LABELS = "Colour labels"
    GROUPS = "Bursts and groups"
    VIEW = "View"
    LOOK = "Look closely"
    CONTEST = "Compare and survey"
    MOVE = "Move"
    FILTER = "Show only"
    ORDER = "Order"
    FILE = "Shoot"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do.

    Attributes:
        keys: in Qt's portable spelling, "Ctrl+Shift+Z"; the first one is shown in menus.
        help: one sentence for the tooltip, the sheet of keys and the README.
        by_view: the views hear these keys themselves, so no action is installed for them.
        repeats: whether holding the key down repeats the command. Decisions never do.
    """

    id: str
    title: str
    group: Group
    keys: tuple[str, ...]
    where: Where
    help: str
    by_view: bool = False
    repeats: bool = False


def _ratings() -> tuple[Command, ...]:
    names = ("No stars", "1 star", "2 stars", "3 stars", "4 stars", "5 stars")
    return tuple(
        Command(
            f"rate_{stars}",
            name,
            Group.DECIDE,
            (str(stars),),
            Where.PHOTOS,
            f"Gives the photo {name.lower()}.",
        )
        for stars, name in enumerate(names)
    )


def _labels() -> tuple[Command, ...]:
    # Lightroom has no key for purple either: 0 to 5 are the stars, and there are only ten digits.
    keys = (("red", "6"), ("yellow", "7"), ("green", "8"), ("blue", "9"), ("purple", ""))
    return tuple(
        Command(
            f"label_{colour}",
            f"{colour.capitalize()} label",
            Group.LABELS,
            (key,) if key else (),
            Where.PHOTOS,
            f"Sets the {colour} label, or takes it off again.",
        )
        for colour, key in keys
    )


def _filters() -> tuple[Command, ...]:
    rows = (
        (Filter.ALL, "All photos", "Shows every photo."),
        (Filter.PICKS, "Picks", "Shows picked photos only."),
        (Filter.REJECTS, "Rejects", "Shows rejected photos only."),
        (Filter.UNDECIDED, "Undecided", "Shows what is left to decide."),
        (Filter.GROUPS, "Groups", "Shows bursts and brackets only."),
        (Filter.OPEN, "Undecided in groups", "Shows what is left to decide in bursts and brackets."),
    )
    return tuple(
        Command(f"filter_{which.value}", title, Group.FILTER, (f"Ctrl+{number}",), Where.PHOTOS, sentence)
        for number, (which, title, sentence) in enumerate(rows, start=1)
    )


def _sizes() -> tuple[Command, ...]:
    return tuple(
        Command(
            f"cells_{size}",
            f"{size.capitalize()} photos",
            Group.VIEW,
            (key,),
            Where.GRID,
            f"Shows {size} photos.",
        )
        for size, key in (("small", "Ctrl+Alt+1"), ("medium", "Ctrl+Alt+2"), ("large", "Ctrl+Alt+3"))
    )


def _orders() -> tuple[Command, ...]:
    rows = (
        (Sort.TIME, "By time", "Shows photos in the order they were taken."),
        (Sort.SCORE, "Best first", "Shows the frames of each group by score."),
        (Sort.DOUBT, "Doubtful first", "Shows groups first where the suggestion is least sure."),
    )
    return tuple(
        Command(f"sort_{sort.value}", title, Group.ORDER, (f"Alt+{number}",), Where.PHOTOS, sentence)
        for number, (sort, title, sentence) in enumerate(rows, start=1)
    )


def _large() -> tuple[Command, ...]:
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


def _contest() -> tuple[Command, ...]:
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


_AWAY_FROM_GRID = Where.PHOTOS & ~Where.GRID
_SECOND = "Shows the active photo in a window of its own, full screen where there is another screen."

COMMANDS: tuple[Command, ...] = (
    Command("pick", "Pick", Group.DECIDE, ("P",), Where.PHOTOS, "Keeps the photo."),
    Command("reject", "Reject", Group.DECIDE, ("X",), Where.PHOTOS, "Marks the photo as rejected."),
    Command("unflag", "Unflag", Group.DECIDE, ("U",), Where.PHOTOS, "Takes pick or reject off again."),
    *_ratings(),
    Command(
        "undo", "Undo", Group.DECIDE, ("Ctrl+Z",), Where.PHOTOS, "Takes the last decision back.", repeats=True
    ),
    Command(
        "redo",
        "Redo",
        Group.DECIDE,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        Where.PHOTOS,
        "Makes the undone decision again.",
        repeats=True,
    ),
    Command(
        "auto_advance",
        "Auto-advance",
        Group.DECIDE,
        ("A",),
        Where.PHOTOS,
        "Goes to the next photo after each decision, or stays.",
    ),
    *_labels(),
    Command(
        "accept_suggestion",
        "Accept suggestion",
        Group.GROUPS,
        ("Return", "Enter"),
        Where.GRID | Where.LOUPE | Where.FACES,
        "Picks the suggested frame of the burst and rejects its undecided others.",
    ),
    Command(
        "accept_scene",
        "Accept suggestions of the scene…",
        Group.GROUPS,
        ("Ctrl+Return", "Ctrl+Enter"),
        Where.PHOTOS,
        "Accepts the suggestions of all bursts of this scene; says first what that means.",
    ),
    Command(
        "accept_selection",
        "Accept suggestions of the selection…",
        Group.GROUPS,
        ("Alt+Return", "Alt+Enter"),
        Where.GRID,
        "Accepts the suggestions of the selected bursts; says first what that means.",
    ),
    Command(
        "accept_shoot",
        "Accept suggestions of the shoot…",
        Group.GROUPS,
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        Where.PHOTOS,
        "Accepts the suggestions of all bursts; says first what that means.",
    ),
    Command(
        "choose_instead",
        "This frame instead",
        Group.GROUPS,
        ("Shift+Return", "Shift+Enter"),
        Where.PHOTOS,
        "Picks this frame of the burst and rejects its undecided others.",
    ),
    Command(
        "next_undecided",
        "Next undecided group",
        Group.GROUPS,
        ("Shift+N",),
        Where.PHOTOS,
        "Goes to the next burst without a pick.",
    ),
    Command(
        "toggle_stack", "Open or close stack", Group.GROUPS, ("S",), Where.GRID, "Shows a burst's frames."
    ),
    Command(
        "toggle_all_stacks",
        "Open or close all stacks",
        Group.GROUPS,
        ("Shift+S",),
        Where.GRID,
        "Shows the frames of all bursts.",
    ),
    Command("loupe", "Loupe", Group.VIEW, ("E",), Where.PHOTOS & ~Where.LOUPE, "Shows the photo large."),
    Command("look", "Look", Group.VIEW, ("Space",), Where.GRID | Where.FACES, "Shows photo or face large."),
    Command(
        "compare",
        "Compare",
        Group.VIEW,
        ("C",),
        Where.PHOTOS & ~Where.COMPARE,
        "Shows two frames side by side: the selected ones, or those of the group.",
    ),
    Command(
        "survey",
        "Survey",
        Group.VIEW,
        ("N",),
        Where.PHOTOS & ~Where.SURVEY,
        "Shows up to 12 frames side by side: the selected ones, or those of the group.",
    ),
    Command(
        "face_panel",
        "Faces of the group",
        Group.VIEW,
        ("Shift+O",),
        Where.PHOTOS & ~Where.FACES,
        "Shows every face: a row a person, a column a frame.",
    ),
    Command("grid", "Back to grid", Group.VIEW, ("G", "Esc"), _AWAY_FROM_GRID, "Shows all photos again."),
    Command("second_window", "Loupe on a second screen", Group.VIEW, ("F11",), Where.PHOTOS, _SECOND),
    *_large(),
    *_sizes(),
    Command(
        "larger_cells", "Larger cells", Group.VIEW, ("+", "="), Where.GRID, "Larger photos.", repeats=True
    ),
    Command(
        "smaller_cells", "Smaller cells", Group.VIEW, ("-",), Where.GRID, "Smaller photos.", repeats=True
    ),
    Command("filmstrip", "Filmstrip", Group.VIEW, ("Tab",), Where.PHOTOS, "Shows or hides the filmstrip."),
    Command("full_screen", "Full screen", Group.VIEW, ("F",), Where.EVERYWHERE, "Fills the screen, or not."),
    Command(
        "move",
        "Next and previous photo",
        Group.MOVE,
        ("Left", "Right", "Up", "Down"),
        Where.PHOTOS & ~Where.COMPARE,
        "Steps through the photos.",
        by_view=True,
    ),
    Command(
        "move_far",
        "Page, first and last",
        Group.MOVE,
        ("PgUp", "PgDown", "Home", "End"),
        Where.GRID,
        "Moves a screenful, or to either end.",
        by_view=True,
    ),
    *_contest(),
    Command(
        "next_scene",
        "Next scene",
        Group.MOVE,
        ("Ctrl+Down",),
        Where.GRID,
        "Goes to the next scene.",
        repeats=True,
    ),
    Command(
        "previous_scene",
        "Previous scene",
        Group.MOVE,
        ("Ctrl+Up",),
        Where.GRID,
        "Goes to the scene before.",
        repeats=True,
    ),
    Command(
        "next_hour",
        "Next hour",
        Group.MOVE,
        ("Ctrl+PgDown",),
        Where.GRID,
        "Goes to the next hour of the shoot.",
        repeats=True,
    ),
    Command(
        "previous_hour",
        "Previous hour",
        Group.MOVE,
        ("Ctrl+PgUp",),
        Where.GRID,
        "Goes to the hour before.",
        repeats=True,
    ),
    *_filters(),
    Command("search", "Find by name", Group.FILTER, ("Ctrl+F",), Where.PHOTOS, "Shows photos by file name."),
    Command(
        "more_filters",
        "More filters…",
        Group.FILTER,
        ("Ctrl+L",),
        Where.PHOTOS,
        "Filters by stars, labels, eyes, sharpness, kind of group, camera and doubt.",
    ),
    *_orders(),
    Command("open_folder", "Open folder…", Group.FILE, ("Ctrl+O",), Where.EVERYWHERE, "Opens a shoot."),
    Command("close_folder", "Close folder", Group.FILE, ("Ctrl+W",), Where.PHOTOS, "Goes back to the start."),
    Command("export", "Export…", Group.FILE, ("Ctrl+E",), Where.PHOTOS, "Writes decisions or copies picks."),
    Command(
        "problems", "Problems…", Group.FILE, ("Ctrl+P",), Where.PHOTOS, "Lists files that cannot be used."
    ),
    Command("settings", "Settings…", Group.FILE, ("Ctrl+,",), Where.EVERYWHERE, "Keys, looks, ranking."),
    Command(
        "hide_hint", "Put the hint away", Group.FILE, ("Ctrl+H",), Where.PHOTOS, "Hides the hint for good."
    ),
    Command("shortcuts", "Keys", Group.FILE, ("?", "F1"), Where.EVERYWHERE, "Shows this sheet."),
    Command(
        "about", "About Shortlist", Group.FILE, (), Where.EVERYWHERE, "Tells the version and the licences."
    ),
    Command("quit", "Quit", Group.FILE, ("Ctrl+Q",), Where.EVERYWHERE, "Closes Shortlist; all is saved."),
)
