"""What may not be found although it was measured, said to whoever asks all shoots."""

from core.language import ntr, tr
from core.library.library import ShootLibrary


def gap_words(library: ShootLibrary) -> str:
    """Say that shoots were measured by an earlier version, or that not all is in the library; "" where all is well.

    Raises:
        NoLibraryError: it is off.
        StoreError: it cannot be read.
    """
    return " ".join(filter(None, (_outdated(library.file.outdated_shoots()), _lacking(library))))


def _outdated(shoots: int) -> str:
    if not shoots:
        return ""
    return ntr(
        "{count:,} shoot was measured by an earlier version of Shortlist, so not everything in it may be found until "
        "it is opened again.",
        "{count:,} shoots were measured by an earlier version of Shortlist, so not everything in them may be found "
        "until they are opened again.",
        shoots,
    ).format(count=shoots)


def _lacking(library: ShootLibrary) -> str:
    reason = library.lacks()
    if reason is None:
        return ""
    return tr(
        "The library of all shoots is incomplete, so not everything that was measured may be found. {reason}"
    ).format(reason=reason)
