"""What was learned, in the user's language; every sentence holds what the figures beside it say."""

from collections.abc import Mapping

from core.language import mark, ntr, tr
from core.taste.account import TermAccount
from core.taste.profiles import ShootProfile, title_of
from core.taste.verdict import Verdict
from core.types import TermName


def verdict_words(verdict: Verdict) -> str:
    """Say how often what was learned agrees with the user, and whether it ranks."""
    if not verdict.bursts:
        return tr("Nothing was learned yet: the standard ranks.")
    agreement = ntr(
        "What was learned agrees with you in {learned} % of {count} burst it had not seen, the standard in "
        "{standard} %.",
        "What was learned agrees with you in {learned} % of {count} bursts it had not seen, the standard in "
        "{standard} %.",
        verdict.bursts,
    ).format(
        learned=round(100 * verdict.agreed / verdict.bursts),
        standard=round(100 * verdict.standard_agreed / verdict.bursts),
        count=verdict.bursts,
    )
    ranks = tr("It ranks.") if verdict.acts else tr("That could be chance: the standard ranks.")
    if not verdict.acts and verdict.better <= verdict.worse:
        ranks = tr("The standard ranks.")
    return f"{agreement} {ranks}"


def account_words(told: TermAccount) -> str:
    """Say what was learned of one term; "" where there is nothing to say."""
    if not told.change:
        return ""
    return tr((_MORE if told.change > 0 else _LESS)[told.term])


def proposal_words(profile: ShootProfile) -> str:
    """Say which profile a shoot could have."""
    return tr("By what is in it, this shoot could have the profile “{profile}”.").format(
        profile=title_of(profile)
    )


_MORE: Mapping[TermName, str] = {
    TermName.SHARPNESS: mark("Sharpness counts more to you than in the standard."),
    TermName.SEEN: mark("That faces can be seen counts more to you than in the standard."),
    TermName.WHOLE: mark("That nobody is cut off counts more to you than in the standard."),
    TermName.EYES: mark("Eyes on the camera count more to you than in the standard."),
    TermName.SMILE: mark("A smile counts more to you than in the standard."),
    TermName.EXPOSURE: mark("Burnt-out highlights count more to you than in the standard."),
}

_LESS: Mapping[TermName, str] = {
    TermName.SHARPNESS: mark("You forgive a little blur more readily than the standard."),
    TermName.SEEN: mark("You forgive a hidden or turned face more readily than the standard."),
    TermName.WHOLE: mark("You forgive a face cut off at the edge more readily than the standard."),
    TermName.EYES: mark("You forgive a look away more readily than the standard."),
    TermName.SMILE: mark("A smile counts less to you than in the standard."),
    TermName.EXPOSURE: mark("You forgive burnt-out highlights more readily than the standard."),
}
