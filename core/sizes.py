"""Sizes of files in words."""

from core.language import numeral, tr

_ROUNDED = 9.95e6  # bytes from which a tenth of a megabyte is not worth saying


def spelled(size: int) -> str:
    """Spell a size in units of ten, as makers of disks and most systems count: "12 KB", "0.3 MB", "850 MB", "12.3 GB".

    Only nothing is spelled as nothing.
    """
    if size >= 1e9:
        return tr("{size} GB").format(size=numeral(size / 1e9, ",.1f"))
    if size >= 1e5:
        return tr("{size} MB").format(size=numeral(size / 1e6, ",.0f" if size >= _ROUNDED else ".1f"))
    return tr("{size} KB").format(size=numeral(max(size / 1e3, min(size, 1)), ".0f"))
