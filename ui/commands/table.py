"""The one table of commands: what can be done, by which keys, and where. Lightroom's keys are the default.

Who does a command says so by its name here, ``commands.bind(table.PICK, ...)``; see ``ui.commands.registry``.
"""

from collections.abc import Mapping

from core.language import mark
from core.shoot.criteria import Sort
from core.shoot.shoot import Filter
from core.types import Label
from ui.commands.command import Command, Group, Where
from ui.commands.rows import Rows

_table: list[Command] = []
_decide = Rows(_table, Group.DECIDE, Where.PHOTOS)
_stars = Rows(_table, Group.DECIDE, Where.PHOTOS, family=mark("No stars to five"))
_audit = Rows(_table, Group.DECIDE, Where.AUDIT)
_answers = Rows(_table, Group.DECIDE, Where.AUDIT, family=mark("Sample: rejected, worth keeping"))
_checking = Rows(_table, Group.DECIDE, Where.AUDIT, family=mark("Sample: kept frame beside, stop"))
_labels = Rows(_table, Group.LABELS, Where.PHOTOS, family=mark("Red, yellow, green, blue"))
_groups = Rows(_table, Group.GROUPS, Where.PHOTOS)
_regroup = Rows(_table, Group.GROUPS, Where.GRID | Where.LOUPE)
_view = Rows(_table, Group.VIEW, Where.PHOTOS)
_cells = Rows(_table, Group.VIEW, Where.GRID, family=mark("Larger, smaller cells"))
_sizes = Rows(_table, Group.VIEW, Where.GRID, family=mark("Small, medium, large photos"))
_closely = Where.LARGE | Where.AUDIT
_look = Rows(_table, Group.LOOK, _closely)
_zooms = Rows(_table, Group.LOOK, _closely, family=mark("Zoom 1:1, 2:1"))
_zoom_steps = Rows(_table, Group.LOOK, _closely, family=mark("Closer, farther"))
_zooming = Rows(_table, Group.LOOK, _closely, family=mark("Zoom while held, move about"))
_faces = Rows(_table, Group.LOOK, _closely, family=mark("Previous, next face"))
_contest = Rows(_table, Group.CONTEST, Where.COMPARE)
_move = Rows(_table, Group.MOVE, Where.GRID)
_scenes = Rows(_table, Group.MOVE, Where.GRID, family=mark("Next, previous scene"))
_hours = Rows(_table, Group.MOVE, Where.GRID, family=mark("Next, previous hour"))
_filters = Rows(_table, Group.FILTER, Where.PHOTOS)
_people = Rows(_table, Group.FILTER, Where.PHOTOS, family=mark("People, key person"))
_orders = Rows(_table, Group.ORDER, Where.PHOTOS, family=mark("By time, best first, doubtful first"))
_shoot = Rows(_table, Group.FILE, Where.PHOTOS)
_hand = Rows(_table, Group.FILE, Where.PHOTOS, family=mark("Open in, copy files"))
_watching = Rows(_table, Group.FILE, Where.PHOTOS, family=mark("Watch, show newest"))
_anywhere = Rows(_table, Group.FILE, Where.EVERYWHERE)

# It is a table, and laid out as one.
# fmt: off

PICK = _decide("pick", mark("Pick"), mark("Keeps the photo."), "P")
REJECT = _decide("reject", mark("Reject"), mark("Marks the photo as rejected."), "X")
UNFLAG = _decide("unflag", mark("Unflag"), mark("Takes pick or reject off again."), "U")

RATE: Mapping[int, Command] = {
    0: _stars("rate_0", mark("No stars"), mark("Takes all stars off the photo."), "0"),
    1: _stars("rate_1", mark("1 star"), mark("Gives the photo 1 star."), "1"),
    2: _stars("rate_2", mark("2 stars"), mark("Gives the photo 2 stars."), "2"),
    3: _stars("rate_3", mark("3 stars"), mark("Gives the photo 3 stars."), "3"),
    4: _stars("rate_4", mark("4 stars"), mark("Gives the photo 4 stars."), "4"),
    5: _stars("rate_5", mark("5 stars"), mark("Gives the photo 5 stars."), "5"),
}
UNDO = _decide("undo", mark("Undo"), mark("Takes the last decision back."), "Ctrl+Z", repeats=True, apart=True)
REDO = _decide("redo", mark("Redo"),
    mark("Makes the undone decision again."), "Ctrl+Shift+Z", "Ctrl+Y", repeats=True)
