"""What has no keeper, in words for the window; they stay true when it has one."""

from core.language import explained, ntr, tr
from core.review.forgotten import ForgottenHours, ForgottenPerson, ForgottenScene


def person_words(one: ForgottenPerson) -> str:
    """Say who somebody without a keeper is, such as "Somebody in 14 frames"."""
    words = ntr("Somebody in {count:,} frame", "Somebody in {count:,} frames", one.seen_in)
    return words.format(count=one.seen_in)


def scene_words(one: ForgottenScene, when: str) -> str:
    """Say which scene has no keeper; ``when`` is its time, such as "14:32 – 14:41", "" where unknown."""
    words = ntr("a scene of {count:,} frame", "a scene of {count:,} frames", one.frames)
    said = words.format(count=one.frames)
    return explained(when, said) if when else said


def hours_words(one: ForgottenHours, when: str) -> str:
    """Say which stretch of time has no keeper; ``when`` is that time."""
    words = ntr("{when}: {count:,} frame", "{when}: {count:,} frames", one.frames)
    return words.format(when=when, count=one.frames)


def to_choose_from(what: str) -> str:
    """Say what is shown to find a keeper; it stays true when one is found."""
    return tr("To choose from: {what}").format(what=what)


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
