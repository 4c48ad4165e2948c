"""The scroll bar beside photos: a quiet handle and nothing else."""

from ui.theme import Theme
from ui.widgets.style import css


def scroll_bar_style(theme: Theme) -> str:
    """Style sheet of a vertical scroll bar."""
    return f"""
        QScrollBar:vertical {{ background: {css(theme.window)}; width: 12px; margin: 0; border: none; }}
        QScrollBar::handle:vertical {{
            background: {css(theme.outline)}; min-height: 32px; border-radius: 4px; margin: 2px;
        }}
        QScrollBar::handle:vertical:hover {{ background: {css(theme.hover)}; }}
        QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
        QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: none; }}
    """