AUTO_ADVANCE = _decide("auto_advance", mark("Auto-advance"),
    mark("Goes to the next photo after each decision, or stays."), "A", apart=True)

CHECK_SAMPLE = _decide("check_sample", mark("Check a sample…"),
    mark("Shows some of what Shortlist alone rejected, drawn at random, and says how many rejects can be keepers."),
    "Ctrl+K", apart=True)
BEST_OF = _decide("best_of", mark("Best of the shoot…"),
    mark("Proposes so many photos, spread over scenes, people and kinds of picture; each says why."))
AUDIT_RIGHT = _answers("audit_right", mark("Rightly rejected"),
    mark("Says that the frame is no keeper; the next one of the sample comes."), "X", "Return", "Enter")
AUDIT_DOUBT = _answers("audit_doubt", mark("Worth keeping"),
    mark("Says that the frame should have been kept; the next one of the sample comes."), "P")
AUDIT_STEP = _audit("audit_step", mark("Sample: back to an answer"),
    mark("Steps through the frames that are answered, to answer one anew."), "Left", "Right", by_view=True)
AUDIT_BESIDE = _checking("audit_beside", mark("Kept frame beside it"),
    mark("Shows beside the reject what was kept of its burst, or the reject alone."), "C")
AUDIT_LEAVE = _checking("audit_leave", mark("Stop checking"),
    mark("Goes back to the grid; the answers are kept, and the sample can be gone on with."), "Esc", "G")

# Lightroom has no key for purple either: 0 to 5 are the stars, and there are only ten digits.
LABEL: Mapping[Label, Command] = {
    Label.RED: _labels("label_red", mark("Red label"),
        mark("Sets the red label, or takes it off again."), "6"),
    Label.YELLOW: _labels("label_yellow", mark("Yellow label"),
        mark("Sets the yellow label, or takes it off again."), "7"),
    Label.GREEN: _labels("label_green", mark("Green label"),
        mark("Sets the green label, or takes it off again."), "8"),
    Label.BLUE: _labels("label_blue", mark("Blue label"),
        mark("Sets the blue label, or takes it off again."), "9"),
    Label.PURPLE: _labels("label_purple", mark("Purple label"),
        mark("Sets the purple label, or takes it off again.")),
}

ACCEPT_SUGGESTION = _groups("accept_suggestion", mark("Accept suggestion"),
    mark("Picks the suggested frame of the burst and rejects its undecided others."),
    "Return", "Enter", where=Where.GRID | Where.LOUPE | Where.FACES)
ACCEPT_SCENE = _groups("accept_scene", mark("Accept suggestions of the scene…"),
    mark("Accepts the suggestions of all bursts of this scene; says first what that means."),
    "Ctrl+Return", "Ctrl+Enter")
ACCEPT_SELECTION = _groups("accept_selection", mark("Accept suggestions of the selection…"),
    mark("Accepts the suggestions of the selected bursts; says first what that means."),
    "Alt+Return", "Alt+Enter", where=Where.GRID)
ACCEPT_SHOOT = _groups("accept_shoot", mark("Accept suggestions of the shoot…"),
    mark("Accepts the suggestions of all bursts; says first what that means."),
    "Ctrl+Shift+Return", "Ctrl+Shift+Enter")
CHOOSE_INSTEAD = _groups("choose_instead", mark("This frame instead"),
    mark("Picks this frame; of a burst, it rejects the undecided others. A bracket keeps them."),
    "Shift+Return", "Shift+Enter", apart=True)
PICK_GROUP = _groups("pick_group", mark("Pick the whole group"),
    mark("Picks every frame of the group, such as all of a bracket."), "Ctrl+Shift+P")
COVER = _groups("cover", mark("Fewest frames with everybody good…"),
    mark("Shows who of the group, or of the selected ones, is best in which frame."))
NEXT_UNDECIDED = _groups("next_undecided", mark("Next undecided group"),
    mark("Goes to the next burst that is still open, at first to the one you are at."), "Shift+N", apart=True)
