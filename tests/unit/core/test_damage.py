"""Damage of a file is noticed, whatever its form, and nothing sound is called damaged."""

import io
import random
from collections import Counter
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import simplejpeg
from PIL import Image, ImageDraw

from benchmarks.pipeline.made_up import write_shoot
from core.errors import PhotoError
from core.ingest.damage import is_torn
from core.ingest.decoder import decode
from core.ingest.formats import Kind, kind_of
from core.ingest.frame import decode_frame
from core.types import Damage, Photo, PhotoId
from fixtures.damaged import DAMAGES, Damaging, break_head, damage, scan_of, swapped, zeroed
from fixtures.shoots import Picture, face, scene, write_photo

OTHER_FILES = (".csv", ".xmp", ".txt", ".md", ".pgm")


def jpeg(picture: Picture, **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", **{"quality": 92, **options})
    return out.getvalue()


@lru_cache
def seeded(seed: int) -> Picture:
    return scene(seed)


def differing(sound: bytes, damaged: bytes) -> float:
    """The share of pixels that look different."""
    one, other = (
        np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), np.int16) for data in (sound, damaged)
    )
    return float((np.abs(one - other).max(axis=2) > 24).mean())


def verdict(path: Path, data: bytes) -> Damage | str | None:
    path.write_bytes(data)
    try:
        return decode(path).damage
    except PhotoError as error:
        return error.reason


KINDS = [
    {},
    {"progressive": True},
    {"subsampling": 0},
    {"restart_marker_rows": 1},
    {"quality": 40, "optimize": True},
]


@pytest.mark.parametrize("damaging", DAMAGES)
@pytest.mark.parametrize("options", KINDS)
def test_damage_of_any_form_is_noticed(
    damaging: Damaging, options: dict[str, object], tmp_path: Path
) -> None:
    seen = 0
    for seed in range(6):
        sound = jpeg(seeded(seed), **options)
        damaged = damaging(sound, random.Random(f"{damaging.__name__}{seed}"))
        if verdict(tmp_path / "a.jpg", damaged) is not None:
            seen += 1
        else:  # of the last refinement of a progressive picture much may be lost before one sees it
            assert differing(sound, damaged) < 0.005
    assert seen >= 3


@pytest.mark.parametrize("options", [*KINDS, {"quality": 10}])
def test_nothing_sound_is_called_damaged(options: dict[str, object], tmp_path: Path) -> None:
    for seed in range(8):
        assert verdict(tmp_path / "a.jpg", jpeg(seeded(seed), **options)) is None


def test_borders_steps_and_patterns_are_no_tears(tmp_path: Path) -> None:
    plain = scene(3, (640, 480))
    framed = np.zeros_like(plain)
    framed[64:416, 96:544] = plain[64:416, 96:544]  # along the edges of blocks
    halves = plain.copy()
    halves[240:] = scene(4, (640, 480))[240:]
    quarters = halves.copy()
    quarters[:, 320:] = scene(5, (640, 480))[:, 320:]
    board = (
        np.kron(np.indices((30, 40)).sum(axis=0) % 2, np.ones((16, 16)))[..., None].repeat(3, axis=2) * 255
    )
    lines = Image.fromarray(plain)
    for y in range(16, 480, 48):
        ImageDraw.Draw(lines).line((0, y, 639, y + 3), "white", 3)
    for picture in (framed, halves, quarters, board.astype(np.uint8), np.asarray(lines)):
        for quality in (60, 95):
            assert verdict(tmp_path / "a.jpg", jpeg(picture, quality=quality)) is None


def test_what_is_before_or_behind_the_picture_is_no_damage(tmp_path: Path) -> None:
    whole = jpeg(scene(1))
    path = tmp_path / "a.jpg"
    assert verdict(path, whole + random.Random(1).randbytes(10_000)) is None, "a film"
    assert verdict(path, whole[:-2]) is None, "no mark at the end"
    assert verdict(path, whole[:-2] + bytes(40) + whole[-2:]) is None, "filled up"
    assert verdict(path, whole[:20] + bytes(16) + whole[20:]) is None, "oddities of the header"


