"""What was learned, in the user's language; every sentence holds what the figures beside it say."""

from core.language import tr
from core.ranking.terms.table import TERMS
from core.taste.account import TermAccount
from core.taste.profiles import ShootProfile, title_of
from core.taste.verdict import FEWEST, Verdict


def verdict_words(verdict: Verdict) -> str:
    """Say how often what was learned agrees with the user, and whether it ranks."""
    if not verdict.bursts:
        return tr("Nothing was learned yet: the standard ranks.")
    if not verdict.is_enough:
        few = tr("Too few decisions yet: {count} of at least {fewest} bursts. The standard ranks.")
        return few.format(count=verdict.bursts, fewest=FEWEST)
    agreement = _with_figures(
        tr(
            "What was learned agrees with you in {learned} % of {count} bursts it had not seen, the standard in "
            "{standard} %."
        ),
        verdict,
    )
    ranks = tr("It ranks.") if verdict.acts else tr("That could be chance: the standard ranks.")
    if not verdict.acts and verdict.better <= verdict.worse:
        ranks = tr("The standard ranks.")
    return f"{agreement} {ranks}"


def acting_words(verdict: Verdict) -> str:
    """Say that what was learned ranks from now on; of a verdict that acts."""
    words = tr(
        "Suggestions go by your own taste now: it agrees with you in {learned} % of {count} bursts it had not seen, "
        "the standard in {standard} %."
    )
    return _with_figures(words, verdict)


def _with_figures(words: str, verdict: Verdict) -> str:
    return words.format(
        learned=round(100 * verdict.agreed / verdict.bursts),
        standard=round(100 * verdict.standard_agreed / verdict.bursts),
        count=verdict.bursts,
    )


def account_words(told: TermAccount) -> str:
    """Say what was learned of one term; "" where there is nothing to say."""
    if not told.change:
        return ""
    words = TERMS[told.term].words
    return tr(words.counts_more if told.change > 0 else words.counts_less)


def proposal_words(profile: ShootProfile) -> str:
    """Say which profile a shoot could have."""
    words = tr(
        "This looks like a shoot of the profile “{profile}”. "
        "Chosen for it, your decisions here shape suggestions of such shoots alone."
    )
    return words.format(profile=title_of(profile))
