"""What the commands without a screen share: services, Ctrl+C, a progress bar on stderr, exit codes, an export."""

import gc
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.bootstrap import Services, open_services, unkept
from app.cli.results import Results
from app.cli.terminal import readable
from app.cluster import cluster
from app.exit_codes import EXIT_CANCELLED, code_of
from app.logging_setup import set_up_logging
from app.memory_limit import check_memory_limit
from app.paths import places
from app.repair import HOW_TO_REPAIR
from core.cancelling import Stopped
from core.errors import ShortlistError, StoreError
from core.export.carry_out import ExportResult, export
from core.export.embeds import PlannedEmbed
from core.export.planned import Action, PlannedFile
from core.export.recovery import settle_all
from core.export.space import space_of
from core.export.words import plan_lines, plan_words, result_words
from core.ingest.scanner import ScannedFile
from core.language import Sentence, tr
from core.persistence.troubles import DamagedError
from core.pipeline import events
from core.pipeline.runner import made_by, run
from core.review.review import Review
from core.settings import Settings
from core.shoot.shoot import Shoot

_MADE_AT_ONCE = 100_000  # objects between looks for garbage: a shoot's photos and faces are none

_STAGES = {
    events.Stage.SCAN: "Looking for photos",
    events.Stage.METADATA: "Reading metadata",
    events.Stage.ANALYSIS: "Analysing",
    events.Stage.GROUPING: "Grouping",
}
_COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


