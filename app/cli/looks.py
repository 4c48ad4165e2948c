"""``shortlist looks``: which kinds of picture there are in a shoot, as a list, as JSON or as a gallery."""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from app.bootstrap import local_models
from app.cli.headless import Headless, run_headless
from app.cli.results import Results
from app.cli.terminal import readable
from app.exit_codes import EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.filled_library import filled_library
from app.pictures import thumbnails_of
from app.run_settings import run_settings
from core.export.gallery import PAGE, plan_gallery
from core.library.gaps import gap_words
from core.looks.looks import Looks, find_looks
from core.pipeline.all_looks import find_all_looks
from core.pipeline.look_finder import FoundLooks, grow_looks, remember_looks
from core.pipeline.runner import made_by
from core.settings import Settings
from core.shoot.shoot import Shoot
from core.types import PhotoId

_GALLERY = "gallery"


def looks(options: argparse.Namespace) -> int:
    """Do what the command line asks for; return the exit code."""
    if options.export is not None and options.export[0] != _GALLERY:
        Console(stderr=True).print(f"--export knows only “{_GALLERY}”: --export {_GALLERY} DIR.")
        return EXIT_USAGE
    if bool(options.sources) is options.all_shoots:
        Console(stderr=True).print("Name folders, or --all-shoots and none.")
        return EXIT_USAGE
    return run_headless(
        lambda headless: _looks_of_all(options, headless) if options.all_shoots else _looks(options, headless)
    )


def found_looks(shoot: Shoot, settings: Settings, headless: Headless) -> FoundLooks:
    """Return what looks alike in a shoot, remembered or found now."""
    services = headless.services
    made = made_by(local_models(settings, services.places))
    photos = tuple(shoot.photos.values())
    return remember_looks(photos, shoot.analyses, made, services.measures) or grow_looks(
        photos, shoot.analyses, made, services.measures
    )


def _looks(options: argparse.Namespace, headless: Headless) -> int:
    settings, stand_in = run_settings(
        headless.services.places,
        recursive=not options.no_recursive,
        pair_folders=options.pair_folders or None,
    )
    if stand_in:
        headless.tell(stand_in)
    shoot = headless.read_shoot(options.sources, settings)
    if headless.cancel.is_set():
        return EXIT_CANCELLED
    if not shoot.photos:
        headless.tell("No photos were found.")
        return EXIT_NOTHING
    found = found_looks(shoot, settings, headless)
    return _tell(
        options, find_looks(found.tree, found.frames, shoot.look_names(), options.detail), shoot, headless
    )


def _looks_of_all(options: argparse.Namespace, headless: Headless) -> int:
    services = headless.services
    file, made = filled_library(services, cancelled=headless.cancel.is_set)
    if words := gap_words(services.library):
        headless.tell(words)
    found = find_all_looks(file, made, services.measures)
    shoot = Shoot()
    shoot.photos = {frame.photo.id: frame.photo for frame in file.frames(found.numbers.values()).values()}
    names = {
        photo_id: name for photo_id, name in services.decisions.looks().items() if photo_id in shoot.photos
    }
    if not shoot.photos:
        headless.tell("No photos were found.")
        return EXIT_NOTHING
    if found.known > len(found.numbers):
        headless.tell(f"Of the {len(found.numbers):,} photos known last, of {found.known:,}.")
    return _tell(
        options, find_looks(found.tree, tuple(found.numbers), names, options.detail), shoot, headless
    )


def _tell(options: argparse.Namespace, result: Looks, shoot: Shoot, headless: Headless) -> int:
    if options.json:
        Results().out(json.dumps(_document(result, shoot, options.detail), indent=1))
    else:
        _print(result, shoot)
    refused = _gallery(options, result, shoot, headless) if options.export else 0
    return EXIT_SOME_FAILED if shoot.failures or refused else EXIT_OK


def _gallery(options: argparse.Namespace, result: Looks, shoot: Shoot, headless: Headless) -> int:
    """Write the gallery, and say where its page lies; return how many files were refused."""
    folder = Path(options.export[1]).absolute()
    title = ", ".join(source.absolute().name for source in options.sources) or "All shoots"
    load = thumbnails_of(shoot, headless.services.thumbnails)
    plan = list(plan_gallery(folder, title, result, shoot.photos, load))
    refused = headless.carry_out(plan, f"Gallery in {folder}", quiet=options.json)
    headless.tell(f"The page is {folder / PAGE}")
    return refused


def _print(result: Looks, shoot: Shoot) -> None:
    console = Results()
    for number, look in enumerate(result.looks, 1):
        name = look.name or (f"look {number} ({look.proposed}?)" if look.proposed else f"look {number}")
        cover = shoot.photos[look.cover].path.name
        console.print(readable(f"{len(look.photo_ids):6,}  {name}, such as {cover}"), markup=False)
    if result.odd:
        names = ", ".join(shoot.photos[photo_id].path.name for photo_id in result.odd[:5])
        more = ", …" if len(result.odd) > 5 else ""
        console.print(readable(f"{len(result.odd):6,}  odd ones out: {names}{more}"), markup=False)


def _document(result: Looks, shoot: Shoot, detail: float) -> dict[str, object]:
    def paths(photo_ids: Iterable[PhotoId]) -> list[str]:
        return [str(shoot.photos[photo_id].path) for photo_id in photo_ids]

    return {
        "version": 1,
        "detail": detail,
        "looks": [
            {
                "name": look.name or None,
                "proposed": look.proposed or None,
                "cover": str(shoot.photos[look.cover].path),
                "photos": paths(look.photo_ids),
            }
            for look in result.looks
        ],
        "odd": paths(result.odd),
    }