def test_a_step_in_brightness_from_one_block_on_is_a_tear() -> None:
    sound = scene(7)
    blocks = np.arange(sound.size // 3 // 256).reshape(sound.shape[0] // 16, sound.shape[1] // 16)
    for first in (500, 1234, 2001):
        off = (blocks >= first).repeat(16, axis=0).repeat(16, axis=1)[..., None]
        assert is_torn(np.clip(sound + off * 40, 0, 255).astype(np.uint8), (16, 16))
    assert not is_torn(sound, (16, 16))


def test_a_swap_of_which_the_decoder_says_nothing_is_seen_in_the_picture(tmp_path: Path) -> None:
    silent = 0
    for seed in range(60):
        data = swapped(jpeg(face(seed), subsampling=2), random.Random(seed))
        try:
            simplejpeg.decode_jpeg(data)
        except ValueError:
            continue
        silent += 1
        assert verdict(tmp_path / "a.jpg", data) is Damage.TORN
    assert silent, "else this tests nothing"


@pytest.mark.parametrize("tenth", range(2, 10))
def test_a_jpeg_that_ends_early_is_shown_as_far_as_it_goes(tenth: int, tmp_path: Path) -> None:
    whole = jpeg(seeded(1))
    path = tmp_path / "a.jpg"
    assert verdict(path, whole[: len(whole) * tenth // 10]) is Damage.CUT_OFF
    shown, rows = decode(path).rgb, seeded(1).shape[0] * (tenth - 1) // 10
    assert np.array_equal(shown[:rows], simplejpeg.decode_jpeg(whole)[:rows])
    assert np.ptp(shown[-8:].reshape(-1, 3), axis=0).max() == 0, "nothing is there"


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp", ".heic", ".avif"])
def test_other_files_that_end_early_are_refused(suffix: str, tmp_path: Path) -> None:
    whole = write_photo(tmp_path / f"whole{suffix}", scene(2, (480, 320))).read_bytes()
    for tenth in range(1, 10):
        assert isinstance(verdict(tmp_path / f"a{suffix}", whole[: len(whole) * tenth // 10]), str)


@pytest.mark.parametrize("suffix", [".webp", ".heic", ".avif"])
@pytest.mark.parametrize("filling", [b"\0", b"\xff"])
def test_a_hole_in_other_files_is_noticed(suffix: str, filling: bytes, tmp_path: Path) -> None:
    whole = write_photo(tmp_path / f"whole{suffix}", scene(2, (480, 320))).read_bytes()
    assert verdict(tmp_path / f"a{suffix}", whole) is None
    for tenth in range(2, 9):
        at = len(whole) * tenth // 10
        damaged = whole[:at] + filling * 3000 + whole[at + 3000 :]
        assert verdict(tmp_path / f"a{suffix}", damaged) is not None


@pytest.mark.parametrize("seed", range(4))
def test_a_png_has_checksums(seed: int, tmp_path: Path) -> None:
    whole = write_photo(tmp_path / "whole.png", scene(2)).read_bytes()
    at = random.Random(seed).randrange(1000, len(whole) - 1000)
    assert isinstance(verdict(tmp_path / "a.png", whole[:at] + bytes(300) + whole[at + 300 :]), str)


def test_a_raw_that_ends_early_is_shown_and_called_damaged(tmp_path: Path) -> None:
    (path,) = write_shoot(tmp_path, 1, 2, ".dng").glob("*.dng")
    whole = path.read_bytes()
    assert verdict(path, whole) is None
    seen = {tenth: verdict(path, whole[: len(whole) * tenth // 10]) for tenth in range(1, 10)}
    assert None not in seen.values()
    assert seen[9] is Damage.CUT_OFF, "the preview is whole"


def test_the_raw_of_the_frame_is_looked_at_where_its_jpeg_is_damaged(tmp_path: Path) -> None:
    (raw,) = write_shoot(tmp_path, 1, 2, ".dng").glob("*.dng")
    path = write_photo(tmp_path / "frame.jpg", scene(1))
    frame, alone = Photo(PhotoId("a"), path, (raw,)), Photo(PhotoId("a"), path)
    assert not decode_frame(frame, decode).stand_in
    damage(path, zeroed)
    stand_in = decode_frame(frame, decode)
    assert (stand_in.damage, stand_in.stand_in) == (Damage.TORN, True)
    assert np.array_equal(stand_in.rgb, decode(raw).rgb)
    assert (decode_frame(alone, decode).damage, decode_frame(alone, decode).stand_in) == (Damage.TORN, False)
    path.write_bytes(path.read_bytes()[:-5000])
    assert decode_frame(frame, decode).damage is Damage.CUT_OFF
    break_head(path)
    assert decode_frame(frame, decode).damage is not None
    with pytest.raises(PhotoError):
        decode_frame(alone, decode)
    raw.write_bytes(b"II*\0")
    with pytest.raises(PhotoError, match=r"frame\.jpg"):
        decode_frame(frame, decode)


def test_scans_are_found_where_they_begin() -> None:
    data = jpeg(scene(1))
    assert data[scan_of(data) - 3 : scan_of(data)] == b"\0\x3f\0", "of all coefficients"


@pytest.mark.photos
def test_no_real_photo_is_called_damaged(photos_folder: Path) -> None:
    found: Counter[str] = Counter()
    for path in sorted(photos_folder.rglob("*")):
        if path.is_file() and kind_of(path) is Kind.PICTURE and "formats" not in path.parts:
            damaged = decode(path).damage
            found[str(damaged)] += 1
            assert damaged is None, path
    assert found["None"] > 1000
