"""Thickets of links: among photos, sidecars, folders and the place to write to, whatever leads wherever.

Each turn lays out another thicket by chance, plans an export of any kind, now and then bends a link between plan
and export, and undoes it all. Nothing outside changes that the plan did not name, and afterwards all is as it was.
"""

import os
import random
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.cancelling import never
from core.export.carry_out import export
from core.export.kinds import Choice, ExportKind, Selection
from core.export.metadata_template import MetadataTemplate
from core.export.planned import PlannedFile
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.export.undo import undo
from core.export.words import plan_lines
from core.export.xmp import XmpChoices
from core.ingest.scanner import photo_id, scan
from core.naming.names import NameTemplate, Naming
from core.sidecar.backups import BACKUP_SUFFIX
from core.sidecar.label_names import ENGLISH
from core.sidecar.profiles import PROFILES
from core.types import Decision, Flag, Label, Photo
from fixtures.exports import THEIRS
from fixtures.photo_files import packet, picture, rich_jpeg, tiff
from fixtures.seeds import seed
from fixtures.trees import lies

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links are for administrators there")

DATA = {
    ".jpg": rich_jpeg(packet(padding=2048))[0],
    ".dng": tiff(packet()),
    ".cr2": picture("green"),
    ".xmp": THEIRS,
}
KINDS = [
    *[ExportKind.XMP] * 4,
    ExportKind.COPY,
    ExportKind.MOVE,
    ExportKind.RENAME,
    ExportKind.LINK,
    ExportKind.CSV,
    ExportKind.PATHS,
]

WORDS = MetadataTemplate({"creator": "Anna", "city": "Kiel", "keywords": "boat"})
NAMES = ("{name}_{counter:2}", "same", "{flag}/{name}")


@dataclass(frozen=True)
class Thicket:
    """Three folders: what is opened, what lies elsewhere, and where copies go; the last may be a link itself."""

    shoot: Path
    elsewhere: Path
    out: Path

    @property
    def folders(self) -> tuple[Path, Path]:
        """All that may not change unseen."""
        return self.shoot.parent, self.elsewhere


def lay_out(root: Path, chance: random.Random) -> Thicket:
    shoot, elsewhere = root / "opened" / "shoot", root / "elsewhere"
    for folder in (shoot / "sub", elsewhere / "deep"):
        folder.mkdir(parents=True)
    targets: list[Path] = []
    for number in range(4):
        for suffix, data in DATA.items():
            for folder in (elsewhere, elsewhere / "deep"):
                target = folder / f"{chance.choice('abcdxyz')}{number}{suffix}"
                target.write_bytes(data)
                targets.append(target)
    for folder in (shoot, shoot / "sub"):
        for name in "abcd":
            for suffix in (chance.choice([".jpg", ".cr2", ".dng"]), ".xmp"):
                grow(folder / f"{name}{suffix}", targets, chance)
                if chance.random() < 0.2:
                    grow(folder / f"{name}.jpg.xmp", targets, chance)
    if chance.random() < 0.6:
        (shoot / "linked").symlink_to(elsewhere / "deep", target_is_directory=True)
    grow(shoot / "shortlist.csv", targets, chance)
    out = root / "opened" / "out"
    match chance.randrange(4):
        case 0:
            out.symlink_to(elsewhere / "nowhere")
        case 1:
            out.mkdir()
            grow(out / "a.jpg", targets, chance)
            grow(out / "a.xmp", targets, chance)
    return Thicket(shoot, elsewhere, out)


def grow(path: Path, targets: list[Path], chance: random.Random) -> None:
    """Makes a file, a link of any sort, or nothing."""
    alike = [target for target in targets if target.suffix == path.suffix] or targets
    target = chance.choice(alike)
    makes: list[Callable[[], object]] = [
        lambda: path.write_bytes(DATA.get(path.suffix, b"former")),
        lambda: path.write_bytes(DATA.get(path.suffix, b"former")),
        lambda: path.write_bytes(b""),
        lambda: path.symlink_to(target),
        lambda: path.symlink_to(os.path.relpath(target, path.parent)),
        lambda: path.symlink_to(path.parent / chance.choice(["a.xmp", "b.xmp", "a.jpg", "nothing"])),
        lambda: path.symlink_to("../../../elsewhere/new" + path.suffix),
        lambda: path.symlink_to(path.name),
        lambda: os.link(target, path),
        lambda: None,
    ]
    if not os.path.lexists(path):
        chance.choice(makes)()


