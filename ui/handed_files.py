"""Photos as files in the hands of the desktop: what is dragged out of the window, and what is put on the clipboard."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from ui.local_files import plain_text, url_of

_GNOME = (
    "x-special/gnome-copied-files"  # how GNOME's, Cinnamon's and Xfce's file managers tell a copy from a cut
)
_SIDE = 96  # logical pixels of what hangs at the pointer


def mime_of(files: Sequence[Path], paths: Sequence[Path]) -> QMimeData:
    """Return files for whoever takes files, and their paths for whoever takes text.

    Args:
        files: all of them.
        paths: one a photo, to be read.
    """
    urls = [url_of(path) for path in files]
    data = QMimeData()
    data.setUrls(urls)
    data.setText(plain_text("\n".join(map(str, paths))))
    data.setData(_GNOME, b"\n".join([b"copy", *(url.toEncoded().data() for url in urls)]))
    return data


def drag(source: QWidget, data: QMimeData, picture: QPixmap | None) -> None:
    """Let the user drag files out of a widget. Only copies are offered: nobody can make a move of it."""
    carried = QDrag(source)
    carried.setMimeData(data)
    if picture is not None and not picture.isNull():
        smooth = Qt.TransformationMode.SmoothTransformation
        small = picture.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        carried.setPixmap(small)
        carried.setHotSpot(QPoint(small.width() // 2, small.height() // 2))
    carried.exec(Qt.DropAction.CopyAction)
