"""``shortlist FOLDER``: the window."""

import argparse

from app.window import show_window


def window(options: argparse.Namespace) -> int:
    """Show the window until it is closed; return the exit code."""
    return show_window(options.sources)
