"""All that a user can read goes through the catalogue. The syntax tree of the whole program proves it."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import core.errors
from core.errors import ShortlistError
from fixtures.syntax import tree_of

ROOT = Path(__file__).parents[3]
PACKAGES = ("app", "core", "models", "ui")
WORDS = ("tr", "ntr", "mark", "say", "say_count")


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """The program's files by their paths; what only builds the models is none of it."""
    return tuple(
        (str(path.relative_to(ROOT)), tree_of(path))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if not path.is_relative_to(ROOT / "models" / "build")
    )


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield name_of(node.func), node


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_read_from_a_table(node: ast.expr) -> bool:
    """Whether a message is named elsewhere: in a variable, an attribute, a table, or one of two of these."""
    if isinstance(node, ast.IfExp):
        return is_read_from_a_table(node.body) and is_read_from_a_table(node.orelse)
    if isinstance(node, ast.Call):
        return name_of(node.func) == "get"
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript)


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def kinds_of_error() -> set[str]:
    """The names of all errors that carry a sentence, wherever they are made."""
    known = {name for name, kind in vars(core.errors).items() if _is_ours(kind)}
    classes = [node for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        more = {one.name for one in classes if known & {name_of(base) for base in one.bases}} - known
        if not more:
            return known
        known |= more


def _is_ours(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, ShortlistError)


def test_translators_see_every_message_because_it_stands_in_the_code_as_one_literal() -> None:
    hidden = []
    for path, tree in modules():
        if path == "core/language.py":  # which makes these
            continue
        for name, call in calls(tree):
            if name in ("say", "mark") and isinstance(call.func, ast.Name):
                said = call.args[:1]
            elif name in ("ntr", "say_count"):
                said = call.args[:2]
            elif name == "tr":  # what ``mark`` named in a table may be read from there
                said = [one for one in call.args if not is_read_from_a_table(one)]
            else:
                continue
            hidden += [f"{path}:{call.lineno}" for one in said if not is_literal(one)]
    assert not hidden, "one literal sentence, with named fields for what varies: " + ", ".join(hidden)


def test_every_field_of_a_sentence_is_given_and_used() -> None:
    unlike = [
        f"{path}:{call.lineno}: {message}"
        for path, tree in modules()
        for name, call in calls(tree)
        if name in ("say", "say_count") and call.args and isinstance(call.args[0], ast.Constant)
        if isinstance(message := call.args[0].value, str)
        if fields(message) - ({"count"} if name == "say_count" else set())
        != {one.arg for one in call.keywords}
    ]
    assert not unlike, "\n".join(unlike)


def test_every_error_carries_a_sentence_that_is_said_where_it_is_read() -> None:
    """mypy sees to it that it is a sentence; here, that nobody silences mypy, and says it too early."""
    kinds = kinds_of_error()
    assert {"PhotoError", "PacketError", "ClusterError", "DamagedError"} <= kinds
    raised = [
        (path, call) for path, tree in modules() for name, call in calls(tree) if name in kinds and call.args
    ]
    assert len(raised) > 100
    baked = [
        f"{path}:{call.lineno}"
        for path, call in raised
        for part in ast.walk(call.args[-1])
        if isinstance(part, ast.JoinedStr)
        or (isinstance(part, ast.Call) and name_of(part.func) in ("tr", "ntr", "format"))
        or (part is call.args[-1] and isinstance(part, ast.Constant))
    ]
    assert not baked, ", ".join(baked)


def is_command_line(path: str) -> bool:
    """It speaks English, as its --help and what scripts look for in it do; errors and plans come from core."""
    return path.startswith("app/cli/") or path in ("app/self_test.py", "app/exit_codes.py")


NO_SENTENCES = {  # what looks like prose in them is none of the user's language
    "app/made_up_photos.py",  # Exif of the self-test
    "app/notices.py",  # names of libraries and licences
    "core/ingest/formats.py",  # lists of suffixes
    "core/export/proof_pictures.py",  # names of fonts; its sentence is said
    "core/handover.py",  # names of programs; its sentences are said
    "core/ingest/leftovers.py",  # names of folders
    "core/review/choice/refusals.py",  # words of people's mails
    "core/review/choice/table.py",  # headings of other people's tables
    "core/shoot/query.py",  # examples of queries; its sentences are said
    "core/sidecar/profiles.py",  # names of programs
    "models/thing_detector.py",  # what its network can name
    "core/sidecar/label_names.py",  # words of other programs
    "core/ingest/colour_spaces.py",  # names of colour spaces
}
PROSE = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z“({]|[a-z]{2}[.…]$")
NO_PROSE = re.compile(
    r"^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|BEGIN|ORDER|WHERE|WITH| ?AND) "  # SQL
    r"|\bIS NULL$|\bIN \(SELECT "  # conditions of it
    r"|^[a-z_]+(, [a-z_]+)+$"  # names of columns
    r"|[a-z-]+: ?[^;]+;|\bQ[A-Z][A-Za-z]+[:#.\[ {]"  # style sheets
    r"|<[a-z!?]"  # HTML, XML
    r"|^# ",  # comments in files that go from hand to hand, whatever languages those speak
)
NOT_FOR_USERS = {  # mistakes of ours, and what only reaches a log
    *("ValueError", "TypeError", "KeyError", "AssertionError", "RuntimeError", "NotImplementedError"),
    *("HeifError", "RationError", "NotADirectoryError"),
}
LOGS = {"_log", "_LOG", "logging"}
KNOWN = {  # read like prose and are none
    "decode to UTF-8",  # looked for in what Python says
    "things, x''",  # columns
    "(not installed)",  # in the place of a version
    *("Shortlist {}", "ISO {}", "EXIF {}", "Image {}", "Image Tag 0xC612", "shortlist repair {}"),  # names
    *("Exif Rating", "Exif RatingPercent", "photo mechanic"),
    # Keys of tables.
    *("creation time", "all open", "some closed", "by doubt", "cut off", "shortlist worker"),
    # What libraries and servers say.
    "Press shortcut",
    *("Corrupt JPEG data", "Premature end of JPEG", r"bytes (\d+)-\d+/(\d+|\*)"),
    *("extraneous bytes before marker 0x(c[0-3]|d[bd]|e.|fe)$", r"(\d+) extraneous bytes before marker 0xd9"),
    *("In a worker:\n", "worker {}", "exit code {}", "signal {}"),  # in brackets, for whoever can do with it
}
SETTERS = {
    *(
        "setText",
        "setToolTip",
        "setWindowTitle",
        "setTitle",
        "setPlaceholderText",
        "setStatusTip",
        "setWhatsThis",
    ),
    *("setAccessibleName", "setAccessibleDescription", "setSuffix", "setPrefix", "setLabelText", "setFormat"),
    *("setInformativeText", "setDetailedText", "setHorizontalHeaderLabels", "setHeaderLabels", "setItemText"),
    *(
        "addAction",
        "addTab",
        "addItem",
        "addItems",
        "addMenu",
        "addRow",
        "addButton",
        "drawText",
        "ChoiceBox",
    ),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QToolButton", "QAction", "QMenu"),
    *("QListWidgetItem", "QTreeWidgetItem", "QTableWidgetItem", "QStandardItem"),
    *("critical", "warning", "information", "question", "about"),
    *("ask_for_folder", "getExistingDirectory", "getOpenFileName", "getSaveFileName"),
    *("show_info", "show_error", "show_question", "show_words", "show_failure", "show_running", "tell"),
}
WORD = re.compile(r"[A-Za-z]{2}")
NAMES = re.compile(r"Shortlist|\*\.\w+|[\w-]+\.\w{3}")  # the program and files: called so in every language


def prose(path: str, tree: ast.Module) -> Iterator[str]:
    """The literals that read like words for a user and are neither translated nor for programmers."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # docstrings
            passed.add(id(node.value))
        elif isinstance(node, ast.Assert) and node.msg is not None:
            passed |= within(node.msg)
        elif isinstance(node, ast.Call) and (name_of(node.func) in {*WORDS, *NOT_FOR_USERS} or is_log(node)):
            passed |= within(node)
        elif isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        text = text_of(node)
        if id(node) not in passed and PROSE.search(text) and not NO_PROSE.search(text) and text not in KNOWN:
            yield f"{path}:{getattr(node, 'lineno', 0)}: {text[:80]}"


def is_log(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and name_of(call.func.value) in LOGS


def within(node: ast.AST) -> set[int]:
    return {id(part) for part in ast.walk(node)}


def text_of(node: ast.AST) -> str:
    """What a literal says, with {} for what varies; "" for any other expression."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_nothing_that_reads_like_a_sentence_stays_out_of_the_catalogue() -> None:
    every = dict(modules())
    exempt = {path for path in every if is_command_line(path)} | NO_SENTENCES
    assert exempt <= every.keys(), "what is exempt is there"
    found = [line for path, tree in every.items() if path not in exempt for line in prose(path, tree)]
    assert not found, "\n".join(found)
    assert len(list(prose("doctor", every["app/cli/doctor.py"]))) > 10, (
        "the search finds what is not translated"
    )


def test_what_a_control_says_is_translated_to_the_last_word() -> None:
    bare = [
        f"{path}:{call.lineno}: {text_of(part)}"
        for path, tree in modules()
        if not is_command_line(path) and path.startswith(("app/", "ui/"))
        for name, call in calls(tree)
        if name in SETTERS and not is_log(call)
        for argument in call.args
        for part in bare_literals(argument)
        if WORD.search(NAMES.sub("", text_of(part)))
    ]
    assert not bare, "\n".join(bare)


def bare_literals(node: ast.AST) -> Iterator[ast.AST]:
    """The literals of an argument, but for what other calls in it make of theirs, and what is only looked up."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield node
        if isinstance(node, ast.Constant):
            return
    if isinstance(node, ast.Call | ast.Compare | ast.Subscript | ast.Lambda | ast.FormattedValue):
        return
    for child in ast.iter_child_nodes(node):
        yield from bare_literals(child)
