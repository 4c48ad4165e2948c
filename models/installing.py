"""Brings a model to this machine, and takes it away again. The only part of Shortlist that goes online."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ModelError
from core.files import open_file
from core.language import say
from models.catalogue import Download, WrongModelError, find_describer, find_embedder, part_of
from models.installed import EmbedderShelf, how_to_install, sha256_of

if TYPE_CHECKING:
    from models.download import Patience, Report


def install(name: str, shelf: EmbedderShelf, report: "Report", patience: "Patience | None" = None) -> None:
    """Download a model, resuming what an earlier try has left; does nothing where it is there.

    Args:
        name: in the catalogue.
        shelf: where to.
        report: called after each piece, with the bytes of all its files together.
        patience: how long to wait and how often to try.

    Raises:
        ModelError: it cannot be downloaded, with the reason.
    """
    from models.download import Patience, fetch  # not before somebody downloads: it takes a while to load

    downloads = _downloads(name)
    total, before = sum(each.size_bytes for each in downloads), 0
    for download in downloads:
        target = shelf.folder / download.file
        if not target.is_file():
            try:
                fetch(download, target, _counted_on(report, before, total), patience or Patience())
            except ModelError as error:
                raise _with_addresses(error, name, downloads) from error
        before += download.size_bytes


def install_from(name: str, shelf: EmbedderShelf, source: Path) -> None:
    """Take a model from files that were brought here by other means; they stay where they are.

    Args:
        name: in the catalogue.
        shelf: where to.
        source: its file; of a model of several files their folder, in which each has its name in the catalogue or that
            of its address.

    Raises:
        ModelError: it is not what the catalogue means, or cannot be read or copied.
    """
    downloads = _downloads(name)
    for download in downloads:
        file = source if len(downloads) == 1 else _in_folder(source, download)
        _copy(download, shelf.folder / download.file, file)


def _in_folder(folder: Path, download: Download) -> Path:
    theirs = folder / download.url.rsplit("/", 1)[-1]
    return theirs if theirs.is_file() else folder / download.file


def _copy(download: Download, target: Path, file: Path) -> None:
    copy = target.with_name(f"{target.name}.copy")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.stat().st_size != download.size_bytes:
            raise _other_file(file, download)
        copy.unlink(missing_ok=True)
        with open_file(file) as brought, copy.open("xb") as ours:
            shutil.copyfileobj(brought, ours)
        if sha256_of(copy) != download.sha256:
            raise _other_file(file, download)
        copy.replace(target)
        part_of(target).unlink(missing_ok=True)
    except FileNotFoundError as error:
        if file.exists():  # it is ours that cannot be made
            raise ModelError(
                say("{file} cannot be installed: {cause}.", file=file, cause=error.strerror)
            ) from error
        raise WrongModelError(
            say("{file} is not there. It can be had from {url}", file=file, url=download.url)
        ) from error
    except OSError as error:
        cause = error.strerror or str(error)
        raise ModelError(say("{file} cannot be installed: {cause}.", file=file, cause=cause)) from error
    finally:
        copy.unlink(missing_ok=True)


def remove(name: str, shelf: EmbedderShelf) -> bool:
    """Delete a downloaded model, or the part of one; False where there was neither.

    Raises:
        ModelError: it is not one that can be removed, or a file cannot be deleted.
    """
    targets = [shelf.folder / download.file for download in _downloads(name)]
    there = [path for target in targets for path in (target, part_of(target)) if path.is_file()]
    try:
        for path in there:
            path.unlink()
    except OSError as error:
        raise ModelError(
            say("{file} cannot be deleted: {cause}.", file=error.filename, cause=error.strerror)
        ) from error
    return bool(there)


def _counted_on(report: "Report", before: int, total: int) -> "Report":
    """Return what is told how far one of several files is, and tells how far all of them are."""
    return lambda done, _of: report(before + done, total)


def _downloads(name: str) -> tuple[Download, ...]:
    """Return the files a model is downloaded as. Raises ModelError for one that is not."""
    describer = find_describer(name)
    if describer is not None:
        return describer.downloads
    entry = find_embedder(name)
    if entry.download is not None:
        return (entry.download,)
    if entry.package is not None:
        raise ModelError(how_to_install(entry))
    raise WrongModelError(
        say("{name} comes with Shortlist; there is nothing to install or remove.", name=name)
    )


def _with_addresses(error: ModelError, name: str, downloads: tuple[Download, ...]) -> ModelError:
    """Return an error that says of a model of several files where all of them can be had, and how they are brought."""
    if len(downloads) == 1:
        return error
    addresses = ", ".join(f"{each.url} ({each.size_bytes / 1e6:.1f} MB)" for each in downloads)
    return ModelError(
        say(
            "{reason} {name} is made of several files: {addresses}. Brought into one folder, they are installed by "
            "`shortlist models install {name} --from FOLDER`.",
            reason=error.sentence,
            name=name,
            addresses=addresses,
        )
    )


def _other_file(file: Path, download: Download) -> WrongModelError:
    return WrongModelError(
        say(
            "{file} is not the {wanted} that is wanted ({size:,} bytes, sha256 {sha256}); get it from {url}",
            file=file,
            wanted=download.file,
            size=download.size_bytes,
            sha256=download.sha256,
            url=download.url,
        )
    )
