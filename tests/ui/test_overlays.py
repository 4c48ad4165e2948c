"""What is laid over a photo: clipping, focus peaking, histogram; and colours on their way to the screen."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter
from PySide6.QtCore import QRect
from PySide6.QtGui import QColorSpace, QImage

from fixtures.pixels import rgb
from fixtures.shoots import scene
from ui.imaging.colours import NAMED, SRGB, screen_space, space_of, use_screen
from ui.imaging.overlays import Overlays, clipping, histogram, peaking
from ui.imaging.pictures import Pixels, fitted, to_qimage
from ui.imaging.qimage_convert import decode_jpeg

WIDTH, HEIGHT = 61, 40  # lines of 61 RGB pixels are padded in a QImage


def picture(rgb: np.ndarray) -> QImage:
    return to_qimage(rgb).convertToFormat(QImage.Format.Format_RGB32)


def flat(*colour: int) -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 3), colour, np.uint8)


def test_blown_channels_are_red_and_black_pixels_blue_and_nothing_else_is_touched() -> None:
    rgb = flat(128, 128, 128)
    rgb[:, :10] = (255, 90, 90)  # one channel is enough to lose a red dress
    rgb[:, 10:20] = 0
    rgb[:, 20:30] = (0, 90, 0)  # a deep green is no blocked shadow
    marks = clipping(picture(rgb))
    assert marks.pixelColor(5, 5).red() > marks.pixelColor(5, 5).blue()
    assert marks.pixelColor(15, 5).blue() > marks.pixelColor(15, 5).red()
    assert {marks.pixelColor(x, 5).alpha() for x in range(20, WIDTH)} == {0}


def marked(rgb: np.ndarray) -> float:
    marks = peaking(picture(rgb))
    alphas = [marks.pixelColor(x, y).alpha() > 0 for x in range(marks.width()) for y in range(marks.height())]
    return sum(alphas) / len(alphas)


def test_edges_in_focus_are_marked_and_blurred_ones_are_not() -> None:
    sharp = np.asarray(Image.fromarray(scene(1, (240, 160))).filter(ImageFilter.MedianFilter(5)))
    blurred = np.asarray(Image.fromarray(sharp).filter(ImageFilter.GaussianBlur(3)))
    assert 0.005 < marked(sharp) < 0.5
    assert marked(blurred) == 0


def test_grain_is_no_edge() -> None:
    noise = np.random.default_rng(1).normal(128, 20, (160, 240, 1)).clip(0, 255).astype(np.uint8)
    assert marked(np.repeat(noise, 3, axis=2)) < 0.01


def test_a_picture_smaller_than_the_operator_has_no_edges() -> None:
    assert marked(np.zeros((2, 2, 3), np.uint8)) == 0


def test_the_histogram_tells_the_channels_apart() -> None:
    rgb = flat(40, 90, 200)
    rgb[: HEIGHT // 2] = (60, 90, 200)
    levels = histogram(picture(rgb))
    assert levels.shape == (3, 256)
    assert [list(np.nonzero(channel)[0]) for channel in levels] == [[40, 60], [90], [200]]
    assert levels.max() == 1.0


def test_a_blown_sky_does_not_flatten_the_rest_of_the_histogram() -> None:
    rgb = flat(255, 255, 255)
    rgb[0, :10] = (100, 100, 100)
    assert histogram(picture(rgb))[:, 100].min() == 1.0


def test_each_overlay_is_switched_by_its_name() -> None:
    on = Overlays().toggled("clipping")
    assert on == Overlays(clipping=True)
    assert on.toggled("clipping") == Overlays()
    with pytest.raises(TypeError):
        on.toggled("no such thing")  # type: ignore[arg-type]


# Colours


def profile(name: QColorSpace.NamedColorSpace) -> bytes:
    return bytes(QColorSpace(name).iccProfile().data())


def colour(image: QImage) -> tuple[int, ...]:
    return rgb(image.pixelColor(3, 3))


@pytest.mark.parametrize(
    ("name", "stored", "shown"),
    [  # values of sRGB (200, 100, 50) in the other spaces, from Qt and Little CMS alike
        (QColorSpace.NamedColorSpace.AdobeRgb, (177, 101, 59), (200, 100, 50)),
        (QColorSpace.NamedColorSpace.DisplayP3, (187, 105, 62), (200, 100, 50)),
    ],
)
def test_wide_gamut_photos_look_the_same_on_an_srgb_screen(
    name: QColorSpace.NamedColorSpace, stored: tuple[int, ...], shown: tuple[int, ...]
) -> None:
    photo = Pixels(flat(*stored), profile(name))
    for image in (fitted(photo, (30, 30)), photo.part(QRect(0, 0, 10, 10))):
        assert np.abs(np.subtract(colour(image), shown)).max() <= 4


def test_photos_without_a_usable_profile_are_taken_as_srgb() -> None:
    for icc in (None, b"no profile", b""):
        assert space_of(icc) == QColorSpace(QColorSpace.NamedColorSpace.SRgb)
        assert colour(fitted(Pixels(flat(1, 2, 3), icc), (30, 30))) == (1, 2, 3)


def test_a_part_beyond_the_edges_is_cut_to_the_photo() -> None:
    photo = np.random.default_rng(2).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    part = Pixels(photo).part(QRect(-5, 30, 20, 20))
    assert (part.width(), part.height()) == (15, 10)
    assert rgb(part.pixelColor(0, 0)) == tuple(photo[30, 0])


def test_a_photo_is_fitted_into_a_box_and_never_enlarged() -> None:
    photo = Pixels(flat(9, 9, 9))
    assert fitted(photo, (30, 30)).size().toTuple() == (30, 20)
    assert fitted(photo, (600, 600)).size().toTuple() == (WIDTH, HEIGHT)


# The screen's own colours


@pytest.fixture
def wide_screen() -> Iterator[None]:
    use_screen(NAMED["display-p3"])
    yield
    use_screen(SRGB)


def test_on_a_wide_screen_photos_and_thumbnails_are_converted_to_it(wide_screen: None) -> None:
    """Qt paints numbers as they are: sRGB's (200, 100, 50) on a P3 screen is the P3 colour (187, 105, 62)."""
    jpeg = io.BytesIO()
    Image.fromarray(flat(200, 100, 50)).save(jpeg, "JPEG", quality=100, subsampling=0)
    thumbnail = decode_jpeg(jpeg.getvalue())
    assert thumbnail is not None
    for image in (fitted(Pixels(flat(200, 100, 50)), (30, 30)), thumbnail):
        assert np.abs(np.subtract(colour(image), (187, 105, 62))).max() <= 4
    own = Pixels(flat(187, 105, 62), profile(QColorSpace.NamedColorSpace.DisplayP3))
    assert np.abs(np.subtract(colour(fitted(own, (30, 30))), (187, 105, 62))).max() <= 1


def test_a_screen_is_named_or_described_by_its_profile(tmp_path: Path) -> None:
    path = tmp_path / "screen.icc"
    path.write_bytes(profile(QColorSpace.NamedColorSpace.AdobeRgb))
    found = screen_space(str(path))
    assert found is not None
    assert found.primaries() == QColorSpace.Primaries.AdobeRgb
    assert screen_space("") == SRGB
    (tmp_path / "text.icc").write_text("no profile")
    assert screen_space(str(tmp_path / "text.icc")) is None
    assert screen_space(str(tmp_path / "missing.icc")) is None