NEXT_LIKELY_REJECT = _groups("next_likely_reject", mark("Next likely reject"),
    mark("Goes to the next undecided frame that is black, blurred or shows shut eyes; X rejects it."),
    "Shift+X")
WHY_NOT = _groups("why_not", mark("Why not this one?"),
    mark("Compares the frame with the suggested one, or the other selected one, term by term."), "W")
TOGGLE_STACK = _groups("toggle_stack", mark("Open or close stack"),
    mark("Shows a burst's frames."), "S", where=Where.GRID, apart=True)
TOGGLE_ALL_STACKS = _groups("toggle_all_stacks", mark("Open or close all stacks"),
    mark("Shows the frames of all bursts."), "Shift+S", where=Where.GRID)

GROUPING = _regroup("grouping", mark("Tighter or looser groups…"),
    mark("Two sliders: how readily frames become a burst, and bursts a scene."), "Shift+G", apart=True)
MERGE_GROUPS = _regroup("merge_groups", mark("Merge groups"),
    mark("Makes one group of the selected ones, or of this and the one before."), "Ctrl+G")
SPLIT_GROUP = _regroup("split_group", mark("Split group"),
    mark("Splits the group before this frame, or takes the selected frames out."), "Ctrl+Shift+G")
THIS_IS_A_BURST = _regroup("this_is_a_burst", mark("This is a burst"),
    mark("Makes one burst of the selected frames, or of this group, of which one is wanted."), "Ctrl+B")
BELONG_TOGETHER = _regroup("belong_together", mark("These belong together"),
    mark("Makes one bracket of the selected frames, or of this group: never culled to one."), "Ctrl+Shift+B")
MOVE_TO_PREVIOUS = _regroup("move_to_previous", mark("Move to the group before"),
    mark("Moves the frame, or those selected, to the group before."), "Ctrl+Alt+Left", apart=True)
MOVE_TO_NEXT = _regroup("move_to_next", mark("Move to the group after"),
    mark("Moves the frame, or those selected, to the group after."), "Ctrl+Alt+Right")
GROUP_AUTOMATICALLY = _regroup("group_automatically", mark("Group automatically"),
    mark("Gives these groups back to the program's own grouping."), "Ctrl+Alt+G")
CLOCKS = _groups("clocks", mark("Camera clocks…"),
    mark("Sets several cameras' clocks against each other, so that they are grouped together."), apart=True)

LOUPE = _view("loupe", mark("Loupe"), mark("Shows the photo large."), "E", where=Where.PHOTOS & ~Where.LOUPE)
LOOK = _view("look", mark("Look"),
    mark("Shows photo or face large."), "Space", where=Where.GRID | Where.FACES)
COMPARE = _view("compare", mark("Compare"),
    mark("Shows two frames side by side: the selected ones, or those of the group."),
    "C", where=Where.PHOTOS & ~Where.COMPARE)
SURVEY = _view("survey", mark("Survey"),
    mark("Shows up to 12 frames side by side: the selected ones, or those of the group."),
    "N", where=Where.PHOTOS & ~Where.SURVEY)
FACE_PANEL = _view("face_panel", mark("Faces of the group"),
    mark("Shows every face: a row a person, a column a frame."), "Shift+O", where=Where.PHOTOS & ~Where.FACES)
GRID = _view("grid", mark("Back to grid"),
    mark("Shows all photos again."), "G", "Esc", where=Where.PHOTOS & ~Where.GRID)
SECOND_WINDOW = _view("second_window", mark("Loupe on a second screen"),
    mark("Shows the active photo in a window of its own, full screen where there is another screen."), "F11",
    apart=True)

ZOOM = _zooms("zoom", mark("Zoom 1:1"), mark("Zooms in to single pixels and out again."), "Z")
ZOOM_DOUBLE = _zooms("zoom_double", mark("Zoom 2:1"), mark("Shows each pixel twice as large."), "Shift+Z")
ZOOM_CLOSER = _zoom_steps("zoom_closer", mark("Closer"),
    mark("Zooms in a step; so does the mouse wheel."), "+", "=", repeats=True)
