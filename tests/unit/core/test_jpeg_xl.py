"""DNGs compressed with JPEG XL: shown where Pillow can read it, else refused by the true reason."""

import io
import struct
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.pipeline import made_up_raw
from benchmarks.pipeline.made_up import picture
from core.errors import PhotoError
from core.ingest import jpeg_xl
from core.ingest.decoder import decode

RGB = picture(2, 1)


def compressed_as(kind: int) -> bytes:
    return struct.pack("<HHIHH", 0x0103, 3, 1, kind, 0)


def dng(preview: bytes, *, preview_too: bool) -> bytes:
    """A DNG whose sensor's data, and maybe preview, are said to be compressed with JPEG XL."""
    made = made_up_raw.raw(RGB, preview, "Testcam 1", datetime(2025, 6, 14))
    if preview_too:
        made = made.replace(compressed_as(7), compressed_as(52546))
    small = made.index(compressed_as(1))
    sensor = made.index(compressed_as(1), small + 1)
    return made[:sensor] + compressed_as(52546) + made[sensor + 12 :]


def saved(kind: str) -> bytes:
    out = io.BytesIO()
    Image.fromarray(RGB).save(out, kind)
    return out.getvalue()


def test_the_reason_names_jpeg_xl_where_it_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jpeg_xl, "can_be_read", lambda: False)
    path = tmp_path / "a.dng"
    path.write_bytes(dng(b"\xff\x0a" + bytes(5000), preview_too=True))
    with pytest.raises(PhotoError, match=r"JPEG XL.*pillow-jxl-plugin"):
        decode(path)


def test_a_preview_of_another_kind_is_shown_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng(saved("JPEG"), preview_too=False))
    assert decode(path).rgb.shape == RGB.shape


def test_a_damaged_raw_is_not_put_down_to_jpeg_xl(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    made = made_up_raw.raw(RGB, bytes(5000), "Testcam 1", datetime(2025, 6, 14))
    path.write_bytes(made[: len(made) // 2])
    with pytest.raises(PhotoError) as refused:
        decode(path)
    assert "JPEG XL" not in refused.value.reason


def test_it_is_shown_where_it_can_be_read(tmp_path: Path) -> None:
    pytest.importorskip("pillow_jxl", reason="the plugin for Pillow is not installed")
    assert jpeg_xl.can_be_read()
    path = tmp_path / "a.dng"
    path.write_bytes(dng(saved("JXL"), preview_too=True))
    assert np.abs(decode(path).rgb.astype(int) - RGB).mean() < 5
