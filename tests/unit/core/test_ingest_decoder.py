"""One decode: every format upright and in RGB, every damage a sentence."""

import io
import struct
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import rawpy
import simplejpeg
from PIL import Image, ImageCms

from benchmarks.tiff import HEADER, LONG, directory, one_after_another
from core.errors import PhotoError
from core.ingest import decoding, raw_decoding
from core.ingest.decoder import decode, decode_at_least
from core.ingest.frame import frame_reduced
from core.ingest.pixels import to_srgb, upright
from core.ingest.quiet import quiet, quiet_natively
from core.types import Photo, PhotoId
from fixtures.photo_files import lossless

ORIENTATION = 0x0112
RED, GREEN, BLUE, GREY = (220, 30, 30), (30, 200, 30), (30, 30, 220), (128, 128, 128)


def picture(width: int = 96, height: int = 64) -> Image.Image:
    """Upright: red top left, green top right, blue bottom left, grey elsewhere."""
    image = Image.new("RGB", (width, height), GREY)
    third = min(width, height) // 3
    image.paste(RED, (0, 0, third, third))
    image.paste(GREEN, (width - third, 0, width, third))
    image.paste(BLUE, (0, height - third, third, height))
    return image


STORED_AS = {  # how an upright picture lies in a file of that orientation
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def assert_upright(rgb: np.ndarray, tolerance: int = 40) -> None:
    height, width = rgb.shape[:2]
    for (y, x), colour in (((5, 5), RED), ((5, width - 6), GREEN), ((height - 6, 5), BLUE)):
        assert np.abs(rgb[y, x].astype(int) - colour).max() < tolerance, (y, x, rgb[y, x])


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def as_photo(path: Path, orientation: int) -> Photo:
    return Photo(PhotoId(path.name), path, orientation=orientation)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_every_orientation_comes_out_upright(tmp_path: Path, suffix: str, orientation: int) -> None:
    turn = STORED_AS[orientation]
    stored = picture() if turn is None else picture().transpose(turn)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    path = saved(tmp_path / f"a.{suffix}", stored, exif=exif)
    decoded = decode(path, orientation)
    assert decoded.rgb.shape == (64, 96, 3)
    assert decoded.rgb.flags.c_contiguous
    assert (decoded.width, decoded.height, decoded.scale) == (96, 64, 1.0)
    assert_upright(decoded.rgb)
    assert_upright(frame_reduced(as_photo(path, orientation), 48), tolerance=60)


@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_heif_and_avif_turn_themselves(tmp_path: Path, orientation: int) -> None:
    turn = STORED_AS[orientation]
    stored = picture() if turn is None else picture().transpose(turn)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored.info["exif"] = exif.tobytes()
    for name in ("a.heic", "a.avif"):
        path = saved(tmp_path / name, stored, exif=exif.tobytes(), quality=90)
        assert_upright(decode(path, 1).rgb)
        assert_upright(decode(path, orientation).rgb)  # whatever is asked for: the file itself knows


@pytest.mark.parametrize("orientation", range(1, 9))
def test_large_pictures_are_turned_like_small_ones(orientation: int) -> None:
    turn = STORED_AS[orientation]
    rgb = np.random.default_rng(0).integers(0, 256, (300, 521, 3), dtype=np.uint8)
    stored = Image.fromarray(rgb) if turn is None else Image.fromarray(rgb).transpose(turn)
    assert np.array_equal(upright(np.asarray(stored), orientation), rgb)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "RGBA", "LA", "I;16", "F", "LAB"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    grey = np.tile(np.linspace(0, 255, 80, dtype=np.uint8), (40, 1))
    image = Image.fromarray(grey)
    if mode == "I;16":
        image = Image.fromarray(grey.astype(np.uint16) * 257)
    elif mode == "F":
        image = Image.fromarray(grey.astype(np.float32) / 255)
    elif mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        srgb = ImageCms.createProfile("sRGB")
        image = ImageCms.profileToProfile(image.convert("RGB"), srgb, lab, outputMode="LAB")  # type: ignore[assignment]
    elif mode in ("CMYK", "RGBA", "P"):
        image = image.convert("RGB").convert(mode)
    else:
        image = image.convert(mode)
    path = saved(tmp_path / "a.tif", image)
    rgb = decode(path).rgb
    assert rgb.shape == (40, 80, 3)
    assert rgb[:, :10].mean() < 60 < 200 < rgb[:, -10:].mean()


def test_transparent_parts_lie_on_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 15, 30))
    rgb = decode(saved(tmp_path / "a.png", image)).rgb
    assert tuple(rgb[5, 5]) == (200, 0, 0)
    assert tuple(rgb[5, 25]) == (255, 255, 255)


