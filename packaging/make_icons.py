"""The program's icon in every shape a system asks for: ``python packaging/make_icons.py DIR``.

Writes ``shortlist.svg``, ``shortlist-SIZE.png``, ``shortlist.ico`` (Windows) and ``shortlist.icns`` (macOS), all of
them drawn from ``resources/icons/shortlist.svg``. With ``--resources`` it renews the one that the window shows.
"""

import argparse
import os
import shutil
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).parents[1] / "resources" / "icons" / "shortlist.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512, 1024)  # pixels; each is drawn anew, none is scaled
_LARGEST_ICO = 256


def draw(size: int) -> Image.Image:
    """Draw the icon as RGBA, ``size`` pixels square. Needs a QGuiApplication."""
    canvas = QImage(size, size, QImage.Format.Format_RGBA8888)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(canvas.constBits()))


def write_icons(folder: Path) -> None:
    """Write all icons into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCE, folder / SOURCE.name)
    drawn = {size: draw(size) for size in SIZES}
    for size, image in drawn.items():
        image.save(folder / f"shortlist-{size}.png", optimize=True)
    small = [image for size, image in drawn.items() if size < _LARGEST_ICO]
    drawn[_LARGEST_ICO].save(
        folder / "shortlist.ico", append_images=small, sizes=[(s, s) for s in SIZES if s <= _LARGEST_ICO]
    )
    drawn[max(SIZES)].save(
        folder / "shortlist.icns",
        append_images=[image for size, image in drawn.items() if size > _LARGEST_ICO // 8],
    )


def main() -> None:
    """Read the command line, and write the icons."""
    parser = argparse.ArgumentParser(description="Draws the program's icon in every shape.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/icons"), metavar="DIR")
    parser.add_argument("--resources", action="store_true", help="renew the picture that the window shows")
    options = parser.parse_args()
    QGuiApplication([])
    if options.resources:
        draw(256).save(SOURCE.with_suffix(".png"), optimize=True)
    else:
        write_icons(options.folder)


if __name__ == "__main__":
    main()
