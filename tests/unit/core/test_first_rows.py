"""What is seen of a photo at full resolution, decoded without the rows below it: the same pixels, sooner."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.tiff import HEADER, LONG, SHORT, directory
from core.ingest.decoder import decode
from core.ingest.first_rows import FirstRows, decode_first_rows
from core.types import Box
from fixtures.shoots import scene
from fixtures.windows import there

SEEN = Box(0.3, 0.25, 0.2, 0.15)


def jpeg(size: tuple[int, int] = (960, 640), **options: object) -> bytes:
    stored = io.BytesIO()
    Image.fromarray(scene(3, size)).save(stored, "JPEG", quality=88, **options)
    return stored.getvalue()


def file(folder: Path, content: bytes, name: str = "a.jpg") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def assert_same_where_seen(part: FirstRows, whole: np.ndarray, seen: Box) -> None:
    height, width = whole.shape[:2]
    assert part.whole == (width, height)
    rows = slice(int(seen.y * height), int((seen.y + seen.height) * height))
    columns = slice(int(seen.x * width), int((seen.x + seen.width) * width))
    x, y = part.at
    there_rows = slice(rows.start - y, rows.stop - y)
    there_columns = slice(columns.start - x, columns.stop - x)
    assert np.array_equal(part.rgb[there_rows, there_columns], whole[rows, columns])


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("subsampling", [0, 2])
def test_they_are_the_pixels_of_the_whole_photo_however_it_is_turned(
    tmp_path: Path, orientation: int, subsampling: int
) -> None:
    path = file(tmp_path, jpeg(subsampling=subsampling))
    part = there(decode_first_rows(path, orientation, SEEN))
    assert_same_where_seen(part, decode(path, orientation).rgb, SEEN)
    assert part.rgb.size < 0.85 * 960 * 640 * 3, "no more is decoded than is needed"


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        pytest.param(jpeg(), Box(0.3, 0.7, 0.2, 0.3), id="at the foot"),
        pytest.param(jpeg(progressive=True), SEEN, id="progressive"),
    ],
)
def test_where_there_is_no_shorter_way_no_more_is_kept_than_is_seen(
    tmp_path: Path, content: bytes, seen: Box
) -> None:
    path = file(tmp_path, content)
    part = there(decode_first_rows(path, 1, seen))
    assert_same_where_seen(part, decode(path).rgb, seen)
    assert part.rgb.size < 0.2 * 960 * 640 * 3


def test_colours_are_those_of_the_whole_photo(tmp_path: Path) -> None:
    path = file(tmp_path, jpeg(icc_profile=b"a profile of 128 bytes".ljust(128)))
    assert there(decode_first_rows(path, 1, SEEN)).icc == decode(path).icc is not None


def test_the_preview_in_a_raw_is_decoded_likewise(tmp_path: Path) -> None:
    preview = jpeg((1200, 800))
    entries = [(0x0100, SHORT, 1200), (0x0101, SHORT, 800), (0x0103, SHORT, 6), (0x0201, LONG, 0)]
    entries.append((0x0202, LONG, len(preview)))
    at = 8 + len(directory(8, entries, 0))
    entries[3] = (0x0201, LONG, at)
    path = file(tmp_path, HEADER + directory(8, entries, 0) + preview, "a.nef")
    part = there(decode_first_rows(path, 6, SEEN))
    turned = np.rot90(np.asarray(Image.open(io.BytesIO(preview))), -1)
    assert_same_where_seen(part, turned, SEEN)


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        pytest.param(b"", SEEN, id="empty"),
        pytest.param(jpeg()[:300], SEEN, id="cut off in its header"),
        pytest.param(b"GIF89a no photo", SEEN, id="no photo"),
    ],
)
def test_what_is_no_jpeg_is_left_to_others(tmp_path: Path, content: bytes, seen: Box) -> None:
    assert decode_first_rows(file(tmp_path, content), 1, seen) is None


def test_a_file_that_is_gone_is_left_to_others_too(tmp_path: Path) -> None:
    assert decode_first_rows(tmp_path / "gone.jpg", 1, SEEN) is None
