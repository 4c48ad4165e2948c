"""Asking for a folder: never at wherever the program happens to have been started."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_folder(parent: QWidget, title: str, *near: Path | None) -> Path | None:
    """Ask for a folder, beginning at the first of some that is there, else among the user's pictures.

    Args:
        parent: what is in front.
        title: of the dialog, which the system makes.
        near: where to begin, the best first; None is passed over.

    Returns:
        None where none was chosen.
    """
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    starts = (*near, Path(pictures), Path.home())
    start = next((each for each in starts if each is not None and each.is_dir()), Path.home())
    chosen = QFileDialog.getExistingDirectory(parent, title, str(start))
    return Path(chosen) if chosen else None