ZOOM_FARTHER = _zoom_steps("zoom_farther", mark("Farther"), mark("Zooms out a step."), "-", repeats=True)
FACES = _look("faces", mark("Face boxes"), mark("Shows faces and whether eyes are open."), "O", apart=True)
FACE_STRIP = _look("face_strip", mark("Face strip"),
    mark("Shows the main people large beside the photo, or the subject where there is nobody."), "Shift+F")
PREVIOUS_FACE = _faces("previous_face", mark("Previous face"),
    mark("Shows the main face before at single pixels."), ",", repeats=True)
NEXT_FACE = _faces("next_face", mark("Next face"),
    mark("Shows the next main face at single pixels."), ".", repeats=True)
PERSON_THROUGH_BURST = _look("person_through_burst", mark("Person through the burst"),
    mark("Shows in the face strip one person in every frame, or everybody in this one."), "B")
INFO = _look("info", mark("Info"), mark("Shows camera, exposure and size."), "I", apart=True)
HISTOGRAM = _look("histogram", mark("Histogram"), mark("Shows the histogram of what is seen."), "H")
RAW_TRUTH = _look("raw_truth", mark("RAW histogram"),
    mark("Shows what the RAW itself holds: red is lost, yellow lost in part, green only looks blown."), "Shift+H")
CLIPPING = _look("clipping", mark("Clipping"),
    mark("Marks blown highlights red and blocked shadows blue."), "J")
PEAKING = _look("peaking", mark("Focus peaking"), mark("Marks edges in focus."), "K")
FOCUS_AREAS = _look("focus_areas", mark("Focus areas"),
    mark("Frames where the camera focused, as far as its file says."), "Shift+K")
DIFFERENCES = _look("differences", mark("Differences"),
    mark("Marks where this frame and another of the burst differ: the one before, or the suggested one."), "D",
    apart=True)
FLICKER = _look("flicker", mark("Other frame while held"),
    mark("Shows the other frame in this one's place, laid over it so that nothing jumps."), "Y", by_view=True)
ZOOM_HOLD = _zooming("zoom_hold", mark("Zoom while held"),
    mark("Zooms in as long as the key is held."), "Space", by_view=True)
PAN = _zooming("pan", mark("Move about"),
    mark("Shows what lies beside in an enlarged photo; so does a drag with the mouse."),
    "Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down", by_view=True)

CELLS_SMALL = _sizes("cells_small", mark("Small photos"),
    mark("Shows small photos, many at a time."), "Ctrl+Alt+1")
CELLS_MEDIUM = _sizes("cells_medium", mark("Medium photos"),
    mark("Shows photos of medium size."), "Ctrl+Alt+2")
CELLS_LARGE = _sizes("cells_large", mark("Large photos"),
    mark("Shows large photos, few at a time."), "Ctrl+Alt+3")
LARGER_CELLS = _cells("larger_cells", mark("Larger cells"), mark("Larger photos."), "+", "=", repeats=True)
SMALLER_CELLS = _cells("smaller_cells", mark("Smaller cells"), mark("Smaller photos."), "-", repeats=True)
FILMSTRIP = _view("filmstrip", mark("Filmstrip"), mark("Shows or hides the filmstrip."), "F6", apart=True)

FULL_SCREEN = _view("full_screen", mark("Full screen"),
    mark("Fills the screen, or leaves it again."), "F", where=Where.EVERYWHERE)

MOVE = _move("move", mark("Next and previous photo"), mark("Steps through the photos."),
    "Left", "Right", "Up", "Down", where=Where.PHOTOS & ~Where.COMPARE, by_view=True)
MOVE_FAR = _move("move_far", mark("Page, first and last"),
    mark("Moves a screenful, or to either end."), "PgUp", "PgDown", "Home", "End", by_view=True)
SELECT_ALL = _move("select_all", mark("Select all"),
    mark("Selects all photos that are shown; the next key decides on all of them."), "Ctrl+A")

CHALLENGER_WINS = _contest("challenger_wins", mark("Challenger wins"),
    mark("Makes the challenger the champion; the next frame challenges it."), "Up")
SWAP_PANES = _contest("swap_panes", mark("Swap the two"),
    mark("Champion and challenger change places."), "Down")
PUT_ASIDE = _contest("put_aside", mark("Put aside"),
    mark("Takes the frame out of the survey and decides nothing; X rejects it as well."),
    "/", "Del", where=Where.SURVEY)
