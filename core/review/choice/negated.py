"""Which of the photos that a text names it does not mean: "412-418 but not 415", "417 lieber nicht", "sauf la 415".

A word can stand before what it excludes or behind it, and what it reaches is told by the clause it stands in. Where
that can be told, the photo is left out; where it cannot, it is kept. In both cases somebody is told to look.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.language import Sentence, say
from core.types import PhotoId

NEGATED = say("A word beside it says that it is not meant; it is left out.")
DOUBTFUL = say("A word near it may say that it is not meant; it is kept.")


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place of a text, and the photos it can mean.

    Attributes:
        start, end: characters of the text.
        photo_ids: those it chooses.
        why: what is to be looked at by a person; None for nothing.
        left_out: those it takes off, whatever else named them.
        counts: the one that it would mean, if it does not only count something.
    """

    start: int
    end: int
    photo_ids: tuple[PhotoId, ...]
    why: Sentence | None = None
    left_out: tuple[PhotoId, ...] = ()
    counts: tuple[PhotoId, ...] = ()

    @property
    def named(self) -> tuple[PhotoId, ...]:
        """What it would take off."""
        return self.photo_ids or self.counts


_SIGNS = r"[❌✗✘✖👎🚫⛔]"
_WORDS = (
    # English
    r"not|cannot|dont|doesnt|\w{1,8}n['’]t|without|except|excluding|exclude|skip|omit|leave\s+out|minus|delete|remove"
    r"|drop|discard|reject|never|neither|nor|instead\s+of|rather\s+than|no\s+to"
    # German
    r"|nicht|nichts|kein\w*|ohne|außer|ausser|ausgenommen|bis\s+auf|weder|nein|niemals|weg|raus|lösch\w*|weglassen"
    r"|streich\w*|entfern\w*|statt|anstatt|anstelle|abzüglich"
    # French
    r"|pas|sans|sauf|excepté|hormis|ni|non|jamais|aucune?|supprime\w*|enlève\w*|enlever|retire\w*|exclu\w*|au\s+lieu\s+de"
    r"|plutôt\s+que|à\s+part"
)
_NOT = re.compile(rf"(?<!\w)(?:{_WORDS})(?!\w)|{_SIGNS}")
_HARMLESS = re.compile(
    r"(?<!\w)(?:not\s(?:only|just)|nicht\s(?:nur|bloß|allein)|(?:pas|non)\sseulement)(?!\w)"
)
_ALL_BUT = re.compile(r"(?<!\w)(?:all|any\w*|every\w*)\s+but(?!\w)[^.,;!?\n]*$")
_STRUCK = re.compile(r"~~\s*$")
# Alone behind a photo; before one it is a number's.
_SHORT_NO = re.compile(r"\s*[:=(–—-]*\s*(?:no|nope|out)\s*")
_YES = re.compile(r"(?<!\w)(?:yes|yep|ok|okay|ja|schon|doch|oui|si)(?!\w)|[✓✔✅]")
_NO_BEFORE = re.compile(r"(?<!\w)no:?\s*$")
_LETTER = re.compile(r"[^\W\d_]")
_MARK = re.compile(r"[.,;!?\n()]")
_TURN = re.compile(r"(?<!\w)(?:but|aber|sondern|jedoch|mais)(?!\w)")
_JOINED = re.compile(r"(?<!\w)(?:and|or|und|oder|et|ou|then|dann|puis)(?!\w)")
_LIST = re.compile(
    r"[\s,;/&+]*(?:(?:and|or|nor|und|oder|noch|et|ou|ni)\s+)?(?:(?:the|die|der|das|den|la|le|les)\s+|l['’])?"
)
_ANY_SIGN = re.compile(rf"{_SIGNS}|[✓✔✅♥❤👍]")
_HEADING = re.compile(r":[^\S\n]*\n[\s\-*•]*")
_NEAR = 6  # words between a negation and what it excludes
_BESIDE = 2  # words between, where it can hardly mean anything else
_REMARK = 3  # words of a remark of its own behind a photo
_MOST = 300  # characters at each end of what stands between two photos that can say something of them


def without_negated(text: str, places: Sequence[TextPlace]) -> list[TextPlace]:
    """Put aside what words of a text exclude, and mark what they may exclude.

    Args:
        text: flat, see ``core.review.choice.names.flat``.
        places: of it, in order.
    """
    text = _HEADING.sub(lambda heading: ":" + " " * (len(heading[0]) - 1), text)
    ends = [0, *(place.end for place in places)]
    starts = [*(place.start for place in places), len(text)]
    gaps = [_Gap(_shortened(text[end:start])) for end, start in zip(ends, starts, strict=True)]
    signs_first = bool(_ANY_SIGN.search(gaps[0].text))
    says_yes = _YES.search(text) is not None
    verdicts: list[Sentence | None] = []
    is_heading = False
    for at in range(len(places)):
        before, behind = gaps[at], gaps[at + 1]
        is_last = at + 1 == len(places)
        verdict = before.of_next(signs_first=signs_first, says_yes=says_yes)
        if verdict is not None:
            is_heading = before.is_heading
        elif at and before.goes_on and not behind.says_yes_of_former():
            verdict = _handed_on(verdicts[-1], before, is_heading=is_heading)
        verdicts.append(verdict or behind.of_former(is_last=is_last, signs_first=signs_first))
    _hand_back(gaps, places, verdicts)
    return [_judged(place, verdict) for place, verdict in zip(places, verdicts, strict=True)]


