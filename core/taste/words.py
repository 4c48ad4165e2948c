"""What was learned, in the user's language; every sentence holds what the figures beside it say."""

from core.language import ntr, tr
from core.ranking.term_words import TERM_WORDS
from core.taste.account import TermAccount
from core.taste.profiles import ShootProfile, title_of
from core.taste.verdict import Verdict


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
    words = TERM_WORDS[told.term]
    return tr(words.counts_more if told.change > 0 else words.counts_less)


def proposal_words(profile: ShootProfile) -> str:
    """Say which profile a shoot could have."""
    return tr("By what is in it, this shoot could have the profile “{profile}”.").format(
        profile=title_of(profile)
    )