KEEP_WINNERS = _contest("keep_winners", mark("Keep the winner"),
    mark("Picks the champion, or the frames left, and rejects the undecided others."),
    "Return", "Enter", where=Where.COMPARE | Where.SURVEY)
STEP_CHALLENGER = _contest("step_challenger", mark("Next and previous challenger"),
    mark("Steps the active frame; the other one stays."), "Left", "Right", by_view=True)

NEXT_SCENE = _scenes("next_scene", mark("Next scene"),
    mark("Goes to the next scene."), "Ctrl+Down", repeats=True)
PREVIOUS_SCENE = _scenes("previous_scene", mark("Previous scene"),
    mark("Goes to the start of the scene, or to the one before."), "Ctrl+Up", repeats=True)
NEXT_HOUR = _hours("next_hour", mark("Next hour"),
    mark("Goes to the next hour of the shoot."), "Ctrl+PgDown", repeats=True)
PREVIOUS_HOUR = _hours("previous_hour", mark("Previous hour"),
    mark("Goes to the start of the hour, or to the one before."), "Ctrl+PgUp", repeats=True)

FILTER: Mapping[Filter, Command] = {
    Filter.ALL: _filters("filter_all", mark("All photos"), mark("Shows every photo."), "Ctrl+1"),
    Filter.PICKS: _filters("filter_picks", mark("Picks"), mark("Shows picked photos only."), "Ctrl+2"),
    Filter.REJECTS: _filters("filter_rejects", mark("Rejects"),
        mark("Shows rejected photos only."), "Ctrl+3"),
    Filter.UNDECIDED: _filters("filter_undecided", mark("Undecided"),
        mark("Shows what is left to decide."), "Ctrl+4"),
    Filter.GROUPS: _filters("filter_groups", mark("Groups"),
        mark("Shows bursts and brackets only."), "Ctrl+5"),
    Filter.OPEN: _filters("filter_open", mark("Undecided in groups"),
        mark("Shows what is left to decide in bursts and brackets."), "Ctrl+6"),
}
SEARCH = _filters("search", mark("Find…"),
    mark("Shows photos by words: names, keywords, captions, camera, lens, and what a photo shows."), "Ctrl+F",
    apart=True)
SEARCH_ALL = _filters("search_all", mark("Find in all shoots…"),
    mark("Lists the photos of all shoots that were measured, open or not, that have what you type."), "Ctrl+Shift+F",
    where=Where.EVERYWHERE & ~Where.AUDIT)
PEOPLE = _people("people", mark("People…"),
    mark("Shows the people of the shoot; choose one to see every frame with that person."), "Alt+O", apart=True)
KEY_PERSON = _people("key_person", mark("Key person"),
    mark("Lets the person whose photos are shown count more in suggestions, or as much as others again."),
    "F3")
LOOKS = _filters("looks", mark("By look…"),
    mark("Shows a tile for each kind of picture, whenever it was taken, and the odd ones out."), "Alt+T",
    apart=True)
MORE_LIKE = _filters("more_like", mark("More like this thing…"),
    mark("Lists the photos that show something like what you draw a box around."), "Shift+T", where=Where.LOUPE)
NAME_LOOK = _filters("name_look", mark("Name the look…"),
    mark("Gives the selected photos' look a name; all photos of one name are one look."), "F2")
SIMILAR = _filters("similar", mark("Similar in all shoots…"),
    mark("Lists what looks most like this photo in all shoots that were measured; each leads to its place."), "Alt+S")
LOOKS_ALL = _filters("looks_all", mark("By look in all shoots…"),
    mark("Shows a tile for each kind of picture in all shoots that were measured."),
    where=Where.EVERYWHERE & ~Where.AUDIT)
DUPLICATES = _filters("duplicates", mark("Duplicates in all shoots…"),
    mark("Lists files that show one picture, best first, and marks the others as rejected if you want."))
MORE_FILTERS = _filters("more_filters", mark("More filters…"),
    mark("Filters by stars, labels, eyes, sharpness, kind of group, likely rejects, camera and doubt."),
    "Ctrl+L", apart=True)

