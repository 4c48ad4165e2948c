"""``shortlist FOLDER``: the window."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.quick_start import quick_start


def window(options: argparse.Namespace) -> int:
    """Show the window until it is closed; return the exit code."""
    return show(options.sources)


def show(sources: Sequence[Path]) -> int:
    """Show the window, with these folders and files open in it; return the exit code."""
    quick_start()
    from app.window import show_window

    return show_window(sources)
