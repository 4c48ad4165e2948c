"""Templates, names and facts made to break out, to meet, and to offend disks: every file stays in its target folder."""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.export.carry_out import carry_out
from core.export.kinds import Choice, ExportKind, Selection
from core.export.planned import Action
from core.export.request import ExportRequest, Material, plan_export
from core.export.transfers import PlannedTransfer
from core.ingest.frame_names import folded, frame_key
from core.naming.names import NameTemplate, Naming
from core.naming.placeholders import PLACEHOLDERS
from core.naming.safe_names import safe_name
from core.naming.template import TemplateError
from core.types import Photo, PhotoId, Shot
from fixtures.seeds import LONG

TRIES = 10_000 if LONG else 250
CARRIED_OUT = 40  # of each hundred: the disk is waited for

HOSTILE = (
    *(
        "..",
        "../",
        "..\\",
        "/",
        "\\",
        ".",
        "~",
        "C:",
        "//server/share/",
        "/etc/passwd",
        "\\\\?\\",
        "%2e%2e%2f",
    ),
    *(
        "con",
        "NUL",
        "com1",
        "LPT¹",
        "aux.jpg",
        "CLOCK$",
        "a ",
        "a.",
        " ",
        "...",
        "-rf",
        "$(id)",
        "`id`",
        '*?<>|"',
    ),
    *(
        "\0",
        "\n",
        "\x1b[2J",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\u2028",
        "\udcff",
        "e\u0301",
        "é",
        "É",
        "ß",
        "SS",
        "ﬁ",
        "İ",
    ),
    *(
        "x" * 300,
        "鳥" * 120,
        "👨‍👩‍👧" * 40,
        "{",
        "}",
        "{{",
        "}}",
        "{}",
        "{name:",
        "{name|../../x}",
        "{name|a/b}",
        "IMG_1",
        "img_1",
    ),
    *("PXL_20240501_100000123.RAW-01.COVER", "IMG_E0001", "_HEVC", "IMG_1_01"),
)
FIELDS = tuple(placeholder.written for placeholder in PLACEHOLDERS)
TEXTS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=3).map("".join)
ANY_TEMPLATES = st.lists(
    st.sampled_from(HOSTILE) | st.sampled_from(FIELDS) | st.text(max_size=4), max_size=5
).map("".join)
# Most of those are refused; these are not, unless a part of them is a dot or two.
LEVELS = st.lists(
    st.sampled_from([text for text in HOSTILE if not set(text) & set("{}/\\")]) | st.sampled_from(FIELDS),
    min_size=1,
    max_size=4,
).map("".join)
TEMPLATES = ANY_TEMPLATES | st.lists(LEVELS, min_size=1, max_size=4).map("/".join)
STEMS = TEXTS.map(lambda text: text.replace("/", "").replace("\0", ""))
SUFFIXES = st.sampled_from((".jpg", ".JPG", ".png", ".cr2", ".heic"))


@st.composite
def shoots(draw: st.DrawFn) -> list[tuple[bytes, Shot, str]]:
    """Names as a disk can have them, with what their files say."""
    found = []
    for _ in range(draw(st.integers(1, 4))):
        stem = os.fsencode(draw(STEMS).encode(errors="surrogateescape").decode(errors="surrogateescape"))[
            :200
        ]
        found.append((stem + draw(SUFFIXES).encode(), Shot(lens=draw(TEXTS)), draw(TEXTS)))
    return found


def made(folder: Path, files: list[tuple[bytes, Shot, str]]) -> Iterator[Photo]:
    """Photos with a sidecar and a RAW each, on disk; names that meet are one photo."""
    for number, (name, shot, camera) in enumerate(files):
        path = folder / str(number % 2) / os.fsdecode(name)
        if os.path.lexists(path):
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"picture %d" % number)
        companions = []
        if number % 3 == 0:
            raw = path.with_name(f"{frame_key(path.name)}.nef")
            raw.write_bytes(b"raw %d" % number)
            companions.append(raw)
        path.with_name(f"{path.name}.xmp").write_bytes(b"sidecar %d" % number)
        yield Photo(
            PhotoId(str(number)), path, tuple(companions), datetime(1, 1, 1), shot=shot, camera_name=camera
        )


@settings(
    max_examples=TRIES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(
    template=TEMPLATES,
    shoot=TEXTS,
    files=shoots(),
    kind=st.sampled_from((ExportKind.COPY, ExportKind.MOVE, ExportKind.RENAME)),
    luck=st.integers(0, 99),
)
def test_every_file_stays_in_its_folder(
    template: str,
    shoot: str,
    files: list[tuple[bytes, Shot, str]],
    kind: ExportKind,
    luck: int,
    counts: Any,
) -> None:
    counts.add(tried=1)
    try:
        naming = Naming(NameTemplate.parse(template), shoot)
    except TemplateError:
        counts.add(refused=1)
        return
    with tempfile.TemporaryDirectory() as sandbox:
        start, out = Path(sandbox, "shoot"), Path(sandbox, "deep", "out")
        start.mkdir()
        photos = list(made(start, files))
        request = ExportRequest(
            kind, Selection(Choice.ALL), None if kind is ExportKind.RENAME else out, naming=naming
        )
        plan = [one for one in plan_export(request, Material(photos, {})) if isinstance(one, PlannedTransfer)]
        before = {one.source: one.source.read_bytes() for one in plan}
        assert {photo.path for photo in photos} <= before.keys()
        seen: set[str] = set()
        for one in plan:
            target = one.source.parent if kind is ExportKind.RENAME else out
            below = one.path.relative_to(target)
            assert ".." not in below.parts
            assert Path(os.path.normpath(one.path)) == one.path
            assert all(
                safe_name(part).name == part for part in (*below.parts[:-1], below.stem[:1]) if part != "_"
            )
            assert all(len(part.encode()) <= 255 for part in below.parts)
            assert one.action is not Action.REFUSED, one.remark
            assert folded(str(one.path)) not in seen, "no disk takes two for one"
            seen.add(folded(str(one.path)))
        if luck < CARRIED_OUT:
            result = carry_out(plan)
            assert result.refused == []
            assert all(one.path.read_bytes() == before[one.source] for one in plan)
            assert {path.name for path in Path(sandbox).iterdir()} <= {"shoot", "deep"}
            assert all(path.name == "out" for path in Path(sandbox, "deep").glob("*"))
    counts.add(survived=1)
