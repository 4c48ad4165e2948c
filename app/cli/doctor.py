"""``shortlist doctor``: what works on this machine, in plain words."""

import multiprocessing
import os
import platform
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from app.bootstrap import local_models, local_workers
from app.cli.results import Results
from app.embedder_choice import chosen_embedder
from app.exit_codes import EXIT_BROKEN, EXIT_OK
from app.paths import Places, places
from app.program_version import program_version
from app.run_settings import run_settings
from core.errors import ModelError, ShortlistError
from core.files import read_file
from core.ingest.film_frame import can_be_shown
from core.pipeline.pool import default_workers
from models.catalogue import DEFAULT_EMBEDDER, catalogue
from models.installed import EmbedderShelf
from models.manifest import ModelState, model_file, verify
from models.providers import worth_trying
from models.runtime import open_session

_PROBE_SECONDS = 30


def doctor(_options: object = None) -> int:
    """Print the findings; return 0 where models and decoders are sound."""
    console = Results()
    where = places()
    console.print(f"Shortlist {program_version()}, Python {platform.python_version()}, {platform.platform()}")
    console.print(f"Models run on: {_devices()}")
    sound = True
    parts = (("Models", _models(where)), ("Formats", [*_formats(), *_films()]), ("Workers", _workers(where)))
    for title, findings in parts:
        console.print(f"\n[bold]{title}[/bold]")
        for works, sentence in findings:
            sound = sound and works
            console.print(f"  {'ok     ' if works else 'BROKEN '} {sentence}", markup=False)
    console.print("\n[bold]Window[/bold]")
    opens, sentence = _qt()  # no fault of the install: `shortlist cull` needs none
    console.print(f"  {'ok     ' if opens else 'no     '} {sentence}", markup=False)
    console.print("\n[bold]Places[/bold]")
    for sentence in _places(where):
        console.print(f"  {sentence}", markup=False)
    return EXIT_OK if sound else EXIT_BROKEN


def _devices() -> str:
    """Say where models may run; one device is opened, for only that tells whether it and its driver are there."""
    installed = worth_trying()
    with suppress(ModelError):  # it is listed among the models
        open_session(model_file("face_detector"), threads=1)
    there = worth_trying()
    sentence = "CPU"
    if there:
        sentence += f", or where that is quicker {_names(there)}"
    if missing := [name for name in installed if name not in there]:
        sentence += f"; not {_names(missing)}, which has no device or no driver here"
    return sentence


def _names(providers: Iterable[str]) -> str:
    return ", ".join(name.removesuffix("ExecutionProvider") for name in providers)


def _models(where: Places) -> Iterable[tuple[bool, str]]:
    try:
        shipped = [(checked.state is ModelState.OK, checked.message) for checked in verify()]
        return [*shipped, *_embedders(where)]
    except ModelError as error:
        return [(False, str(error))]


def _embedders(where: Places) -> Iterable[tuple[bool, str]]:
    """Yield the embedders the user installed, and whether the one in use is there."""
    shelf = EmbedderShelf(where.models)
    for entry in catalogue():
        if entry.bundled is None and shelf.is_installed(entry):
            damage = shelf.damage(entry)
            yield not damage, damage or f"{entry.name} is installed: {shelf.path(entry)}"
    in_use = chosen_embedder(where)
    try:
        shelf.weights(in_use)
    except ModelError as error:
        yield (
            False,
            f"{error} Or use {DEFAULT_EMBEDDER}: `shortlist models use {DEFAULT_EMBEDDER}`.",
        )
    else:
        yield True, f"{in_use} tells what looks alike."


def _films() -> Iterable[tuple[bool, str]]:
    """Yield what shows frames of films; without it they are culled by their names."""
    if can_be_shown():
        yield True, "films (PyAV or ffmpeg)"
    else:
        yield True, "films: nothing here shows their frames; install ffmpeg, or shortlist[films]"


def _formats() -> Iterable[tuple[bool, str]]:
    """Yield whether each decoder can be loaded; a broken one costs its formats, not the program."""
    for words, module in (
        ("JPEG (simplejpeg)", "simplejpeg"),
        ("JPEG, PNG, TIFF, WebP, AVIF (Pillow)", "PIL.Image"),
        ("HEIC and HEIF (pillow-heif)", "pillow_heif"),
        ("RAW previews (rawpy)", "rawpy"),
    ):
        try:
            __import__(module)
        except (ImportError, OSError) as error:
            yield False, f"{words}: {error}"
        else:
            yield True, words


def _workers(where: Places) -> Iterable[tuple[bool, str]]:
    """Yield whether a worker process starts, loads the models and measures."""
    settings, _ = run_settings(where)
    pool = local_workers(1, settings, local_models(settings, where))
    try:
        pool.submit(int).result()
    except ShortlistError as error:
        yield False, str(error)
    else:
        yield True, f"Photos are measured by {default_workers()} processes at a time."
    finally:
        pool.shutdown(cancel_futures=True)


def _qt() -> tuple[bool, str]:
    """Try Qt in another process, for it aborts the process where no display can be had."""
    spawn = multiprocessing.get_context("spawn")  # not `sys.executable -c`: a built program is no Python
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "said")
        process = spawn.Process(target=_open_qt, args=(said,))
        process.start()
        process.join(_PROBE_SECONDS)
        process.kill()
        process.join()
        words = read_file(said).decode("utf-8", "replace").strip().splitlines() if said.exists() else []
    if process.exitcode == 0 and words:
        return True, f"Qt opens windows ({words[-1]})"
    return False, f"Qt cannot open a window: {words[0] if words else 'no reason given'}"


def _open_qt(said: Path) -> None:
    """Write what Qt complains about into a file, then the platform it opened. Runs in a process of its own."""
    with said.open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 2)
        from PySide6.QtWidgets import QApplication

        print(QApplication([]).platformName(), file=file, flush=True)
        os._exit(0)


def _places(where: Places) -> Iterable[str]:
    for words, path in (
        ("decisions", where.decisions),
        ("journal of exports", where.exports),
        ("what was learned of your taste", where.taste),
        ("measures (may be deleted)", where.measures),
        ("thumbnails (may be deleted)", where.thumbnails),
        ("installed models", where.models),
        ("log", where.log),
    ):
        yield f"{words}: {path} ({_size(path)})"


def _size(path: Path) -> str:
    try:
        size = sum(file.stat().st_size for file in path.iterdir()) if path.is_dir() else path.stat().st_size
        return f"{size / 1e6:.1f} MB"
    except OSError:
        return "not there yet"
