"""``shortlist cull``: the whole job with no screen."""

import argparse
from collections import Counter
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from app.arguments import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.headless import Headless, run_headless
from app.run_settings import run_settings
from core.export.kinds import ExportKind
from core.export.request import ExportRequest, Material, plan_export
from core.export.words import export_title
from core.grouping.clock_words import camera_names, proposal
from core.review.suggestions import suggested_decisions
from core.shoot.shoot import Shoot
from core.types import ClusterKind, Sureness


def cull(options: argparse.Namespace) -> int:
    """Does the job the command line asks for; returns the exit code."""
    if options.export in ("copy", "link") and options.out is None:
        Console(stderr=True).print(f"--export {options.export} needs --out DIR.")
        return EXIT_USAGE
    return run_headless(lambda headless: _cull(options, headless))


def _cull(options: argparse.Namespace, headless: Headless) -> int:
    settings, stand_in = run_settings(
        headless.services.places, recursive=not options.no_recursive, embedder=options.embedder
    )
    if stand_in:
        headless.tell(stand_in)
    shoot = headless.read_shoot(options.sources, settings, scheduler=options.scheduler)
    if headless.cancel.is_set():
        return EXIT_CANCELLED
    _print_summary(shoot)
    names = camera_names(shoot.photos.values())
    for offset in shoot.clock_offsets:
        headless.tell(proposal(offset, names))
    if not shoot.photos:
        headless.tell("No photos were found.")
        return EXIT_NOTHING
    refused = _export(options, shoot, headless) if options.export else 0
    return EXIT_SOME_FAILED if shoot.failures or refused else EXIT_OK


def _print_summary(shoot: Shoot) -> None:
    tally = shoot.tally
    faces = sum(bool(analysis.faces) for analysis in shoot.analyses.values())
    table = Table(show_header=False, box=None)
    rows = [
        ("photos", tally.photos()),
        ("scenes", len(shoot.scenes)),
        ("bursts", tally.kinds[ClusterKind.BURST]),
        ("brackets", tally.kinds[ClusterKind.BRACKET]),
        ("single frames", tally.kinds[ClusterKind.SINGLE]),
        ("photos with faces", faces),
        *((f"suggestions: {word}", count) for word, count in _sureness(shoot)),
        ("likely rejects", len(shoot.likely_rejects())),
        ("files that failed", len(shoot.failures)),
        *((f"left out: {reason}", count) for reason, count in shoot.skipped),
    ]
    for name, count in rows:
        table.add_row(name, str(count))
    if shoot.finished is not None:
        table.add_row("seconds", f"{shoot.finished.seconds:.1f}")
        table.add_row("analysed now", str(shoot.finished.computed))
    Console().print(table)


def _sureness(shoot: Shoot) -> list[tuple[str, int]]:
    """How many suggestions there are of each sureness."""
    counts = Counter(cluster.sureness for cluster in shoot.clusters.values() if cluster.suggested_pick)
    return [(sureness.value, counts[sureness]) for sureness in Sureness]


def _export(options: argparse.Namespace, shoot: Shoot, headless: Headless) -> int:
    """Exports the user's decisions and, where there is none, the suggestions; returns how many were refused."""
    decisions = dict(shoot.decisions)
    decisions.update(suggested_decisions(shoot.clusters.values(), decisions, options.reject_rest))
    out = options.out.absolute() if options.out else None
    kind = ExportKind(options.export)
    request = replace(ExportRequest.usual(kind), out_dir=out)
    photos, groups = list(shoot.photos.values()), list(shoot.clusters_in_order())
    material = Material(photos, decisions, groups, folders=options.sources, rejects=shoot.likely_rejects())
    plan = list(plan_export(request, material))
    return headless.show_plan(plan) if options.dry_run else headless.carry_out(plan, export_title(kind, out))
