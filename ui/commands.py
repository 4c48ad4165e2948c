"""The one table of commands: what can be done, by which keys, and where. Lightroom's keys are the default."""

from ui.command import Command, Group, Where
from ui.command_families import contest, filters, jumps, labels, large, orders, ratings, sizes

_AWAY_FROM_GRID = Where.PHOTOS & ~Where.GRID
_SECOND = "Shows the active photo in a window of its own, full screen where there is another screen."

COMMANDS: tuple[Command, ...] = (
    Command("pick", "Pick", Group.DECIDE, ("P",), Where.PHOTOS, "Keeps the photo."),
    Command("reject", "Reject", Group.DECIDE, ("X",), Where.PHOTOS, "Marks the photo as rejected."),
    Command("unflag", "Unflag", Group.DECIDE, ("U",), Where.PHOTOS, "Takes pick or reject off again."),
    *ratings(),
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
    *labels(),
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
    *large(),
    *sizes(),
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
    *contest(),
    *jumps(),
    *filters(),
    Command("search", "Find by name", Group.FILTER, ("Ctrl+F",), Where.PHOTOS, "Shows photos by file name."),
    Command(
        "more_filters",
        "More filters…",
        Group.FILTER,
        ("Ctrl+L",),
        Where.PHOTOS,
        "Filters by stars, labels, eyes, sharpness, kind of group, camera and doubt.",
    ),
    *orders(),
    Command("open_folder", "Open folder…", Group.FILE, ("Ctrl+O",), Where.EVERYWHERE, "Opens a shoot."),
    Command("close_folder", "Close folder", Group.FILE, ("Ctrl+W",), Where.PHOTOS, "Goes back to the start."),
    Command("export", "Export…", Group.FILE, ("Ctrl+E",), Where.PHOTOS, "Writes decisions or copies picks."),
    Command(
        "undo_export",
        "Undo export…",
        Group.FILE,
        ("Ctrl+Shift+E",),
        Where.EVERYWHERE,
        "Puts back what the last export changed.",
    ),
    Command(
        "summary",
        "Summary…",
        Group.FILE,
        ("Ctrl+T",),
        Where.PHOTOS,
        "Sums up what was kept and rejected, in all and by the hour.",
    ),
    Command(
        "problems", "Problems…", Group.FILE, ("Ctrl+P",), Where.PHOTOS, "Lists files that cannot be used."
    ),
    Command(
        "conflicts",
        "Decided elsewhere…",
        Group.FILE,
        ("Ctrl+D",),
        Where.PHOTOS,
        "Lists photos decided otherwise in another program since.",
    ),
    Command("settings", "Settings…", Group.FILE, ("Ctrl+,",), Where.EVERYWHERE, "Keys, looks, ranking."),
    Command(
        "hide_hint", "Put the hint away", Group.FILE, ("Ctrl+H",), Where.PHOTOS, "Hides the hint for good."
    ),
    Command("shortcuts", "Keys", Group.FILE, ("?", "F1"), Where.EVERYWHERE, "Shows this sheet."),
    Command(
        "after_export",
        "After the export…",
        Group.FILE,
        (),
        Where.EVERYWHERE,
        "Says how Lightroom and others take the decisions in.",
    ),
    Command(
        "about", "About Shortlist", Group.FILE, (), Where.EVERYWHERE, "Tells the version and the licences."
    ),
    Command("quit", "Quit", Group.FILE, ("Ctrl+Q",), Where.EVERYWHERE, "Closes Shortlist; all is saved."),
)