def requested(thicket: Thicket, chance: random.Random) -> ExportRequest:
    kind = chance.choice(KINDS)
    out = thicket.out if kind.needs_folder or chance.random() < 0.3 else None
    choices = XmpChoices(
        chance.choice(list(PROFILES.values())),
        ENGLISH,
        embed=chance.random() < 0.5,
        metadata=chance.choice((None, WORDS)),
    )
    named = kind.needs_names or (kind.takes_names and chance.random() < 0.5)
    naming = Naming(NameTemplate.parse(chance.choice(NAMES))) if named else None
    return ExportRequest(kind, Selection(Choice.ALL), out, choices, naming)


def planned(thicket: Thicket, chance: random.Random, request: ExportRequest) -> list[PlannedFile]:
    found = scan([thicket.shoot], True, never)
    photos = [Photo(photo_id(file.path), file.path, mtime_ns=file.mtime_ns) for file in found.files]
    decisions = {
        photo.id: Decision(
            photo.id, chance.choice(list(Flag)), chance.randrange(6), chance.choice(list(Label))
        )
        for photo in photos
    }
    return list(plan_export(request, Material(photos, decisions, folders=[thicket.shoot])))


def bend(thicket: Thicket, chance: random.Random) -> None:
    """Lets some links lead elsewhere, and some lead nowhere."""
    links = [path for path in sorted(thicket.shoot.rglob("*")) if path.is_symlink() and path.name != "linked"]
    for link in links:
        if chance.random() < 0.4:
            link.unlink()
            link.symlink_to(thicket.elsewhere / chance.choice(["a0.xmp", "new.xmp", "deep"]))


def unseen(changed: set[str], lines: list[str], out: Path) -> list[str]:
    """What changed outside and stands in no line of the plan, neither itself nor its folder."""
    said = "\n".join(lines)
    real_out = os.path.realpath(out)
    found = []
    for path in changed:
        name = path.removesuffix(BACKUP_SUFFIX)
        if name not in said and f"“{Path(name).parent}”" not in said and not path.startswith(real_out):
            found.append(path)
    return found


def test_nothing_elsewhere_changes_unseen_and_undo_brings_all_back(
    tmp_path: Path, is_long: bool, counts: Any
) -> None:
    begin = seed()
    done = 0
    for turn in range(3000 if is_long else 40):
        chance = random.Random(f"{begin}/{turn}")
        thicket = lay_out(tmp_path / str(turn), chance)
        before = lies(*thicket.folders)
        request = requested(thicket, chance)
        plan = planned(thicket, chance, request)
        lines = list(plan_lines(plan))
        assert lies(*thicket.folders) == before, "a plan touches nothing"
        is_bent = chance.random() < 0.3
        if is_bent:
            bend(thicket, chance)
        bent = lies(*thicket.folders)
        with closing(ExportStore.open(tmp_path / f"{turn}.sqlite")) as store:
            result = export(plan, store, "links")
            after = lies(*thicket.folders)
            changed = {path for path in {*bent, *after} if bent.get(path, 0) != after.get(path, 0)}
            outside = {path for path in changed if path.startswith(str(thicket.elsewhere))}
            assert not unseen(outside, lines, thicket.out), (turn, lines)
            done += bool(result.written)
            if (record := store.last()) is not None:
                undone = undo(store, record)
                assert not undone.refused, (turn, [str(one) for one in undone.refused])
        assert lies(*thicket.folders) == bent, (turn, lines)
        counts.add(tried=1, survived=1)
    assert done > 10, "most thickets let something through"