def test_cmyk_jpeg_looks_like_itself(tmp_path: Path) -> None:
    rgb = decode(saved(tmp_path / "a.jpg", picture().convert("CMYK"), quality=95)).rgb
    assert_upright(rgb, tolerance=60)


def test_content_counts_not_the_suffix(tmp_path: Path) -> None:
    for name, kind in (("a.png", "JPEG"), ("a.jpg", "PNG"), ("a.nef", "JPEG"), ("a.heic", "WEBP")):
        assert_upright(decode(saved(tmp_path / name, picture(), format=kind)).rgb)


def test_another_colour_space_is_converted_on_request(tmp_path: Path) -> None:
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    rgb = np.asarray(picture())
    assert to_srgb(rgb, None) is rgb
    assert to_srgb(rgb, srgb) is rgb
    assert to_srgb(rgb, lab_like) is rgb
    assert to_srgb(rgb, b"no profile") is rgb
    decoded = decode(saved(tmp_path / "a.jpg", picture(), icc_profile=wide_gamut_profile(srgb)))
    converted = to_srgb(decoded.rgb, decoded.icc)
    assert int(converted[60, 50, 0]) == pytest.approx(128, abs=4)  # grey stays grey
    assert not np.array_equal(converted, decoded.rgb)


def wide_gamut_profile(srgb: bytes) -> bytes:
    """The sRGB profile with red and blue changed places: certainly not sRGB, and grey stays grey."""
    data = srgb.replace(b"rXYZ", b"tmp_").replace(b"bXYZ", b"rXYZ").replace(b"tmp_", b"bXYZ")
    return data.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be")).replace(b"sRGB", b"Swap")


