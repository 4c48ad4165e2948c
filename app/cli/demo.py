"""``shortlist demo``: the demo shoot in the window, or written where somebody wants it."""

import argparse
from datetime import datetime
from pathlib import Path

from app.cli.window import show
from app.demo.frames import write_demo_shoot
from app.demo.keeping import DemoError, DemoShoot
from app.exit_codes import EXIT_OK
from app.paths import places
from core.errors import RequestError
from core.language import say


class _FolderError(DemoError, RequestError):
    """The demo shoot cannot be written where it was asked for."""


def demo(options: argparse.Namespace) -> int:
    """Do what the options say; return the exit code. Raises ShortlistError."""
    if options.to is not None:
        print(_write(options.to.absolute()))
        return EXIT_OK
    shoot = DemoShoot(places().demo)
    if options.delete:
        shoot.throw_away()
        return EXIT_OK
    folder = None if options.anew else shoot.current()
    return show([folder or shoot.make()])


def _write(folder: Path) -> Path:
    """Write it into a folder that is new or empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _FolderError(say("{folder} is not empty. Name a new folder for the demo shoot.", folder=folder))
    try:
        write_demo_shoot(folder, datetime.now())
    except OSError as error:
        raise _FolderError(
            say(
                "The demo shoot cannot be written to {folder} ({cause}).",
                folder=folder,
                cause=error.strerror or type(error).__name__,
            )
        ) from error
    return folder