class _Gap:
    """The words between two places of a text."""

    def __init__(self, text: str) -> None:
        self.text = _HARMLESS.sub(lambda found: "_" * len(found[0]), text)
        self._marks = [found.span() for found in _MARK.finditer(self.text)]
        self._breaks = sorted(self._marks + [found.span() for found in _TURN.finditer(self.text)])
        joins = self._breaks + [found.span() for found in _JOINED.finditer(self.text)]
        self._end = min((start for start, _ in joins), default=None)
        self.goes_on = _LIST.fullmatch(text) is not None
        self.is_heading = text.rstrip().endswith(":")

    def of_next(self, *, signs_first: bool, says_yes: bool) -> Sentence | None:
        """Tell whether the place behind is excluded by words before it."""
        clause = self.text[self._breaks[-1][1] if self._breaks else 0 :]
        if _ALL_BUT.search(self.text) or _STRUCK.search(clause):
            return NEGATED
        if says_yes and _NO_BEFORE.search(clause):
            return NEGATED
        found = list(_NOT.finditer(clause))
        if not found or (_is_sign(found[-1][0]) and not signs_first):
            return None
        return NEGATED if len(clause[found[-1].end() :].split()) <= _NEAR else DOUBTFUL

    def of_former(self, *, is_last: bool, signs_first: bool) -> Sentence | None:
        """Tell whether the place before is excluded by words behind it."""
        tail = self.text[: self._end]
        if _SHORT_NO.fullmatch(tail):
            return NEGATED
        found = _NOT.search(tail)
        if found is None:
            return NEGATED if self._has_remark(is_last=is_last) else None
        if self._end is not None or is_last:
            return NEGATED
        if _is_sign(found[0]):
            return None if signs_first else NEGATED
        # "412 not 413" is plain; "412 is not as sharp as 413" may be of both
        is_of_next = len(tail[found.end() :].split()) <= _BESIDE and not _LETTER.search(tail[: found.start()])
        return None if is_of_next else DOUBTFUL

    def says_yes_of_former(self) -> bool:
        """Tell whether words behind a place say yes to it."""
        return _YES.search(self.text[: self._end]) is not None

    def _has_remark(self, *, is_last: bool) -> bool:
        """Tell whether the first words of their own behind a place say no to it: "415, please not"."""
        if not self._marks or self.text[: self._marks[0][0]].strip():
            return False
        start, end = self._marks[0]
        if self.text[start] not in ",(":
            return False
        rest = self.text[end:]
        mark = _MARK.search(rest)
        if mark is None and not is_last:
            return False  # of the place that follows
        remark = rest[: mark.start()] if mark else rest
        return len(remark.split()) <= _REMARK and _NOT.search(remark) is not None


def _handed_on(former: Sentence | None, gap: _Gap, *, is_heading: bool) -> Sentence | None:
    """Tell what becomes of a place that is listed behind an excluded one.

    A new line may end what was excluded, unless that is a list under a heading; an empty one ends that.
    """
    if former is None or former is DOUBTFUL:
        return None
    lines = gap.text.count("\n")
    is_plain = not lines or (is_heading and lines == 1) or "," in gap.text
    return former if is_plain else DOUBTFUL


def _hand_back(gaps: Sequence[_Gap], places: Sequence[TextPlace], verdicts: list[Sentence | None]) -> None:
    """See to what is listed before a place that words behind it exclude: "415 and 416 not" means both, mostly."""
    for at in range(len(places) - 1, 0, -1):
        gap = gaps[at]
        if verdicts[at] is None or verdicts[at - 1] is not None or not gap.goes_on or "\n" in gap.text:
            continue
        if gap.of_next(signs_first=True, says_yes=False) is not None:
            continue
        if set(places[at].named) <= set(places[at - 1].named):
            continue  # "412-418, 415 not" takes one of them out
        is_joined = _JOINED.search(gap.text) is not None
        verdicts[at - 1] = verdicts[at] if is_joined else DOUBTFUL


def _judged(place: TextPlace, verdict: Sentence | None) -> TextPlace:
    if verdict is NEGATED and place.named:
        return replace(place, photo_ids=(), why=NEGATED, left_out=place.named)
    if verdict is DOUBTFUL and place.photo_ids and place.why is None:
        return replace(place, why=DOUBTFUL)
    return place


def _is_sign(word: str) -> bool:
    return re.fullmatch(_SIGNS, word) is not None


def _shortened(words: str) -> str:
    """Leave out the middle of what is so long that it is about something else."""
    return words if len(words) <= 2 * _MOST else f"{words[:_MOST]}.{words[-_MOST:]}"
