"""``shortlist models``: which models there are, their installing, choosing and removing."""

import argparse

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table

from app.cli.results import Results
from app.cli.terminal import readable
from app.embedder_choice import choose_embedder, chosen_embedder
from app.exit_codes import EXIT_BROKEN, EXIT_CANCELLED, EXIT_OK, code_of
from app.paths import Places, places
from core.errors import ModelError
from models.catalogue import DEFAULT_EMBEDDER, EmbedderEntry, catalogue, describers, find_describer
from models.describer import is_installed
from models.installed import EmbedderShelf
from models.installing import install, install_from, remove
from models.runtime import read_checked


def models(options: argparse.Namespace) -> int:
    """Do what the command line asks for; return the exit code."""
    tell = Console(stderr=True, highlight=False, soft_wrap=True)
    where = places()
    shelf = EmbedderShelf(where.models)
    try:
        match options.action:
            case "list":
                _list(shelf, chosen_embedder(where))
            case "install":
                _install(options, shelf, tell)
            case "use":
                _use(options.name, shelf, where, tell)
            case "remove":
                _remove(options.name, shelf, where, tell)
    except (ModelError, OSError) as error:
        tell.print(readable(str(error)), markup=False)
        return code_of(error) if isinstance(error, ModelError) else EXIT_BROKEN
    except KeyboardInterrupt:
        tell.print("Stopped. What has come so far is kept; the same command goes on with it.")
        return EXIT_CANCELLED
    return EXIT_OK


def _list(shelf: EmbedderShelf, in_use: str) -> None:
    table = Table("name", "state", "what", "licence", box=None, pad_edge=False)
    for entry in catalogue():
        state = "in use" if entry.name == in_use else _state(entry, shelf)
        table.add_row(entry.name, state, f"{entry.title}. {entry.about}", entry.licence)
    for describer in describers():
        size = sum(each.size_bytes for each in describer.downloads)
        state = "installed" if is_installed(describer, shelf) else f"{size / 1e6:.0f} MB to download"
        table.add_row(describer.name, state, f"{describer.title}. {describer.about}", describer.licence)
    Results().print(table, soft_wrap=False)


def _state(entry: EmbedderEntry, shelf: EmbedderShelf) -> str:
    if shelf.is_installed(entry):
        return "installed"
    if entry.download is not None:
        return f"{entry.download.size_bytes / 1e6:.0f} MB to download"
    return f"needs {entry.package.name}" if entry.package is not None else ""


def _install(options: argparse.Namespace, shelf: EmbedderShelf, tell: Console) -> None:
    if options.file is not None:
        install_from(options.name, shelf, options.file.absolute())
    else:
        columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
        with Progress(*columns, console=tell, transient=True) as bar:
            task = bar.add_task("", total=None)
            install(options.name, shelf, lambda done, total: bar.update(task, completed=done, total=total))
    if find_describer(options.name) is not None:
        tell.print(
            f'{options.name} is installed. Search for shows:"bride laughing", or `shortlist find FOLDER shows:WORDS`.'
        )
    else:
        tell.print(f"{options.name} is installed. `shortlist models use {options.name}` puts it to use.")


def _use(name: str, shelf: EmbedderShelf, where: Places, tell: Console) -> None:
    if find_describer(name) is not None:
        tell.print(f"{name} need not be chosen: once it is installed, `shows:` in a search asks it.")
        return
    read_checked(shelf.weights(name))  # refuses a model that is not there, or damaged
    choose_embedder(where, name)
    tell.print(
        f"{name} is in use. Photos you open get its view once more; all other measures and decisions stay."
    )


def _remove(name: str, shelf: EmbedderShelf, where: Places, tell: Console) -> None:
    removed = remove(name, shelf)
    tell.print(f"{name} is removed." if removed else f"{name} was not installed.")
    if chosen_embedder(where) == name:
        choose_embedder(where, DEFAULT_EMBEDDER)
        tell.print(f"{DEFAULT_EMBEDDER} is in use again.")