def test_the_profile_of_a_grey_jpeg_is_not_applied_to_rgb(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert decode(saved(tmp_path / "a.jpg", picture().convert("L"), icc_profile=srgb)).icc is None
    assert decode(saved(tmp_path / "b.jpg", picture(), icc_profile=srgb)).icc == srgb


def reason(path: Path, data: bytes | None = None, **options: int) -> str:
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(PhotoError) as caught:
        decode(path, **options)
    assert caught.value.path == path
    return caught.value.reason


def test_damaged_files_are_named_with_a_sentence(tmp_path: Path) -> None:
    assert reason(tmp_path / "empty.jpg", b"") == "The file is empty (0 bytes)."
    assert reason(tmp_path / "notes.jpg", b"Shopping list: film") == "This is not a picture: it is text."
    assert "web page" in reason(tmp_path / "page.jpg", b"<!DOCTYPE html><html>404</html>")
    assert "zeros" in reason(tmp_path / "zeros.jpg", bytes(9000))
    assert "no known format" in reason(tmp_path / "odd.jpg", bytes(range(256)))
    assert "not a picture" in reason(tmp_path / "odd.cr2", b"Shopping list: film")
    assert "damaged" in reason(tmp_path / "damaged.cr2", b"II*\0" + bytes(range(256)) * 9)
    assert "moved or deleted" in reason(tmp_path / "gone.jpg")
    assert reason(tmp_path, None)


def test_damaged_png_and_tiff_are_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, options in (("a.png", {}), ("a.tif", {"compression": "tiff_lzw"}), ("a.webp", {})):
        noise = Image.fromarray(np.random.default_rng(2).integers(0, 256, (99, 99, 3), dtype=np.uint8))
        path = saved(tmp_path / name, noise, **options)
        data = path.read_bytes()
        assert reason(path, data[: len(data) // 2])
    assert capfd.readouterr() == ("", "")


def test_a_jpeg_that_lost_only_its_end_mark_is_whole(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.jpg", picture())
    path.write_bytes(path.read_bytes()[:-2])
    assert_upright(decode(path).rgb)


def png_header(width: int, height: int) -> bytes:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    bomb = (
        png_header(50_000, 50_000) + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    )
    assert "50000 × 50000 pixels" in reason(tmp_path / "bomb.png", bomb)
    path = saved(tmp_path / "a.jpg", picture())
    assert "96 × 64" in reason(path, max_pixels=1000)


def test_a_panorama_is_decoded_at_a_fraction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_FULL_PIXELS", 96 * 64 // 2)
    for name in ("a.jpg", "a.png"):
        decoded = decode(saved(tmp_path / name, picture()))
        assert decoded.rgb.shape == (32, 48, 3)
        assert (decoded.width, decoded.height, decoded.scale) == (96, 64, 0.5)
        assert_upright(decoded.rgb, tolerance=60)


def test_want_of_memory_costs_one_photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(simplejpeg, "decode_jpeg", no_room)
    assert "memory" in reason(saved(tmp_path / "a.jpg", picture()))


class FakeRaw:
    """What rawpy gives of a 96 x 64 sensor with one embedded preview."""

    class sizes:  # noqa: N801
        width, height = 96, 64

    def __init__(self, preview: bytes) -> None:
        self.preview = preview

    def __enter__(self) -> "FakeRaw":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def extract_thumb(self) -> object:
        return rawpy.Thumbnail(rawpy.ThumbFormat.JPEG, self.preview)

    def postprocess(self, **_: object) -> np.ndarray:
        return np.asarray(picture(48, 32))


def fake_raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preview: Image.Image, least: int) -> Path:
    out = io.BytesIO()
    preview.save(out, "JPEG")
    monkeypatch.setattr(rawpy, "imread", lambda _: FakeRaw(out.getvalue()))
    monkeypatch.setattr(raw_decoding, "_LEAST_PREVIEW", least)
    path = tmp_path / "a.nef"
    path.write_bytes(b"MM\0*")
    return path


def test_a_raw_shows_its_preview_upright(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sideways = picture(64, 96).transpose(Image.Transpose.ROTATE_90)
    decoded = decode(fake_raw(tmp_path, monkeypatch, sideways, least=50), 6)
    assert (decoded.width, decoded.height) == (64, 96)
    assert_upright(decoded.rgb)


def test_a_preview_stored_upright_is_not_turned_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded = decode(fake_raw(tmp_path, monkeypatch, picture(64, 96), least=50), 6)
    assert (decoded.width, decoded.height) == (64, 96)
    assert_upright(decoded.rgb)


def test_a_raw_without_a_useful_preview_is_developed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = decode(fake_raw(tmp_path, monkeypatch, picture(24, 16), least=50))
    assert (decoded.rgb.shape, decoded.width, decoded.height, decoded.scale) == ((32, 48, 3), 96, 64, 0.5)


def test_a_small_copy_of_a_raw_is_made_of_its_preview_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fake_raw(tmp_path, monkeypatch, picture(96, 64), least=90)
    monkeypatch.setattr(FakeRaw, "postprocess", None)
    assert decode_at_least(path, 1, (12, 12)).rgb.shape == (8, 12, 3)


def with_previews(*sizes: tuple[int, int]) -> bytes:
    """A TIFF file with a JPEG in each of its directories, each brighter than the one before."""
    jpegs = []
    for number, size in enumerate(sizes):
        out = io.BytesIO()
        Image.new("L", size, 40 * (number + 1)).save(out, "JPEG")
        jpegs.append(out.getvalue())
    length = len(directory(0, [(0x0201, LONG, 0), (0x0202, LONG, 0)]))
    places = one_after_another(len(HEADER), [length] * len(jpegs) + [len(jpeg) for jpeg in jpegs])
    following = [*places[1 : len(jpegs)], 0]
    data = HEADER
    for at, jpeg, offset, then in zip(places, jpegs, places[len(jpegs) :], following, strict=False):
        data += directory(at, [(0x0201, LONG, offset), (0x0202, LONG, len(jpeg))], then)
    for offset, jpeg in zip(places[len(jpegs) :], jpegs, strict=False):
        data = data.ljust(offset, b"\0") + jpeg
    return data


@pytest.mark.parametrize(
    ("previews", "box", "grey", "shape"),
    [
        ([(96, 64)], None, 40, (64, 96)),
        ([(48, 32), (94, 63)], None, 80, (63, 94)),  # without some rows of the sensor's
        ([(48, 32), (94, 63)], (40, 40), 40, (32, 48)),
        ([(96, 64), (24, 16)], (24, 24), 80, (16, 24)),
        ([(96, 64), (40, 40)], (24, 24), 40, (16, 24)),  # another crop of the picture
        ([(12, 8), (96, 64)], (24, 24), 80, (16, 24)),  # too small for what is asked
    ],
)
def test_a_raws_preview_is_read_straight_from_the_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    previews: list[tuple[int, int]],
    box: tuple[int, int] | None,
    grey: int,
    shape: tuple[int, int],
) -> None:
    path = fake_raw(tmp_path, monkeypatch, picture(96, 64), least=20)
    monkeypatch.setattr(FakeRaw, "extract_thumb", None)
    path.write_bytes(with_previews(*previews))
    decoded = decode_at_least(path, 1, box) if box else decode(path)
    assert decoded.rgb.shape == (*shape, 3)
    assert np.abs(decoded.rgb.astype(int) - grey).max() < 3
    assert (decoded.width, decoded.height) == (96, 64)


def test_libraw_is_asked_where_the_largest_preview_is_not_the_whole_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fake_raw(tmp_path, monkeypatch, picture(96, 64), least=20)
    path.write_bytes(with_previews((80, 53)))
    assert_upright(decode(path).rgb)


def test_a_raw_of_a_sensor_without_colours_is_developed_in_grey(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grey = np.asarray(picture(96, 64).convert("L"))[..., None]
    path = fake_raw(tmp_path, monkeypatch, picture(24, 16), least=50)
    monkeypatch.setattr(FakeRaw, "postprocess", lambda *_, **__: grey)
    decoded = decode(path)
    assert (decoded.rgb.shape, decoded.width, decoded.scale) == ((64, 96, 3), 96, 1.0)
    assert (decoded.rgb == grey).all()


def test_quiet_survives_threads_and_gives_everything_back() -> None:
    filters = list(warnings.filters)

    def mutter(_: int) -> None:
        with quiet, quiet_natively:
            warnings.warn("of no use to anyone", stacklevel=1)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(mutter, range(200)))
    assert warnings.filters == filters


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize(
    ("box", "longer"), [((300, 200), 300), ((300, 199), 300), ((310, 10_000), 450), ((460, 10_000), 600)]
)
def test_a_picture_for_a_box_is_decoded_at_the_least_scale_that_fills_it(
    tmp_path: Path, orientation: int, box: tuple[int, int], longer: int
) -> None:
    path = tmp_path / "a.jpg"
    Image.fromarray(np.full((800, 1200, 3), 90, np.uint8)).save(path)
    upright = box if orientation == 1 else (box[1], box[0])
    decoded = decode_at_least(path, orientation, upright)
    assert max(decoded.rgb.shape) == longer
    assert {decoded.width, decoded.height} == {1200, 800}


def test_a_lossless_jpeg_is_never_decoded_at_a_fraction(tmp_path: Path) -> None:
    """The decoder would write all of it into an array made for less."""
    path = tmp_path / "lossless.jpg"
    path.write_bytes(lossless((640, 480)))
    small = decode_at_least(path, 1, (40, 30))
    assert small.rgb.shape == (480, 640, 3)
    assert (small.rgb == 128).all()
    assert frame_reduced(as_photo(path, 6), 64).shape == (64, 48, 3)
