"""A button with somebody's face: whom the photos are narrowed to, and in how many of them they are."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from core.language import ntr, tr
from ui.theme import SPACING

_FACE = QSize(5 * SPACING // 2, 5 * SPACING // 2)


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Whom the photos are narrowed to.

    Attributes:
        face: null as long as it is not cut out.
        photos: in how many photos of the shoot they are.
    """

    face: QIcon
    photos: int


class PersonButton(QPushButton):
    """Says whom; nobody at first.

    Args:
        nobody: what it says where nobody is chosen; "" to hide it then.
        parent: what it is in.
    """

    def __init__(self, nobody: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nobody = nobody
        self.setIconSize(_FACE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
        self.show_person(None)

    def show_person(self, person: ShownPerson | None) -> None:
        """Show somebody, or that it is nobody."""
        if person is None:
            self.setIcon(QIcon())
            self.setText(self._nobody)
        else:
            words = ntr("{count:,} photo", "{count:,} photos", person.photos)
            self.setIcon(person.face)
            self.setText(f" {words.format(count=person.photos)}")  # a little away from the face
        self.setHidden(person is None and not self._nobody)
        name = tr("Person")
        self.setAccessibleName(f"{name} {self.text().strip()}")
