"""``shortlist export``: what was decided goes out, with no screen and no analysis."""

import argparse
from dataclasses import replace

from rich.console import Console

from app.cli.headless import Headless, run_headless
from app.cli.metadata_option import CODES_ALONE, metadata_of
from app.exit_codes import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.filled_library import filled_library
from app.pictures import thumbnails_of
from app.run_settings import run_settings
from app.taste_choice import ranked_by_taste
from core.cancelling import cancellable
from core.export.kinds import Choice, ExportKind, Selection
from core.export.metadata_template import MetadataTemplate, MetadataTemplateError
from core.export.planned import Action, PlannedFile
from core.export.proof_pictures import MarkError
from core.export.proofs import ProofChoices, page_of
from core.export.request import ExportRequest, Material, plan_export
from core.export.touched import Touch
from core.export.trash import PlannedTrash
from core.export.undo import plan_undo, undo
from core.export.words import export_title
from core.export.xmp import XmpChoices
from core.library.gaps import gap_words
from core.library.look_names import names_away_words, names_title, names_unread_words, plan_look_names
from core.naming.codes import CodesError
from core.naming.names import NameTemplate, Naming
from core.naming.template import TemplateError
from core.shoot.shoot import Shoot
from core.sidecar.label_names import LABEL_SETS
from core.sidecar.profiles import PROFILES
from core.types import Label


def export_decisions(options: argparse.Namespace) -> int:
    """Do the export the command line asks for; return the exit code."""
    if complaint := _complaint(options):
        return _refused(complaint)
    try:
        naming, metadata = _naming(options), metadata_of(options)
    except (TemplateError, MetadataTemplateError) as error:
        return _refused(str(error))
    if options.all_shoots:
        return run_headless(lambda headless: _export_looks(options, headless))
    return run_headless(
        lambda headless: (
            _undo(options, headless) if options.undo else _export(options, naming, metadata, headless)
        )
    )


def _refused(complaint: str) -> int:
    Console(stderr=True).print(complaint, markup=False, highlight=False, soft_wrap=True)
    return EXIT_USAGE


def _naming(options: argparse.Namespace) -> Naming | None:
    """Return how photos are to be named. Raises TemplateError."""
    if options.name is None:
        return None
    return Naming(NameTemplate.parse(options.name), options.shoot, options.start)


def _complaint(options: argparse.Namespace) -> str:
    """Say what is missing or makes no sense; "" where all is well."""
    kind = ExportKind(options.kind)
    if options.all_shoots:
        alone = (
            options.looks and kind is ExportKind.XMP and not (options.sources or options.undo or options.out)
        )
        return (
            ""
            if alone
            else "--all-shoots goes with --looks, with --as xmp and with no FOLDER, --out or --undo."
        )
    if not options.undo and not options.sources:
        return "Say which FOLDER to export, or --undo."
    if not options.undo and kind.needs_folder and options.out is None:
        return f"--as {kind} needs --out DIR."
    if not options.undo and kind.needs_names and options.name is None:
        return f"--as {kind} needs --name TEMPLATE."
    if options.name is not None and not kind.takes_names:
        return f"--name makes no sense with --as {kind}: no file gets another name by it."
    if options.metadata is not None and kind is not ExportKind.XMP:
        return f"--metadata makes no sense with --as {kind}: it is written with --as xmp."
    if options.codes is not None and options.metadata is None:
        return CODES_ALONE
    if kind is ExportKind.TRASH and options.photos not in (None, Choice.REJECTS):
        return "Only rejects ever go into the trash."
    return ""


