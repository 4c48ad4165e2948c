"""``shortlist verify``: whether copies are still what they were when they were copied."""

import argparse
import signal
import threading

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.arguments import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED
from app.terminal import readable
from core.errors import SourceError
from core.offload.verify import Verified, verify


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
    for words, paths in (("changed", verified.changed), ("missing", verified.missing)):
        for path in paths:
            tell.print(readable(f"{path}: {words}"), markup=False)
    for path, reason in verified.unreadable.items():
        tell.print(readable(f"{path}: {reason}"), markup=False)
    Console(highlight=False, soft_wrap=True, emoji=False).print(verified_words(verified), markup=False)
    if verified.cancelled:
        return EXIT_CANCELLED
    return EXIT_OK if verified.is_sound else EXIT_SOME_FAILED


def verified_words(verified: Verified) -> str:
    """Sum up what was found, such as "1,204 files are what they were. 1 is missing."."""
    sound = verified.sound
    sentences = ["1 file is what it was." if sound == 1 else f"{sound:,} files are what they were."]
    for count, one, more in (
        (len(verified.changed), "has changed.", "have changed."),
        (len(verified.missing), "is missing.", "are missing."),
        (len(verified.unreadable), "cannot be read.", "cannot be read."),
        (
            len(verified.edited),
            "sidecar was written since, as exports do.",
            "sidecars were written since, as exports do.",
        ),
        (
            verified.not_understood,
            "line of the list is no checksum.",
            "lines of the list are no checksums.",
        ),
    ):
        if count:
            sentences.append(f"{count:,} {one if count == 1 else more}")
    return " ".join(sentences)
