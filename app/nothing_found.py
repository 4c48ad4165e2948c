"""What is said where nothing that was opened is a photo."""

from collections.abc import Sequence
from pathlib import Path

from core.ingest.formats import Kind, kind_of
from core.ingest.skipped_words import skipped_words
from core.language import tr


def no_photo_among(sources: Sequence[Path]) -> str:
    """Say that files are no photos, where each is one of another kind by its name; "" for all else."""
    others = [
        source for source in sources if kind_of(source) in (Kind.OTHER, Kind.SIDECAR) and source.is_file()
    ]
    if not others or len(others) < len(sources):
        return ""
    if len(others) == 1:
        return tr("{name} is no photo that can be opened here.").format(name=others[0].name)
    return tr("None of these {count:,} files is a photo that can be opened here.").format(count=len(others))


def nothing_found(title: str, skipped: Sequence[tuple[str, int]]) -> str:
    """Say that a folder has no photos, and what it has instead.

    Args:
        title: what the shoot would be called.
        skipped: counts of files left out, by a reason in the words of ``core.ingest.formats.Kind``.
    """
    left_out = skipped_words(skipped)
    if not left_out:
        return tr("There are no photos in {folder}.").format(folder=title)
    words = tr("There are no photos in {folder} (left out: {left_out}).")
    return words.format(folder=title, left_out=left_out)
