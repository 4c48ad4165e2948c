"""``shortlist verify``: whether copies are still what they were when they were copied."""

import argparse
import signal
import threading

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.cli.results import Results
from app.cli.terminal import readable
from app.exit_codes import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED
from core.errors import SourceError
from core.offload.verify import verify
from core.offload.words import verified_lines, verified_words


def verify_copies(options: argparse.Namespace) -> int:
    """Check what the command line names; return the exit code. Nothing of ours is opened: it works on any machine."""
    tell = Console(stderr=True, emoji=False, highlight=False, soft_wrap=True)
    cancel = threading.Event()
    former = signal.signal(signal.SIGINT, lambda *_: cancel.set())
    columns = (TextColumn("Reading again"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=tell, transient=True) as bar:
            task = bar.add_task("", total=None)
            verified = verify(
                options.source.absolute(),
                lambda done, of: bar.update(task, completed=done, total=of),
                cancel.is_set,
            )
    except SourceError as error:
        tell.print(readable(str(error)), markup=False)
        return EXIT_NOTHING
    finally:
        signal.signal(signal.SIGINT, former)
    for line in verified_lines(verified):
        tell.print(readable(line), markup=False)
    Results().print(verified_words(verified), markup=False)
    if verified.cancelled:
        return EXIT_CANCELLED
    return EXIT_OK if verified.is_sound else EXIT_SOME_FAILED
