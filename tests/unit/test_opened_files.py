"""Nothing opens files past ``core.files``: read off the syntax tree of all that is part of the program."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from fixtures.syntax import tree_of

ROOT = Path(__file__).parents[2]

PATH_METHODS = frozenset({"read_bytes", "read_text"})
LIBRARIES = frozenset(
    {"FileIO", "mmap", "fromfd", "connect", "copy", "copy2", "copyfile", "copytree", "cmp"}
    | {
        "imread",
        "imreadmulti",
        "process_file",
        "open_heif",
        "read_heif",
        "getOpenProfile",
        "InferenceSession",
    }
    | {"fromfile", "memmap", "loadtxt", "genfromtxt"}
    | {"QFile", "QImageReader", "QMovie", "QSettings", "QPdfDocument", "addApplicationFont"}
)
"""Functions of libraries that take the name of a file."""

AMBIGUOUS = {"copy": "shutil.copy", "connect": "sqlite3.connect"}
"""Of these only this one: others copy lists, and connect signals."""

NO_FILES = re.compile(
    r"(dialog|session|survey|compare|view|self|opener|[A-Z]\w*(Store|Cache)|Dialog\([^\n]*\))\.open\("
)
"""Methods of that name that open something else."""

KNOWN = {
    # A stream that ``core.files`` opened, or bytes.
    "core/ingest/pillow_decoding.py: Image.open(stream)",
    "core/ingest/film_frame.py: library.open(stream, metadata_errors='ignore')",
    "core/ingest/film_frame.py: Image.open(io.BytesIO(made), formats=['PPM'])",
    "core/ingest/raw_decoding.py: rawpy.imread(name_for_libraries(path, stream))",
    "core/ingest/raw_decoding.py: rawpy.imread(stream)",
    "core/ingest/pixels.py: ImageCms.getOpenProfile(io.BytesIO(icc))",
    "core/ingest/exif_tags.py: exifread.process_file(cast(BinaryIO, rationed), details=False)",
    "models/runtime.py: onnxruntime.InferenceSession(content, _options(threads), providers=[CPU])",
    "models/runtime.py: onnxruntime.InferenceSession(content, options, providers=providers, enable_fallback=0)",
    "ui/imaging/colours.py: ImageCms.getOpenProfile(io.BytesIO(icc))",
    # Looked at by ``check_regular`` a moment before.
    "app/window.py: QSettings(str(where.preferences), QSettings.Format.IniFormat)",
    "core/persistence/connections.py: sqlite3.connect(",
    # The system's own.
    "app/cli/standard_streams.py: os.open(os.devnull, ",
    # What ships with the program.
    "core/export/proof_page.py: (files('resources') / 'proofs' / name).read_text('utf-8')",
    "core/learned.py: (files('core') / 'learned.toml').read_text(encoding='utf-8')",
    "core/typed_words.py: file.read_text('utf-8')",
    "core/taste/profiles.py: (files('core.taste') / 'profiles.toml').read_text(encoding='utf-8')",
    "models/catalogue.py: resources.files(__package__).joinpath(_NAME).read_text('utf-8')",
    "models/things.py: resources.files(__package__).joinpath(_NAME).read_text('utf-8')",
    "models/manifest.py: _folder().joinpath(self.file).read_bytes()",
    "models/manifest.py: _folder().joinpath(_NAME).read_text('utf-8')",
    "models/manifest.py: folder.joinpath(model.file).read_bytes()",
    "app/demo/frames.py: Image.open(io.BytesIO(",
    "app/demo/frames.py: (files('resources') / 'demo' / f'{name}.jpg').read_bytes()",
    "app/notices.py: (files('resources') / 'demo' / 'SOURCES.txt').read_text",
    "app/notices.py: files('models').joinpath('licences', model.licence_file).read_text",
    "app/notices.py: files('resources').joinpath('licences', f'{name}.txt').read_text('utf-8')",
    "ui/help_pages.py: (folder / f'{name}.md').read_text('utf-8')",
    # Written anew, or no file of the user's.
    "app/cli/doctor.py: said.open('w', encoding='utf-8')",
    "models/download.py: part.open('wb')",
    "core/ingest/quiet.py: os.open(os.devnull, os.O_WRONLY)",
    "core/sidecar/atomic_file.py: os.open(folder, os.O_RDONLY)",
    "app/drives.py: os.open(_MOUNTS, os.O_RDONLY)",
    "core/persistence/private_files.py: os.open(folder, os.O_RDONLY)",
}
"""How what may stand there begins, each for one of these reasons; a new one is to go through ``core.files``."""


def opened_files(tree: ast.Module) -> Iterator[str]:
    """The calls that may open a file, and the methods that are handed on to be called."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in PATH_METHODS and id(node) not in called:
            yield ast.unparse(node)
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if AMBIGUOUS.get(name) not in (None, ast.unparse(function)):
            continue
        is_open = name == "open" and not NO_FILES.search(ast.unparse(node)) and not _is_made_anew(node)
        in_memory = any(ast.unparse(argument) == "':memory:'" for argument in node.args)
        if is_open or (not in_memory and name in PATH_METHODS | LIBRARIES):
            yield ast.unparse(node)


def _is_made_anew(call: ast.Call) -> bool:
    """Made for writing, exclusively: there is no file of that name, or it fails."""
    return any(
        ast.unparse(argument) == "'xb'" or "os.O_EXCL" in ast.unparse(argument) for argument in call.args
    )


def test_every_file_is_opened_by_the_one_opener() -> None:
    found = {
        f"{path.relative_to(ROOT).as_posix()}: {' '.join(opened.split())}"
        for package in ("app", "core", "models", "ui")
        for path in sorted((ROOT / package).rglob("*.py"))
        if path != ROOT / "core/files.py" and "build" not in path.relative_to(ROOT).parts
        for opened in opened_files(tree_of(path))
    }
    unknown = {opened for opened in found if not opened.startswith(tuple(KNOWN))}
    assert unknown == set(), "open it with core.files, or say in KNOWN why it need not be"
    gone = [known for known in KNOWN if not any(opened.startswith(known) for opened in found)]
    assert gone == []


def test_ways_past_the_opener_are_seen() -> None:
    ways = """
open(path)
path.open()
path.open("rb")
Path(name).read_text()
loaders = [path.read_bytes]
Image.open(path)
cv2.imread(name)
rawpy.imread(str(path))
exifread.process_file(path)
np.fromfile(path)
shutil.copyfile(one, other)
sqlite3.connect(path)
QImageReader(name)
""".strip().splitlines()
    assert [way for way in ways if not list(opened_files(ast.parse(way)))] == []
    assert (
        list(
            opened_files(
                ast.parse('temporary.open("xb"); dialog.open(); frames.copy(); SessionStore.open(path)')
            )
        )
        == []
    )
