"""Colours of the chrome: neutral greys that judge no photo, and the few colours that mean something."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from core.types import Flag, Label


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour on screen. Greys are neutral (r = g = b): the surround must not tint a photo."""

    window: QColor  # behind everything
    surface: QColor  # cells, bars
    raised: QColor  # hovered cells, buttons, fields
    outline: QColor  # hairlines
    pressed: QColor  # ground of what is held down, or on among several
    text: QColor
    text_dim: QColor  # second line of text; still at least 4.5:1 on ``surface``
    active: QColor  # the ring of the one active photo
    suggestion: QColor  # advice, quiet
    pick: QColor
    reject: QColor
    warning: QColor  # eyes closed, soft, clipped
    line: int = 1  # logical pixels of the edges of controls
    ring: int = 2  # of the frame of what has the keyboard

    @property
    def faint(self) -> QColor:
        """Between dim text and the ground, and still read: edges of controls, handles, what is disabled."""
        return _between(self.text_dim, self.surface, 0.25)

    @property
    def hover(self) -> QColor:
        """A hairline under the pointer, and the nearer edge of a stack."""
        return _between(self.outline, self.text, 0.2)

    @property
    def veil(self) -> QColor:
        """Laid over the window while a sheet covers it."""
        veil = QColor(self.window)
        veil.setAlpha(240)
        return veil


class ThemeName(StrEnum):
    """The themes to choose from."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


DARK = Theme(
    window=QColor(30, 30, 30),
    surface=QColor(40, 40, 40),
    raised=QColor(56, 56, 56),
    outline=QColor(70, 70, 70),
    pressed=QColor(70, 70, 70),
    text=QColor(230, 230, 230),
    text_dim=QColor(165, 165, 165),
    active=QColor(245, 245, 245),
    suggestion=QColor(120, 175, 235),
    pick=QColor(95, 190, 110),
    reject=QColor(236, 118, 108),
    warning=QColor(235, 175, 75),
)

LIGHT = Theme(
    window=QColor(206, 206, 206),
    surface=QColor(220, 220, 220),
    raised=QColor(238, 238, 238),
    outline=QColor(176, 176, 176),
    pressed=QColor(176, 176, 176),
    text=QColor(24, 24, 24),
    text_dim=QColor(76, 76, 76),
    active=QColor(10, 10, 10),
    suggestion=QColor(18, 78, 148),
    pick=QColor(20, 96, 40),
    reject=QColor(160, 32, 28),
    warning=QColor(120, 66, 0),
)

CONTRAST = Theme(
    window=QColor(0, 0, 0),
    surface=QColor(0, 0, 0),
    raised=QColor(28, 28, 28),
    outline=QColor(190, 190, 190),
    pressed=QColor(60, 60, 60),
    text=QColor(255, 255, 255),
    text_dim=QColor(225, 225, 225),
    active=QColor(255, 255, 255),
    suggestion=QColor(110, 200, 255),
    pick=QColor(80, 230, 120),
    reject=QColor(255, 140, 130),
    warning=QColor(255, 205, 60),
    line=2,
    ring=3,
)

THEMES = {ThemeName.DARK: DARK, ThemeName.LIGHT: LIGHT, ThemeName.CONTRAST: CONTRAST}

ON_PHOTO = DARK
"""Marks that lie on a photo, on dark plates of their own, are the same in every theme."""

LABEL_COLOURS: dict[Label, QColor] = {
    Label.RED: QColor(214, 76, 72),
    Label.YELLOW: QColor(222, 190, 70),
    Label.GREEN: QColor(98, 172, 92),
    Label.BLUE: QColor(84, 138, 214),
    Label.PURPLE: QColor(150, 108, 196),
}

SPACING = 8  # logical pixels; everything is a multiple or a half of it


def flag_colour(theme: Theme, flag: Flag | None) -> QColor | None:
    """Return the colour of a decision, None where there is none to show."""
    if flag is Flag.PICK:
        return theme.pick
    if flag is Flag.REJECT:
        return theme.reject
    return None


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole application the theme's palette, on the Fusion style that honours it everywhere."""
    app.setStyle("Fusion")
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, theme.window),
        (role.Base, theme.window),
        (role.AlternateBase, theme.surface),
        (role.Button, theme.raised),
        (role.ToolTipBase, theme.raised),
        (role.Mid, theme.outline),
        (role.Dark, theme.outline),
        (role.WindowText, theme.text),
        (role.Text, theme.text),
        (role.ButtonText, theme.text),
        (role.ToolTipText, theme.text),
        (role.BrightText, theme.text),
        (role.PlaceholderText, theme.text_dim),
        (role.Highlight, theme.suggestion),
        (role.HighlightedText, theme.window),
        (role.Link, theme.suggestion),
    ):
        palette.setColor(target, colour)
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, theme.faint)
    app.setPalette(palette)


def contrast(one: QColor, other: QColor) -> float:
    """Return how well one colour stands out from another, 1 to 21, as WCAG 2 counts it."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _between(one: QColor, other: QColor, share: float) -> QColor:
    """Return a grey so far on the way from one to the other."""
    red, green, blue = (
        round(a + (b - a) * share)
        for a, b in zip(
            (one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True
        )
    )
    return QColor(red, green, blue)
