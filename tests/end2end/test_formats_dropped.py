"""Files of newer formats dropped on the window: each is shown and measured, or named in a sentence that helps."""

import io
import struct
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from benchmarks.pipeline import made_up_raw
from benchmarks.pipeline.made_up import picture
from core.ingest import jpeg_xl
from fixtures.shoots import scene
from fixtures.windows import drop, photo_id, running, wait_until_analysed

pytestmark = pytest.mark.usefixtures("measured_here")


def gopro(path: Path) -> Path:
    """A RAW whose sensor data are packed as VC-5, which nobody decodes here; with its preview."""
    shown, preview = picture(2, 1), io.BytesIO()
    Image.fromarray(shown).save(preview, "JPEG")
    made = made_up_raw.raw(shown, preview.getvalue(), "HERO12 Black", datetime(2025, 6, 14))
    plain, packed = (struct.pack("<HHIHH", 0x0103, 3, 1, how, 0) for how in (1, 9))
    sensor = made.index(plain, made.index(plain) + 1)
    path.write_bytes(made[:sensor] + packed + made[sensor + len(plain) :])
    return path


def test_newer_formats_are_measured_or_named(qtbot: QtBot, tmp_path: Path) -> None:
    Image.fromarray(scene(1)).save(tmp_path / "a.avif")
    (tmp_path / "b.jxl").write_bytes(b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(200))
    (tmp_path / "c.avif").write_bytes(b"\0\0\0\x20ftypavif" + bytes(200))
    files = [tmp_path / name for name in ("a.avif", "b.jxl", "c.avif")]
    with running() as program:
        drop(program, *files, gopro(tmp_path / "d.gpr"))
        wait_until_analysed(qtbot, program)
        shoot = program.session.shoot
        assert {photo_id(program, name) for name in ("a.avif", "d.gpr")} == shoot.analyses.keys()
        told = {failure.path.name: failure.reason for failure in shoot.failures}
        assert told.keys() == {"b.jxl", "c.avif"}
        assert "camera or variant that is not known yet" in told["c.avif"]
        if not jpeg_xl.can_be_read():
            assert "JPEG XL" in told["b.jxl"]
            assert "Convert it" in told["b.jxl"]
