"""The chrome's own look of the few stock controls it uses, made from the theme's colours."""

from PySide6.QtGui import QColor

from ui.text_size import scaled
from ui.theme import SPACING, Theme


def css(colour: QColor) -> str:
    """Write a colour as style sheets do."""
    return colour.name(QColor.NameFormat.HexRgb)


def scroll_style(theme: Theme) -> str:
    """Style scroll bars as thin as the grid's timeline: a handle, no groove and no arrows."""
    handle = f"background: {css(theme.faint)}; border-radius: {SPACING // 4}px; margin: {SPACING // 4}px;"
    return f"""
        QScrollBar {{ background: transparent; border: none; }}
        QScrollBar:vertical {{ width: {SPACING}px; }}
        QScrollBar:horizontal {{ height: {SPACING}px; }}
        QScrollBar::handle:vertical {{ {handle} min-height: {4 * SPACING}px; }}
        QScrollBar::handle:horizontal {{ {handle} min-width: {4 * SPACING}px; }}
        QScrollBar::handle:hover {{ background: {css(theme.text_dim)}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def button_style(theme: Theme) -> str:
    """Style flat buttons that lift under the pointer; ``primary`` is the one that Enter presses."""
    more = theme.ring - theme.line
    return f"""
        QPushButton {{
            color: {css(theme.text)}; background: {css(theme.raised)};
            border: {theme.line}px solid {css(theme.outline)}; border-radius: 4px;
            padding: {SPACING // 2}px {2 * SPACING}px;
        }}
        QPushButton:hover {{ border-color: {css(theme.text_dim)}; }}
        QPushButton:pressed {{ background: {css(theme.pressed)}; }}
        QPushButton:disabled {{ color: {css(theme.faint)}; }}
        QPushButton:focus {{ {_ring(theme)} padding: {SPACING // 2 - more}px {2 * SPACING - more}px; }}
        QPushButton[primary="true"] {{ color: {css(theme.window)}; background: {css(theme.active)}; }}
        QPushButton[primary="true"]:hover {{ background: {css(theme.text)}; }}
        QPushButton[primary="true"]:disabled {{
            color: {css(theme.window)}; background: {css(theme.faint)};
        }}
    """


def _ring(theme: Theme) -> str:
    """Style the frame of what has the keyboard; what it takes more than a plain edge, padding gives.

    It is the only one: Qt's own, which would lie tinted within it after a Tab, is put away.
    """
    return f"border: {theme.ring}px solid {css(theme.suggestion)}; outline: none;"


def form_style(theme: Theme) -> str:
    """Style a dialog's controls: the buttons, and marks and lists whose edges can be seen on a dark ground."""
    parts = (
        button_style,
        scroll_style,
        _mark_style,
        _tab_style,
        _field_style,
        _header_style,
        _combo_style,
        menu_style,
    )
    return "".join(part(theme) for part in parts)


def _mark_style(theme: Theme) -> str:
    """Style the marks of choices: round ones of which one holds, square ones to tick."""
    edge, side = css(theme.faint), scaled(SPACING * 3 // 2)
    return f"""
        QRadioButton:focus, QCheckBox:focus, QTabBar:focus {{ outline: none; }}
        QRadioButton::indicator, QCheckBox::indicator {{
            width: {side}px; height: {side}px; margin: 1px;
            border: {theme.line}px solid {edge}; background: {css(theme.surface)};
        }}
        QRadioButton::indicator {{ border-radius: {side // 2 + theme.line}px; }}
        QCheckBox::indicator {{ border-radius: 3px; }}
        QRadioButton::indicator:checked {{
            background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
                stop:0 {css(theme.active)}, stop:0.5 {css(theme.active)}, stop:0.6 {css(theme.surface)});
        }}
        QCheckBox::indicator:checked {{ background: {css(theme.active)}; }}
        QCheckBox::indicator:checked:disabled {{ background: {css(theme.faint)}; }}
        QRadioButton::indicator:focus, QCheckBox::indicator:focus {{
            {_ring(theme)} margin: {1 - theme.ring + theme.line}px;
        }}
    """


def _tab_style(theme: Theme) -> str:
    """Style the tabs of a dialog, and the frame of what opens above it."""
    return f"""
        QFrame#popup {{ border: {theme.line}px solid {css(theme.faint)}; }}
        QTabWidget::pane {{ border: none; border-top: 1px solid {css(theme.outline)}; }}
        QTabBar::tab {{
            color: {css(theme.text_dim)}; padding: {SPACING}px {2 * SPACING}px; border: none;
            border-bottom: 2px solid transparent;
        }}
        QTabBar::tab:selected {{ color: {css(theme.active)}; border-bottom-color: {css(theme.active)}; }}
        QTabBar::tab:focus {{ background: {css(theme.raised)}; border-bottom-color: {css(theme.suggestion)}; }}
    """


def _field_style(theme: Theme) -> str:
    """Style lists, and fields that are written into; a field of numbers paints its arrows itself."""
    box = f"border: {theme.line}px solid {css(theme.faint)}; border-radius: 4px;"
    return f"""
        QTreeView {{ {box} padding: {SPACING // 2}px; }}
        QTreeView::item {{ padding: 3px 0; }}
        QPlainTextEdit, QTableView {{ {box} }}
        QLineEdit {{ {box} padding: {SPACING // 2 - 1}px; background: {css(theme.surface)}; }}
        QComboBox, QSpinBox {{
            {box} padding: {SPACING // 4}px {SPACING // 2}px;
            color: {css(theme.text)}; background: {css(theme.surface)};
        }}
        QComboBox:disabled, QSpinBox:disabled {{ color: {css(theme.faint)}; }}
        QTreeView:focus, QPlainTextEdit:focus, QTableView:focus, QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{
            border-color: {css(theme.suggestion)};
        }}
        QSpinBox {{ padding: {SPACING // 4}px {3 * SPACING}px {SPACING // 4}px {SPACING // 2}px; }}
        QSpinBox QLineEdit {{ border: none; padding: 0; }}
        QSpinBox::up-button, QSpinBox::down-button {{
            subcontrol-origin: border; width: {3 * SPACING}px; border: none; background: transparent;
        }}
        QSpinBox::up-button {{ subcontrol-position: top right; }}
        QSpinBox::down-button {{ subcontrol-position: bottom right; }}
        QSpinBox::up-arrow, QSpinBox::down-arrow {{ image: none; }}
    """


def _header_style(theme: Theme) -> str:
    """Style the headings of lists."""
    return f"""
        QHeaderView {{ background: {css(theme.window)}; }}
        QHeaderView::section {{
            color: {css(theme.text_dim)}; background: {css(theme.window)}; border: none;
            border-bottom: {theme.line}px solid {css(theme.outline)}; padding: {SPACING // 2}px;
        }}
    """


def link_style(theme: Theme) -> str:
    """Style a button that reads as a link in a line of text."""
    return f"""
        QPushButton {{
            color: {css(theme.suggestion)}; background: transparent; border: none;
            padding: {SPACING // 2}px; text-decoration: underline;
        }}
        QPushButton:hover, QPushButton:focus {{ color: {css(theme.text)}; }}
        QPushButton:focus {{ {_ring(theme)} border-radius: 4px; padding: {SPACING // 2 - theme.ring}px; }}
    """


def segment_style(theme: Theme) -> str:
    """Style the segments of a control of which one is on."""
    return f"""
        QPushButton {{
            color: {css(theme.text_dim)}; background: transparent; border: none; border-radius: 4px;
            border-bottom: 2px solid transparent; padding: {SPACING // 2}px {SPACING}px {SPACING // 4}px;
        }}
        QPushButton:hover, QPushButton:focus {{ color: {css(theme.text)}; background: {css(theme.raised)}; }}
        QPushButton:checked {{
            color: {css(theme.active)}; background: {css(theme.pressed)};
            border-bottom-color: {css(theme.active)};
        }}
        QPushButton:focus {{ {_ring(theme)} padding: {SPACING // 2 - theme.ring}px {SPACING - theme.ring}px; }}
    """


def field_style(theme: Theme) -> str:
    """Style a field to type into or to choose from, in a bar."""
    return f"""
        QLineEdit, QComboBox {{
            color: {css(theme.text)}; background: {css(theme.window)};
            border: {theme.line}px solid {css(theme.faint)}; border-radius: 4px;
            padding: {3 - theme.line}px {SPACING}px;
        }}
        QLineEdit:focus, QComboBox:focus {{
            {_ring(theme)} padding: {3 - theme.ring}px {SPACING - theme.ring + theme.line}px;
        }}
    """ + _combo_style(theme)


def _combo_style(theme: Theme) -> str:
    """Style what a field to choose from has beside its words, and its list; its arrow it paints itself."""
    return f"""
        QComboBox::drop-down {{ border: none; width: {3 * SPACING}px; }}
        QComboBox::down-arrow {{ image: none; }}
        QComboBox QAbstractItemView {{
            color: {css(theme.text)}; background: {css(theme.raised)};
            border: {theme.line}px solid {css(theme.outline)};
            selection-color: {css(theme.window)}; selection-background-color: {css(theme.suggestion)};
        }}
    """


def slider_style(theme: Theme) -> str:
    """Style a thin groove and a handle that can be seen."""
    return f"""
        QSlider::groove:horizontal {{ height: 2px; background: {css(theme.faint)}; }}
        QSlider::handle:horizontal {{
            width: {SPACING * 3 // 2}px; margin: -{SPACING * 5 // 8}px 0; border-radius: {SPACING * 3 // 4}px;
            background: {css(theme.text_dim)};
        }}
        QSlider::handle:horizontal:hover {{ background: {css(theme.active)}; }}
        QSlider::handle:horizontal:focus {{
            background: {css(theme.raised)}; {_ring(theme)} width: {SPACING * 3 // 2 - 2 * theme.ring}px;
        }}
    """


def menu_style(theme: Theme) -> str:
    """Style menus: an edge that shows on any ground, room between the lines, and boxes that can be seen."""
    side = scaled(SPACING * 3 // 2)
    left = side + 2 * SPACING  # the box, with room on both sides
    return f"""
        QMenu {{
            color: {css(theme.text)}; background: {css(theme.surface)};
            border: {theme.line}px solid {css(theme.faint)}; padding: {SPACING // 2}px 0;
        }}
        QMenu::item {{ padding: {SPACING // 2 - 1}px {2 * SPACING}px {SPACING // 2 - 1}px {left}px; }}
        QMenu::item:selected {{ color: {css(theme.window)}; background: {css(theme.suggestion)}; }}
        QMenu::item:disabled {{ color: {css(theme.faint)}; background: transparent; }}
        QMenu::separator {{ height: 1px; background: {css(theme.outline)}; margin: {SPACING // 2 - 1}px {SPACING}px; }}
        QMenu::indicator {{
            left: {SPACING}px; width: {side}px; height: {side}px; border-radius: 3px;
            border: {theme.line}px solid {css(theme.faint)}; background: {css(theme.window)};
        }}
        QMenu::indicator:checked {{ background: {css(theme.active)}; }}
    """
