"""``shortlist cull``: the whole job with no screen."""

import argparse
import signal
import threading
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from app.arguments import EXIT_BROKEN, EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.bootstrap import Services, open_services
from app.embedder_choice import chosen_embedder
from app.logging_setup import set_up_logging
from app.paths import places
from core.errors import ExportBusyError, ModelError, SourceError, StoreError
from core.export.carry_out import export
from core.export.kinds import ExportKind
from core.export.planned import Action
from core.export.request import ExportRequest, Material, plan_export
from core.export.words import export_title, plan_words, result_words
from core.pipeline import events
from core.pipeline.runner import run
from core.pipeline.shoot import Shoot
from core.review.marks import with_marks
from core.review.suggestions import suggested_decisions
from core.settings import Settings
from core.types import ClusterKind

_STAGES = {
    events.Stage.SCAN: "Looking for photos",
    events.Stage.METADATA: "Reading metadata",
    events.Stage.ANALYSIS: "Analysing",
    events.Stage.GROUPING: "Grouping",
}


def cull(options: argparse.Namespace) -> int:
    """Does the job the command line asks for; returns the exit code. Results on stdout, all else on stderr."""
    tell = Console(stderr=True)
    if options.export in ("copy", "link") and options.out is None:
        tell.print(f"--export {options.export} needs --out DIR.")
        return EXIT_USAGE
    where = places()
    set_up_logging(where.log)
    settings = Settings(
        recursive=not options.no_recursive, embedder=options.embedder or chosen_embedder(where)
    )
    cancel = threading.Event()
    former = signal.signal(signal.SIGINT, lambda *_: cancel.set())
    try:
        with open_services(where) as services:
            shoot = _analyse([path.absolute() for path in options.sources], settings, services, cancel, tell)
            shoot.set_decisions(services.decisions.load_decisions(shoot.photos.values()))
            shoot.set_decisions(
                {
                    photo_id: with_marks(shoot.decision(photo_id), files)
                    for photo_id, files in shoot.marks.items()
                }
            )
            return _report(options, shoot, services, cancel, tell)
    except SourceError as error:
        tell.print(str(error), markup=False)
        return EXIT_NOTHING
    except (StoreError, ModelError, ExportBusyError) as error:
        tell.print(str(error), markup=False)
        return EXIT_BROKEN
    finally:
        signal.signal(signal.SIGINT, former)


def _report(
    options: argparse.Namespace, shoot: Shoot, services: Services, cancel: threading.Event, tell: Console
) -> int:
    """Says what was found, and exports it where that was asked for; returns the exit code."""
    for failure in shoot.failures:
        tell.print(f"{failure.path}: {failure.reason}", markup=False, highlight=False, soft_wrap=True)
    if cancel.is_set():
        return EXIT_CANCELLED
    _print_summary(shoot)
    if not shoot.photos:
        tell.print("No photos were found.")
        return EXIT_NOTHING
    refused = _export(options, shoot, services, tell) if options.export else 0
    return EXIT_SOME_FAILED if shoot.failures or refused else EXIT_OK


def _analyse(
    sources: list[Path], settings: Settings, services: Services, cancel: threading.Event, tell: Console
) -> Shoot:
    shoot = Shoot()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=tell, transient=True) as bar:
        task = bar.add_task(_STAGES[events.Stage.SCAN], total=None)

        def take(event: events.Event) -> None:
            shoot.apply(event)
            if isinstance(event, events.Progress):
                total = event.total or None
                bar.update(task, description=_STAGES[event.stage], completed=event.done, total=total)

        run(sources, settings, services.dependencies(settings), cancel, take)
    return shoot


def _print_summary(shoot: Shoot) -> None:
    kinds = [cluster.kind for cluster in shoot.clusters.values()]
    faces = sum(bool(analysis.faces) for analysis in shoot.analyses.values())
    table = Table(show_header=False, box=None)
    rows = [
        ("photos", len(shoot.photos)),
        ("scenes", len(shoot.scenes)),
        ("bursts", kinds.count(ClusterKind.BURST)),
        ("brackets", kinds.count(ClusterKind.BRACKET)),
        ("single frames", kinds.count(ClusterKind.SINGLE)),
        ("photos with faces", faces),
        ("too close to call", sum(cluster.too_close for cluster in shoot.clusters.values())),
        ("files that failed", len(shoot.failures)),
        *((f"left out: {reason}", count) for reason, count in shoot.skipped),
    ]
    for name, count in rows:
        table.add_row(name, str(count))
    if shoot.finished is not None:
        table.add_row("seconds", f"{shoot.finished.seconds:.1f}")
        table.add_row("analysed now", str(shoot.finished.computed))
    Console().print(table)


def _export(options: argparse.Namespace, shoot: Shoot, services: Services, tell: Console) -> int:
    """Exports the user's decisions and, where there is none, the suggestions; returns how many were refused."""
    decisions = dict(shoot.decisions)
    decisions.update(suggested_decisions(shoot.clusters.values(), decisions, options.reject_rest))
    out = options.out.absolute() if options.out else None
    kind = ExportKind(options.export)
    request = replace(ExportRequest.usual(kind), out_dir=out)
    material = Material(list(shoot.photos.values()), decisions, list(shoot.clusters_in_order()))
    plan = list(plan_export(request, material))
    printed = Console()
    if options.dry_run:
        for planned in plan:
            printed.print(str(planned), markup=False, highlight=False, soft_wrap=True)
        printed.print(plan_words(plan))
        return sum(planned.action is Action.REFUSED for planned in plan)
    result = export(plan, services.exports, export_title(kind, out))
    for refused in result.refused:
        tell.print(str(refused), markup=False, highlight=False, soft_wrap=True)
    printed.print(result_words(result))
    return len(result.refused)
