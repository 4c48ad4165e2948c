"""What the models of grid and filmstrip answer beside Qt's own roles; cells are painted from these alone."""

from enum import IntEnum

from PySide6.QtCore import Qt

_FIRST = int(Qt.ItemDataRole.UserRole)


class Role(IntEnum):
    """Roles of a cell; each changes for reasons of its own, so that a change repaints for one reason."""

    PHOTO_ID = _FIRST + 1  # core.types.PhotoId
    ASPECT = _FIRST + 2  # float or None, width by height of the upright picture
    GROUP = _FIRST + 3  # ui.marks.cell_facts.GroupFacts
    DECISION = _FIRST + 4  # core.types.Decision
    MEASURES = _FIRST + 5  # ui.marks.cell_facts.MeasureFacts


WORDS = (int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.AccessibleTextRole))
DECISION_ROLES = (int(Role.DECISION), *WORDS)
MEASURE_ROLES = (int(Role.MEASURES), int(Role.ASPECT), *WORDS)
