"""What has no keeper, in words for the window: short enough for a line, with the numbers they go by."""

from core.language import ntr, tr
from core.review.forgotten import ForgottenHours, ForgottenPerson, ForgottenScene


def person_words(one: ForgottenPerson) -> str:
    """Say that somebody has no keeper, such as "Somebody who is in 14 frames, none of them kept"."""
    words = ntr(
        "Somebody who is in {count:,} frame, none of it kept",
        "Somebody who is in {count:,} frames, none of them kept",
        one.seen_in,
    )
    return words.format(count=one.seen_in)


def scene_words(one: ForgottenScene, when: str) -> str:
    """Say that a scene has no keeper; ``when`` is its time, such as "14:32 – 14:41", "" where unknown."""
    words = ntr(
        "A scene of {count:,} frame, not kept", "A scene of {count:,} frames, none of them kept", one.frames
    ).format(count=one.frames)
    return f"{when}: {words}" if when else words


def hours_words(one: ForgottenHours, when: str) -> str:
    """Say that nothing of a stretch of time is kept; ``when`` is that time."""
    words = ntr(
        "{when}: nothing kept of {count:,} frame", "{when}: nothing kept of {count:,} frames", one.frames
    )
    return words.format(when=when, count=one.frames)


def people_in_short(count: int) -> str:
    """Say how many people have no keeper."""
    return ntr("{count} person", "{count} people", count).format(count=count)


def scenes_in_short(count: int) -> str:
    """Say how many scenes have no keeper."""
    return ntr("{count} scene", "{count} scenes", count).format(count=count)


def hours_in_short(count: int) -> str:
    """Say how many stretches of time have no keeper."""
    return ntr("{count} stretch of time", "{count} stretches of time", count).format(count=count)


def nothing_words(*, kept: bool, finished: bool) -> str:
    """Say why nothing is named."""
    if not kept:
        return tr("Nothing is kept yet, so nobody stands out.")
    if not finished:
        return tr("Nobody is missing so far; the photos are still being measured.")
    return tr("Everybody who is in several frames, every scene and every hour has a keeper.")
