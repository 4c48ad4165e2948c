"""The foot of a dialog: the quiet way out, and the button that Enter presses."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton


def foot(dialog: QDialog, leave: str, primary: QPushButton) -> QHBoxLayout:
    """Make the row of both: ``leave`` is the word on the button that rejects, "" for none; ``primary`` accepts."""
    primary.setProperty("primary", True)
    primary.setDefault(True)
    primary.clicked.connect(dialog.accept)
    row = QHBoxLayout()
    row.addStretch(1)
    if leave:
        leaving = QPushButton(leave)
        leaving.setAutoDefault(False)
        leaving.clicked.connect(dialog.reject)
        row.addWidget(leaving)
    row.addWidget(primary)
    return row
