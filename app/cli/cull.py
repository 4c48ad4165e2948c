"""``shortlist cull``: the whole job with no screen."""

import argparse
import secrets
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from app.cli.arguments.shoot import NO_PROFILE
from app.cli.cull_report import CullReport
from app.cli.headless import Headless, run_headless
from app.cli.results import Results
from app.cli.terminal import readable
from app.exit_codes import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.run_settings import run_settings
from app.taste_choice import folders_of, learn_from, ranked_by_taste
from core.export.kinds import ExportKind
from core.export.request import ExportRequest, Material, plan_export
from core.export.words import export_title
from core.grouping.clock_words import camera_names, proposal
from core.ranking.best_of import best_of
from core.review.audit.kept import KeptAudit
from core.review.audit.sample import draw, rejects
from core.review.forgotten import forgotten
from core.review.suggestions import suggested_decisions
from core.shoot.shoot import Shoot
from core.taste.proposing import propose
from core.taste.words import proposal_words
from core.types import Decision, PhotoId

_SEED_BITS = 32


def cull(options: argparse.Namespace) -> int:
    """Do the job the command line asks for; return the exit code."""
    if options.export in ("copy", "link") and options.out is None:
        Console(stderr=True).print(f"--export {options.export} needs --out DIR.")
        return EXIT_USAGE
    if options.json and options.export is not None:
        Console(stderr=True).print(
            "--json is what this command prints; leave --export out, or run it by itself."
        )
        return EXIT_USAGE
    return run_headless(lambda headless: _cull(options, headless))


def _cull(options: argparse.Namespace, headless: Headless) -> int:
    settings, stand_in = run_settings(
        headless.services.places,
        recursive=not options.no_recursive,
        embedder=options.embedder,
        pair_folders=options.pair_folders or None,
    )
    if stand_in:
        headless.tell(stand_in)
    services = headless.services
    if options.profile is not None:
        if options.profile not in (NO_PROFILE, *services.profiles):
            headless.tell(f"There is no profile “{options.profile}”; `shortlist taste profiles` lists them.")
            return EXIT_USAGE
        chosen = "" if options.profile == NO_PROFILE else options.profile
        services.taste.choose_profile(folders_of(options.sources), chosen)
    ranked = ranked_by_taste(settings, services, options.sources)
    if ranked.words:
        headless.tell(ranked.words)
    shoot = headless.read_shoot(options.sources, ranked.settings, scheduler=options.scheduler)
    if headless.cancel.is_set():
        return EXIT_CANCELLED
    shoot.forgiven = services.forgiven(ranked.profile)
    learn_from(shoot, services)
    _print(_report(options, shoot, headless), as_json=options.json)
    if not ranked.profile and (name := propose(shoot.photos.values(), shoot.analyses.values())):
        headless.tell(f"{proposal_words(services.profiles[name])} To say so: --profile {name}")
    names = camera_names(shoot.photos.values())
    for offset in shoot.clock_offsets:
        headless.tell(proposal(offset, names))
    if not shoot.photos:
        headless.tell("No photos were found.")
        return EXIT_NOTHING
    refused = _export(options, shoot, headless) if options.export else 0
    return EXIT_SOME_FAILED if shoot.failures or refused else EXIT_OK


def _report(options: argparse.Namespace, shoot: Shoot, headless: Headless) -> CullReport:
    """Look at what would be exported: whom it forgets; and draw the sample and the proposal that were asked for."""
    clusters, sources = list(shoot.clusters_in_order()), [path.absolute() for path in options.sources]
    decisions = _with_suggestions(shoot, reject_rest=options.reject_rest)
    audit = best = None
    if options.audit is not None:
        seed = secrets.randbits(_SEED_BITS) if options.seed is None else options.seed
        audit = draw(rejects(clusters, _with_suggestions(shoot, reject_rest=True)), options.audit, seed)
    if options.best is not None:
        best = best_of(options.best, clusters, shoot.analyses, shoot.decisions, shoot.copies, shoot.forgiven)
    return CullReport(
        shoot,
        forgotten(shoot.photos, shoot.analyses, clusters, shoot.scenes.values(), decisions, shoot.forgiven),
        KeptAudit(headless.services.decisions, sources).latest(),
        audit,
        best,
    )


def _print(report: CullReport, *, as_json: bool) -> None:
    if as_json:
        print(report.document())
        return
    table = Table(show_header=False, box=None)
    for name, value in report.rows():
        table.add_row(name, value)
    console = Results()
    console.print(table)
    for line in report.lines():
        console.print(readable(line), markup=False)


def _with_suggestions(shoot: Shoot, *, reject_rest: bool) -> dict[PhotoId, Decision]:
    """Return the user's decisions and, where there is none, the suggestions."""
    decisions = dict(shoot.decisions)
    decisions.update(suggested_decisions(shoot.clusters.values(), decisions, reject_rest))
    return decisions


def _export(options: argparse.Namespace, shoot: Shoot, headless: Headless) -> int:
    """Export the user's decisions and, where there is none, the suggestions; return how many were refused."""
    decisions = _with_suggestions(shoot, reject_rest=options.reject_rest)
    out = options.out.absolute() if options.out else None
    kind = ExportKind(options.export)
    request = replace(ExportRequest.usual(kind), out_dir=out)
    photos, groups = list(shoot.photos.values()), list(shoot.clusters_in_order())
    material = Material(photos, decisions, groups, folders=options.sources, rejects=shoot.likely_rejects())
    plan = list(plan_export(request, material))
    return headless.show_plan(plan) if options.dry_run else headless.carry_out(plan, export_title(kind, out))
