"""What was left out on purpose, in words."""

from collections.abc import Sequence

from core.language import numeral, tr


def skipped_words(skipped: Sequence[tuple[str, int]]) -> str:
    """Say how many files were left out for which reason, such as "12 × hidden, 3 × not a photo"; "" for none."""
    return ", ".join(f"{numeral(count)} × {tr(reason)}" for reason, count in skipped)