class Headless:
    """One command while it runs. Results go to stdout, all else to stderr.

    Args:
        services: what is kept on disk.
        cancel: set by Ctrl+C.
        tell: stderr.
    """

    def __init__(self, services: Services, cancel: threading.Event, tell: Console) -> None:
        self.services = services
        self.cancel = cancel
        self._tell = tell
        self._print = Results()

    def tell(self, sentence: str) -> None:
        """Say something beside the results."""
        _tell(self._tell, sentence)

    def put_right(self) -> None:
        """Put the file right that an export was at when it, or its undoing, was killed; before anything else."""
        try:
            record = settle_all(self.services.exports)
        except (ShortlistError, OSError) as error:
            self.tell(str(error))
            return
        if record is None:
            return
        what = "Undoing the last export" if record.undoing else "The last export"
        self.tell(
            f"{what} ({record.title}) was interrupted; `shortlist export --undo` takes back what it did."
        )

    def read_shoot(
        self,
        sources: Sequence[Path],
        settings: Settings,
        *,
        measure: bool = True,
        scheduler: str | None = None,
    ) -> Shoot:
        """Run the pipeline; return the shoot with all decisions, those of other programs' files included.

        Args:
            sources: folders and files.
            settings: of the run.
            measure: False to use only what was measured before.
            scheduler: the address of a cluster to measure on, None for this machine.

        Raises:
            SourceError, ModelError, StoreError, WorkersError: as of the pipeline.
            ClusterError: the cluster cannot be used.
            MemoryLimitError: there is too little memory to measure, or to group.
        """
        check_memory_limit()
        shoot = Shoot(settings.grouping, settings.weights)
        with Progress(*_COLUMNS, console=self._tell, transient=True) as bar:
            task = bar.add_task(_STAGES[events.Stage.SCAN], total=None)

            def take(event: events.Event) -> None:
                shoot.apply(event)
                if isinstance(event, events.NotKept):
                    self.tell(unkept(event.reason, library=event.library))
                if isinstance(event, events.Progress):
                    total = event.total or None
                    bar.update(task, description=_STAGES[event.stage], completed=event.done, total=total)

            paths = [path.absolute() for path in sources]
            with ExitStack() as stack:
                weighs = bool(self.services.people.key_names())  # needs what groups are made from anew
                dependencies = self.services.dependencies(settings, measure=measure, regroups=weighs)
                if scheduler is not None:
                    remote = cluster(scheduler, paths, dependencies, settings.photo_timeout)
                    dependencies = stack.enter_context(remote)
                run(paths, settings, dependencies, self.cancel.is_set, take)
        people = self.services.people
        shoot.know(people.everybody(made_by(dependencies.models).identity_sha256) if people.is_there else ())
        review = Review(self.services.decisions, (), shoot)
        review.load(shoot.photos.values())
        review.take_marks(shoot.marks)
        for failure in shoot.failures:
            self.tell(f"{failure.path}: {failure.reason}")
        return shoot

    @contextmanager
    def progress(self, words: str) -> Iterator[Callable[[int, int], None]]:
        """Show a bar for other work; yields what is to be told how many of how many are done."""
        with Progress(*_COLUMNS, console=self._tell, transient=True) as bar:
            task = bar.add_task(words, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def show_plan(self, plan: Sequence[PlannedFile]) -> int:
        """Print exactly what would be done; return how many files are refused."""
        for line in plan_lines(plan):
            self._print.print(readable(line), markup=False)
        space = space_of(plan)
        self._print.print(plan_words(plan) + (f" ({space})" if space else ""), markup=False)
        return sum(planned.action is Action.REFUSED for planned in plan)

    def carry_out(self, plan: Sequence[PlannedFile], title: Sentence | str, *, quiet: bool = False) -> int:
        """Carry out a plan with a progress bar; return how many files were refused.

        Args:
            plan: file by file.
            title: what undoing it is called.
            quiet: nothing is said on stdout, which is for something else.

        Raises:
            ExportBusyError: another export is running.
        """
        embedded = [planned.path for planned in plan if isinstance(planned, PlannedEmbed)]
        columns = Progress(*_COLUMNS, console=self._tell, transient=True)
        with self.keeping_measures(embedded), columns as bar:
            task = bar.add_task("Exporting", total=len(plan))
            result = export(
                plan,
                self.services.exports,
                title,
                lambda done, _total: bar.update(task, completed=done),
                self.cancel.is_set,
            )
        return self.show_result(result, quiet=quiet)

    @contextmanager
    def keeping_measures(self, photos: Sequence[Path]) -> Iterator[None]:
        """Keep what is known of photos valid while their metadata is written: their pictures stay the same."""
        before = [seen for path in photos if (seen := _seen(path)) is not None]
        yield
        changed = [(was, now) for was in before if (now := _seen(was.path)) is not None]
        if changed:
            with suppress(StoreError):  # then they are measured again
                self.services.measures.restamp(changed)
                self.services.thumbnails.restamp(changed)
            with suppress(StoreError):  # then they are known by their paths alone
                self.services.decisions.restamp(changed)

    def show_result(self, result: ExportResult, *, quiet: bool = False) -> int:
        """Print what was done, and on stderr each file that was refused; return how many those are."""
        for refused in result.refused:
            self.tell(f"{refused.path}: {refused.reason}")
        if not quiet:
            self._print.print(result_words(result), markup=False)
        return len(result.refused)


def _tell(console: Console, sentence: str) -> None:
    """Print one sentence as one line, whatever is in it."""
    console.print(readable(sentence), markup=False, highlight=False, soft_wrap=True)


def _seen(path: Path) -> ScannedFile | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return ScannedFile(path, status.st_size, status.st_mtime_ns)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for garbage as seldom as commands do; the window does so between events, see ``app.garbage``."""
    former = gc.get_threshold()
    gc.set_threshold(_MADE_AT_ONCE, *former[1:])
    try:
        yield
    finally:
        gc.set_threshold(*former)


def run_headless(work: Callable[[Headless], int]) -> int:
    """Open what is kept on disk, do the work and close it; return the exit code."""
    tell = Console(stderr=True, emoji=False)
    cancel = threading.Event()
    former = signal.signal(signal.SIGINT, lambda *_: cancel.set())
    try:
        where = places()
        set_up_logging(where.log)
        with collecting_seldom(), open_services(where) as services:
            for sentence in services.troubles:
                _tell(tell, sentence)
            headless = Headless(services, cancel, tell)
            headless.put_right()
            code = EXIT_CANCELLED if cancel.is_set() else work(headless)
            return EXIT_CANCELLED if cancel.is_set() else code
    except Stopped:
        return EXIT_CANCELLED
    except DamagedError as error:
        _tell(tell, f"{error} {tr(HOW_TO_REPAIR)}")
        return code_of(error)
    except ShortlistError as error:
        _tell(tell, str(error))
        return code_of(error)
    finally:
        signal.signal(signal.SIGINT, former)
