"""Stars in percent, as Windows keeps them beside its own Exif tag (and others, after its example)."""

_PERCENT = (0, 1, 25, 50, 75, 99)  # by stars, as Windows writes them


def percent_of_stars(stars: int) -> int:
    """Return what Windows writes for 0 to 5 stars."""
    return _PERCENT[stars]


def stars_of_percent(percent: int | None) -> int | None:
    """Return 1 to 5 stars for what lies nearest to Windows's own numbers; None for 0 and for what is no percentage."""
    if percent is None or not 1 <= percent <= 100:
        return None
    return 1 + (percent + 12) // 25
