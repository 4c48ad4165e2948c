"""``shortlist ingest``: photos are copied from cards, with proof, with no screen."""

import argparse

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from app.cli.headless import Headless, run_headless
from app.cli.metadata_option import CODES_ALONE, metadata_of
from app.cli.results import Results
from app.cli.terminal import readable
from app.exit_codes import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.metadata_of_copies import plan_of_copies
from app.run_settings import run_settings
from core.errors import OffloadError
from core.export.kinds import ExportKind
from core.export.metadata_template import MetadataTemplate, MetadataTemplateError
from core.export.words import export_title
from core.naming.codes import CodesError
from core.naming.facts import KnownOfShoot
from core.naming.names import NameTemplate, Naming
from core.naming.template import TemplateError
from core.offload.carry_out import offload
from core.offload.follow import Followers
from core.offload.outcome import OffloadResult
from core.offload.plan import OffloadPlan, ToCopy, check_folders
from core.offload.progress import OffloadProgress
from core.offload.request import OffloadRequest, preview_offload, shoot_title
from core.offload.words import (
    left_words,
    offload_result_words,
    offload_words,
    progress_words,
    room_words,
)


def ingest(options: argparse.Namespace) -> int:
    """Copy what the command line asks for; return the exit code."""
    complaint = next((f"“{source}” is no folder." for source in options.sources if source.is_file()), "")
    if options.codes is not None and options.metadata is None:
        complaint = CODES_ALONE
    naming = metadata = None
    try:
        metadata = metadata_of(options)
        if options.name:
            naming = Naming(NameTemplate.parse(options.name), options.shoot, options.start)
    except (TemplateError, MetadataTemplateError) as error:
        complaint = str(error)
    if complaint:
        Console(stderr=True).print(readable(complaint), markup=False, highlight=False, soft_wrap=True)
        return EXIT_USAGE
    return run_headless(lambda headless: _ingest(options, naming, metadata, headless))


def _ingest(
    options: argparse.Namespace,
    naming: Naming | None,
    metadata: MetadataTemplate | None,
    headless: Headless,
) -> int:
    cards = [source.absolute() for source in options.sources]
    targets = [target.absolute() for target in (options.to, options.backup) if target is not None]
    try:
        check_folders(cards, targets)
    except OffloadError as error:
        headless.tell(str(error))
        return EXIT_USAGE
    settings, _ = run_settings(headless.services.places)
    shoot = headless.read_shoot(cards, settings, measure=False)
    cancelled = headless.cancel.is_set
    photos = tuple(shoot.photos.values())
    known = KnownOfShoot(shoot.decisions, shoot.clusters_in_order(), title=shoot_title(cards))
    request = OffloadRequest(tuple(cards), tuple(targets), _which(options), naming, options.together)
    preview = preview_offload(request, photos, known, cancelled)
    for problem in preview.problems:
        headless.tell(f"{problem.path}: {problem.reason}")
    plan = preview.plan
    if cancelled():
        return EXIT_CANCELLED
    for sentence in room_words(plan):
        headless.tell(sentence)
    if not plan.files:
        headless.tell("Nothing is picked yet." if options.picks else "No photos were found.")
        return EXIT_NOTHING
    if options.dry_run:
        _show(plan)
        return EXIT_OK
    result = _carry_out(plan, headless, together=request.together)
    if result.cancelled:
        return EXIT_CANCELLED
    refused = (
        _write_metadata(metadata, result, options.shoot or shoot_title(cards), headless) if metadata else 0
    )
    # Such as a link to nothing: it was named, and is in no plan.
    copied = {file.source.path for file in plan.files}
    left = [each for each in shoot.failures if each.path not in copied]
    failed = result.missing or result.unlisted or preview.problems or refused or left
    return EXIT_SOME_FAILED if failed else EXIT_OK


def _write_metadata(template: MetadataTemplate, result: OffloadResult, title: str, headless: Headless) -> int:
    """Write the template beside the copies; return how many files were refused."""
    settings, _ = run_settings(headless.services.places)
    try:
        found = list(
            plan_of_copies(
                template, result, title, lambda paths: headless.read_shoot(paths, settings, measure=False)
            )
        )
    except CodesError as error:
        headless.tell(str(error))
        return 1
    for remark in dict.fromkeys(one.remark for one in found if one.is_work and one.remark):
        headless.tell(remark)
    return headless.carry_out(found, export_title(ExportKind.XMP, None))


def _which(options: argparse.Namespace) -> ToCopy:
    if options.picks:
        return ToCopy.PICKS
    return ToCopy.PICKS_FIRST if options.picks_first else ToCopy.ALL


def _show(plan: OffloadPlan) -> None:
    """Print exactly what would be done, a line a file and target."""
    console = Results()
    for file in plan.files:
        for place in file.places:
            console.print(readable(f"{place.step.value}: {file.source.path} → {place.path}"), markup=False)
    console.print(" ".join(filter(None, (f"{offload_words(plan)}.", left_words(plan)))), markup=False)


def _carry_out(plan: OffloadPlan, headless: Headless, *, together: bool) -> OffloadResult:
    services = headless.services
    follow = Followers(services.decisions, services.measures, services.thumbnails)
    console = Console(stderr=True, emoji=False)
    with Progress(
        BarColumn(), TextColumn("{task.description}", markup=False), console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=1.0)

        def show(progress: OffloadProgress) -> None:
            bar.update(task, completed=progress.share, description=progress_words(progress))

        result = offload(
            plan, services.places.offload_lock, show, headless.cancel.is_set, follow, together=together
        )
        follow.catch_up()
    for refused in result.refused:
        headless.tell(f"{refused.path}: {refused.reason}")
    for target, reason in result.unlisted.items():
        headless.tell(f"{target}: the list of checksums could not be written. {reason}")
    if follow.trouble:
        headless.tell(f"What you decided could not be kept for the copies. {follow.trouble}")
    Results().print(offload_result_words(result), markup=False)
    return result
