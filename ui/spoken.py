"""What a screen reader is told of widgets that paint themselves: what they are, beside the names they give themselves.

Qt finds the interface of a widget by the name of its class, or by that of one it derives from.
"""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QAbstractItemView, QAccessibleWidget, QWidget

ROLE = "SPOKEN_AS"
"""The attribute by which a class of widgets says what it is: a ``QAccessible.Role``."""


class QTableView(QAbstractItemView):
    """A view whose cells are read out, by its model's ``AccessibleTextRole``.

    For a bare item view Qt knows nothing but a pane that scrolls. Under this name it is a table of one column.
    """


SpokenItemView = QTableView


def say_active(view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex) -> None:
    """Tell whoever listens that another cell is the active one."""
    if index.isValid() and view.hasFocus():
        _tell(view, QAccessible.Event.Focus, index.row())


def say_changed(view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex) -> None:
    """Tell whoever listens that a cell says something else now."""
    if index.isValid():
        _tell(view, QAccessible.Event.NameChanged, index.row())


def announce(widget: QWidget, words: str, *, at_once: bool = False) -> None:
    """Say to whoever listens what happened and no focus tells, such as a message, a decision, another large photo.

    Args:
        widget: where it happened.
        words: a phrase or a sentence; "" says nothing.
        at_once: rather than after what is being read out.
    """
    if words:
        event = QAccessibleAnnouncementEvent(widget, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
        _send(event)


def describe(widget: QWidget, words: str) -> None:
    """Tell who asks what a widget shows that paints itself; where it has the keyboard, say so as that changes."""
    if words != widget.accessibleDescription():
        widget.setAccessibleDescription(words)
        if widget.hasFocus():
            announce(widget, words)


def use_roles() -> None:
    """Have each widget be what its class says; call it once, before the first window."""
    QAccessible.installFactory(_interface)


def _interface(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    role = getattr(type(thing), ROLE, None)
    if not isinstance(thing, QWidget) or not isinstance(role, QAccessible.Role):
        return None
    return QAccessibleWidget(thing, role)


def _tell(view: QAbstractItemView, what: QAccessible.Event, row: int) -> None:
    event = QAccessibleEvent(view, what)
    event.setChild(row)
    _send(event)


def _send(event: QAccessibleEvent) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(event)