SORT: Mapping[Sort, Command] = {
    Sort.TIME: _orders("sort_time", mark("By time"),
        mark("Shows photos in the order they were taken."), "Alt+1"),
    Sort.SCORE: _orders("sort_score", mark("Best first"),
        mark("Shows the frames of each group by score."), "Alt+2"),
    Sort.DOUBT: _orders("sort_doubt", mark("Doubtful first"),
        mark("Shows groups first where the suggestion is least sure."), "Alt+3"),
}

OPEN_FOLDER = _anywhere("open_folder", mark("Open folder…"), mark("Opens a shoot."), "Ctrl+O")
DEMO = _anywhere("demo", mark("Demo shoot"),
    mark("Opens public-domain pictures to try everything on; it can be deleted or made anew."))
CLOSE_FOLDER = _shoot("close_folder", mark("Close folder"), mark("Goes back to the start."), "Ctrl+W")
COPY_CARD = _anywhere("copy_card", mark("Copy from card…"),
    mark("Copies photos from cards or folders, reads each copy again and compares it."), "Ctrl+Shift+I", apart=True)
CHECK_COPIES = _anywhere("check_copies", mark("Check copies…"),
    mark("Reads photos again that were copied from a card, and compares them with their checksums."))
WATCH = _watching("watch", mark("Watch for new photos"),
    mark("Takes photos in as they arrive in the folder, as from a camera on a cable, or stops that."),
    "Ctrl+Shift+W", where=Where.EVERYWHERE)
FOLLOW_NEWEST = _watching("follow_newest", mark("Show the newest"),
    mark("Shows each photo that arrives in a watched folder at once, or stops that."), "Alt+N")
RESUME = _shoot("resume", mark("Go on measuring"),
    mark("Measures the rest after the measuring was cancelled."))
EXPORT = _shoot("export", mark("Export…"), mark("Writes decisions or copies picks."), "Ctrl+E", apart=True)
UNDO_EXPORT = _anywhere("undo_export", mark("Undo export…"),
    mark("Puts back what the last export changed."), "Ctrl+Shift+E")
CLIENTS_CHOICE = _shoot("clients_choice", mark("Client's choice…"),
    mark("Takes in what a client chose: a proof gallery's file, a table, or any list of names and numbers."), "Ctrl+I")
OPEN_IN = _hand("open_in", mark("Open in another program…"),
    mark("Opens the selected photos, or all picks, in Lightroom, darktable or any command of yours."), "Ctrl+Shift+O",
    apart=True)
COPY_FILES = _hand("copy_files", mark("Copy files and paths"),
    mark("Puts the selected photos on the clipboard: as files, and as paths where text is pasted."), "Ctrl+C")
SUMMARY = _shoot("summary", mark("Summary…"),
    mark("Sums up what was kept and rejected, in all and by the hour."), "Ctrl+T", apart=True)
MISSING = _shoot("missing", mark("Who is missing…"),
    mark("Lists people, scenes and hours without a keeper; each leads to the frames that could be it."))
PROBLEMS = _shoot("problems", mark("Problems…"), mark("Lists files that cannot be used."), "Ctrl+P")
CONFLICTS = _shoot("conflicts", mark("Decided elsewhere…"),
    mark("Lists photos decided differently in another program since then."), "Ctrl+D")
SETTINGS = _anywhere("settings", mark("Settings…"), mark("Keys, looks, ranking."), "Ctrl+,", apart=True)
HIDE_HINT = _shoot("hide_hint", mark("Put the hint away"), mark("Hides the hint for good."), "Ctrl+H")
SHORTCUTS = _anywhere("shortcuts", mark("Keys"), mark("Shows this sheet."), "?", "F1")
GUIDE = _anywhere("guide", mark("User guide"),
    mark("Explains everything, from the first shoot to what lies where."))
AFTER_EXPORT = _anywhere("after_export", mark("After the export…"),
    mark("Says how Lightroom and others take the decisions in."))
ABOUT = _anywhere("about", mark("About Shortlist"), mark("Shows the version and the licences."))
QUIT = _anywhere("quit", mark("Quit"), mark("Closes Shortlist; all is saved."), "Ctrl+Q", apart=True)

# fmt: on

COMMANDS: tuple[Command, ...] = tuple(_table)
BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}