def _export(
    options: argparse.Namespace, naming: Naming | None, metadata: MetadataTemplate | None, headless: Headless
) -> int:
    settings, _ = run_settings(
        headless.services.places,
        recursive=not options.no_recursive,
        pair_folders=options.pair_folders or None,
    )
    ranked = ranked_by_taste(settings, headless.services, options.sources)
    shoot = headless.read_shoot(options.sources, ranked.settings, measure=False)
    shoot.forgiven = headless.services.forgiven(ranked.profile)
    if headless.cancel.is_set():
        return EXIT_CANCELLED
    if not shoot.photos:
        headless.tell("No photos were found.")
        return EXIT_NOTHING
    request = _request(options)
    request = replace(request, naming=naming, xmp=replace(request.xmp, metadata=metadata))
    try:
        plan = list(plan_export(request, _material(shoot, options, headless)))
    except (MarkError, CodesError) as error:
        headless.tell(str(error))
        return EXIT_USAGE
    if options.dry_run:
        refused = headless.show_plan(plan)
    elif request.kind is ExportKind.TRASH and (count := _thrown_away(plan)) != options.confirm:
        headless.show_plan(plan)
        headless.tell(f"To put {count} rejected photos into the trash, say so: --confirm {count}")
        return EXIT_USAGE
    else:
        for remark in dict.fromkeys(one.remark for one in plan if one.is_work and one.remark):
            headless.tell(remark)
        refused = headless.carry_out(plan, export_title(request.kind, request.out_dir))
        if request.kind is ExportKind.PROOFS and (page := page_of(plan)) is not None:
            headless.tell(f"The page is {page}")
    if headless.cancel.is_set():
        return EXIT_CANCELLED
    return EXIT_SOME_FAILED if shoot.failures or refused else EXIT_OK


def _export_looks(options: argparse.Namespace, headless: Headless) -> int:
    """Write the names of looks beside the photos of all shoots."""
    services = headless.services
    file, _ = filled_library(services, cancelled=headless.cancel.is_set)
    if words := gap_words(services.library):
        headless.tell(words)
    with cancellable(headless.cancel.is_set):
        found = plan_look_names(file, services.decisions.looks(), _request(options).xmp)
    if words := names_away_words(found.away):
        headless.tell(words)
    if not found.photos:
        headless.tell("No look of any photo that is there has a name.")
        return EXIT_NOTHING
    if words := names_unread_words(_request(options).xmp, found.photos):
        headless.tell(words)
    plan = found.plan
    refused = headless.show_plan(plan) if options.dry_run else headless.carry_out(plan, names_title())
    return EXIT_SOME_FAILED if refused else EXIT_OK


def _undo(options: argparse.Namespace, headless: Headless) -> int:
    store = headless.services.exports
    record = store.last()
    if record is None:
        headless.tell("There is no export to undo.")
        return EXIT_NOTHING
    headless.tell(f"Undo: {record.title}")
    touched = store.touched(record.id)
    if options.dry_run:
        refused = headless.show_plan(plan_undo(touched))
    else:
        embedded = [one.shown for one in touched if one.touch is Touch.EMBEDDED]
        with headless.keeping_measures(embedded):
            result = undo(store, record, cancelled=headless.cancel.is_set)
        refused = headless.show_result(result)
    return EXIT_SOME_FAILED if refused else EXIT_OK


def _request(options: argparse.Namespace) -> ExportRequest:
    kind = ExportKind(options.kind)
    choice = Choice(options.photos) if options.photos else kind.usual_choice
    label = Label(options.label) if options.label else None
    return ExportRequest(
        kind,
        Selection(choice, options.stars, label),
        options.out.absolute() if options.out and kind.takes_folder else None,
        XmpChoices(
            PROFILES[options.program],
            LABEL_SETS[options.labels],
            options.embed,
            options.advice,
            options.looks,
            regions=options.regions,
        ),
        proofs=ProofChoices(options.size, options.mark, options.title),
    )


def _material(shoot: Shoot, options: argparse.Namespace, headless: Headless) -> Material:
    title = ", ".join(source.absolute().name for source in options.sources)
    return Material(
        list(shoot.photos.values()),
        shoot.decisions,
        list(shoot.clusters_in_order()),
        title,
        thumbnails_of(shoot, headless.services.thumbnails),
        options.sources,
        shoot.likely_rejects(),
        shoot.people.names_by_photo(),
        shoot.people.face_regions(),
    )


def _thrown_away(plan: list[PlannedFile]) -> int:
    """Count the photos that a plan puts into the trash."""
    return len({one.photo_id for one in plan if isinstance(one, PlannedTrash) and one.action is Action.TRASH})
