"""Whether the desktop was asked for less motion, where it can be asked: Linux desktops, by their settings portal."""

from typing import Any

from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant

_PORTAL = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"
_LONGEST_MS = 200  # the first window waits for it

# What says so, and the value that does; the first is common to desktops, the second GNOME's and those built on it.
_WISHES = (
    ("org.freedesktop.appearance", "reduced-motion", 1),
    ("org.gnome.desktop.interface", "enable-animations", False),
)


def asks_for_less_motion() -> bool:
    """Tell whether somebody turned animations off for all programs; False where no desktop says anything."""
    bus = QDBusConnection.sessionBus()
    registered = bus.interface() if bus.isConnected() else None
    # One that does not run would be started first, and waited for.
    if registered is None or not registered.isServiceRegistered(_PORTAL).value():
        return False
    return any(_read(bus, space, key) == value for space, key, value in _WISHES)


def _read(bus: QDBusConnection, space: str, key: str) -> Any:
    """Return a setting of the desktop; None where it has none of that name."""
    question = QDBusMessage.createMethodCall(_PORTAL, _PATH, _SETTINGS, "Read")
    question.setArguments([space, key])
    answer = bus.call(question, timeout=_LONGEST_MS)
    if answer.type() is not QDBusMessage.MessageType.ReplyMessage or not answer.arguments():
        return None
    value = answer.arguments()[0]
    while isinstance(value, QDBusVariant):  # the portal wraps it twice
        value = value.variant()
    return value
