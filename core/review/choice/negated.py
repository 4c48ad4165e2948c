"""Which of the photos that a text names it does not mean: "412-418 but not 415", "417 lieber nicht", "sauf la 415".

A word can stand before what it excludes or behind it, and what it reaches is told by the clause it stands in. Where
that can be told, the photo is left out; where it cannot, it is kept. In both cases somebody is told to look.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.language import Sentence, say
from core.review.choice.left_open import without_open
from core.review.choice.needed import without_needed
from core.review.choice.refusals import (
    ANY_SIGN,
    LESS,
    LINE_ALONE,
    MINUS,
    NO_BEFORE,
    PLUS,
    RATHER,
    REPLACED_BY,
    REPLACES,
    SIGNS,
    THAN,
    TO,
    YES,
    Said,
    has_strange_sign,
    is_alone,
    is_strange_before,
    is_strange_behind,
    masked,
    refers_back,
    said_before,
    said_behind,
    unaccented,
)
from core.types import PhotoId

NEGATED = say("A word beside it says that it is not meant; it is left out.")
OPEN = say("It is one of several to choose from; it is kept until somebody does.")
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


_ALL_BUT = re.compile(r"(?<!\w)(?:all|any\w*|every\w*)\s+but(?!\w)[^.,;!?\n]*$")
_STRUCK = "~~"
_NUMBER_BEFORE = re.compile(r"(?<!\w)no\.(?=\s*$)")
_RANGED_BY_WORD = re.compile(r"\s(?:to|à)\s")
_NUMBER_WORD = re.compile(
    r"(?<!\w)(?:no\.|nr|n°|num\w*|photos?|fotos?|bild(?:er)?|pictures?|pics?|images?|shots?)(?!\w)|#"
)
_MARK = re.compile(r"[.,;!?\n()\[\]/]|\s[-–—]+>?\s")
_TURN = re.compile(
    r"(?<!\w)(?:but|however|instead(?!\s+of)|aber|sondern|jedoch|dafur|stattdessen|mais|par\s+contre|en\s+revanche)(?!\w)"
)
_JOINED = re.compile(
    r"(?<!\w)(?:and|or|as\s+well\s+as|und|oder|sowie|wie\s+auch|et|ou|ainsi\s+que|then|dann|puis)(?!\w)"
)
_SIGN_JOINS = re.compile(r"[&/+]")
_CORRELATIVE = re.compile(r"(?<!\w)(?:nor|noch|ni)\s+\W*(?:(?:the|die|der|das|den|la|le|les)\s+|l['’])?$")
_LIST = re.compile(
    r"[\s,;/&+]*(?:(?:and|or|nor|as\s+well\s+as|und|oder|noch|sowie|wie\s+auch|et|ou|ni|ainsi\s+que)\s+)?(?:(?:the|die|der|das|den|la|le|les)\s+|l['’])?"
)
_HEADING = re.compile(r":[^\S\n]*\n[\s\-*•]*")
_BESIDE = 2  # words between a refusal and what it means, where it can hardly mean anything else
_REMARK = 3  # words of a remark of its own behind a photo
_MOST = 300  # characters at each end of what stands between two photos that can say something of them


def without_negated(text: str, places: Sequence[TextPlace]) -> list[TextPlace]:
    """Put aside what words of a text refuse, and mark what they may refuse.

    Args:
        text: flat, see ``core.review.choice.names.flat``.
        places: of it, in order.
    """
    text = _HEADING.sub(lambda heading: ":" + " " * (len(heading[0]) - 1), text)
    text = LINE_ALONE.sub(lambda line: line[0].replace("\n", " "), text)
    ends = [0, *(place.end for place in places)]
    starts = [*(place.start for place in places), len(text)]
    words = [_shortened(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    is_refusal = not _NUMBER_BEFORE.search(words[0])
    words[:-1] = [
        one if is_refusal and _is_bare_no(one) else _NUMBER_BEFORE.sub("nr ", one) for one in words[:-1]
    ]
    words, is_open = without_open(without_needed([unaccented(one) for one in words]))
    gaps = [_Gap(one) for one in words]
    tone = _tone_of(text, gaps)
    verdicts: list[Said] = []
    is_heading = False
    struck = 0
    ranged: set[PhotoId] = set()
    for at, place in enumerate(places):
        before, behind = gaps[at], gaps[at + 1]
        is_last = at + 1 == len(places)
        is_rather = _prefers(gaps[:at])
        if (
            at
            and REPLACED_BY.search(before.text)
            and any(REPLACES.search(gap.text) for gap in gaps[at - 1 : at + 2])
        ):
            verdicts[-1] = Said.NO
            verdicts.append(Said.NOTHING)
            continue
        verdict = before.of_next(tone, is_first=not at, comes_after_rather=is_rather)
        struck += before.text.count(_STRUCK)
        if verdict is not Said.NOTHING:
            is_heading = before.is_heading
        elif at and before.goes_on and not behind.says_yes_of_former():
            was_listed = at > 1 and gaps[at - 1].is_correlative
            verdict = _handed_on(verdicts[-1], before, is_heading=is_heading, ends=was_listed)
        takes_out = not is_last and set(places[at + 1].named) <= set(place.named)
        verdict = max(verdict, behind.of_former(tone, is_last=is_last, takes_out=takes_out))
        if place.named and ranged.issuperset(place.named):
            verdict = max(verdict, before.of_repeated(behind))
        if struck % 2:
            verdict = Said.NO
        if _prefers(gaps[: at + 1]) and _RANGED_BY_WORD.search(text, place.start, place.end):
            verdict = max(verdict, Said.DOUBT)
        ranged.update(place.photo_ids if len(place.photo_ids) > 1 else ())
        verdicts.append(verdict)
    _hand_back(gaps, places, verdicts, tone)
    return [
        _judged(place, verdict, is_open=at in is_open)
        for at, (place, verdict) in enumerate(zip(places, verdicts, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class _Tone:
    """How a whole text speaks.

    Attributes:
        signs_first: its signs stand before the photos that they mean.
        words_first: its yes and no do.
        says_yes: it says yes to photos, so that a "no" is hardly the number of one.
        adds: it sets a plus before what it wants, so that a minus is no bullet.
        counts: it calls photos by other words for number, so that "no" may be one as well.
    """

    signs_first: bool
    words_first: bool
    says_yes: bool
    adds: bool
    counts: bool


def _tone_of(text: str, gaps: "Sequence[_Gap]") -> _Tone:
    text = unaccented(text)
    return _Tone(
        signs_first=ANY_SIGN.search(gaps[0].text) is not None,
        words_first=YES.search(gaps[0].text) is not None or is_alone(gaps[0].text.strip(" :\n")),
        says_yes=YES.search(text) is not None,
        adds=any(PLUS.search(gap.text) for gap in gaps),
        counts=_NUMBER_WORD.search(text) is not None,
    )


def _is_bare_no(words: str) -> bool:
    """Tell whether there is nothing but "No." between two photos."""
    return re.fullmatch(r"[\s?:=()\[\]-]*no\.\s*", words) is not None


def _prefers(gaps: "Sequence[_Gap]") -> bool:
    """Tell whether the words before the former place prefer it to the next."""
    return bool(gaps) and RATHER.search(gaps[-1].text) is not None


class _Gap:
    """The words between two places of a text."""

    def __init__(self, text: str) -> None:
        self.text = masked(text)
        self._marks = [found.span() for found in _MARK.finditer(self.text)]
        self._breaks = sorted(self._marks + [found.span() for found in _TURN.finditer(self.text)])
        joins = self._breaks + [found.span() for found in _JOINED.finditer(self.text)]
        self._end = min((start for start, _ in joins), default=None)
        self.goes_on = _LIST.fullmatch(text) is not None
        self.is_heading = text.rstrip().endswith(":")
        self.is_correlative = _CORRELATIVE.search(text) is not None

    @property
    def _head(self) -> str:
        """The clause that goes on with the place behind."""
        if not self._breaks:
            return self.text
        start, end = self._breaks[-1]
        clause = self.text[self._breaks[-2][1] : start] if len(self._breaks) > 1 else ""
        # in "…, keinesfalls aber 415" the turn stands behind the refusal
        is_turned = (
            _TURN.fullmatch(self.text, start, end) is not None
            and len(clause.split()) == 1
            and said_before(clause) is Said.NO
        )
        return (clause if is_turned else "") + self.text[end:]

    def of_next(self, tone: _Tone, *, is_first: bool, comes_after_rather: bool) -> Said:
        """Tell whether the place behind is refused by words before it.

        Args:
            tone: of the text.
            is_first: no place stands before.
            comes_after_rather: the one before is preferred to something.
        """
        head = self._head
        if (all_but := _ALL_BUT.search(self.text)) is not None:
            # "delete all but 412" wants it
            clause = _MARK.split(self.text[: all_but.start()])[-1]
            return Said.NO if said_before(clause) is Said.NOTHING else Said.DOUBT
        if tone.adds and MINUS.search(self.text):
            return Said.NO
        if NO_BEFORE.search(head):
            return self._of_no(tone)
        if comes_after_rather and TO.fullmatch(self.text):
            return Said.NO
        if not is_first and THAN.search(head):
            return Said.NO if comes_after_rather or RATHER.search(head) else Said.DOUBT
        said = said_before(head if tone.signs_first else SIGNS.sub(" ", head))
        if said is Said.NOTHING and self._breaks and SIGNS.search(head):
            return Said.DOUBT  # "415, ❌ 416": it may be of either
        if said is Said.NOTHING and is_first and self._breaks:
            return self._of_clause_before()
        if said is Said.NOTHING and is_strange_before(_JOINED.split(head)[-1]):
            return Said.DOUBT
        if said is not Said.DOUBT or self._breaks or is_first:
            return said
        # a word that may refuse, with a place at either side of it: "415 is a bit blurred and 416"
        return Said.NOTHING if _JOINED.search(head) and not said_before(_JOINED.split(head)[-1]) else said

    def _of_clause_before(self) -> Said:
        """Tell what the clause says that a comma parts from the first place: "I don't want it, the 415"."""
        start, end = self._breaks[-1]
        clause = self.text[self._breaks[-2][1] if len(self._breaks) > 1 else 0 : start]
        return min(said_before(clause), Said.DOUBT) if self.text[start:end] == "," else Said.NOTHING

    def _of_no(self, tone: _Tone) -> Said:
        """Tell what "no" before a number means: it may be short for that very word."""
        head = self._head
        if _NUMBER_WORD.search(head):
            return Said.NOTHING
        if head.rstrip().endswith(":"):
            return Said.NO
        if tone.counts and len(head.split()) == 1:
            return Said.NOTHING
        if tone.says_yes and tone.words_first:
            return Said.NO
        turns = self.text[: len(self.text) - len(head)]
        if _TURN.search(turns) or _JOINED.search(head):
            return Said.NO
        return Said.DOUBT

    def of_former(self, tone: _Tone, *, is_last: bool, takes_out: bool) -> Said:
        """Tell whether the place before is refused by words behind it.

        Args:
            tone: of the text.
            is_last: no place stands behind.
            takes_out: the place behind is a part of the one before.
        """
        tail = self.text[: self._end]
        is_closed = self._end is not None or is_last
        if tone.signs_first:
            tail = SIGNS.sub(" ", tail)
        said = said_behind(tail)
        if said is not Said.NOTHING and not is_closed:
            return Said.NOTHING if takes_out else self._of_either(tail, said, tone)
        if said is Said.NOTHING and (is_strange_behind if is_closed else has_strange_sign)(tail):
            said = Said.DOUBT
        if not is_last and not tone.signs_first and SIGNS.search(self._head):
            said = max(said, Said.DOUBT)
        return max(said, self._of_remarks(is_last=is_last))

    def _of_either(self, words: str, said: Said, tone: _Tone) -> Said:
        """Tell what words without a break between two places say of the former: they may be of the next."""
        if is_alone(words) and not NO_BEFORE.search(words):
            return Said.NO
        if NO_BEFORE.search(words):
            if tone.says_yes and not tone.words_first:
                return Said.NO
            return Said.NOTHING if tone.words_first or tone.counts else Said.DOUBT
        if SIGNS.search(words):
            return Said.NO
        beside = said_before(words) is not Said.NOTHING
        is_short = len(words.split()) <= _BESIDE + 1
        # "412 not 413" is plain; "412 is not as sharp as 413" may be of both
        starts_so = said_before(words.split()[0] if words.split() else "") is not Said.NOTHING
        return Said.NOTHING if beside and ((is_short and starts_so) or said is Said.DOUBT) else Said.DOUBT

    def says_yes_of_former(self) -> bool:
        """Tell whether words behind a place say yes to it."""
        return YES.search(self.text[: self._end]) is not None

    def of_repeated(self, behind: "_Gap") -> Said:
        """Tell why a photo of a range that was named before is named once more."""
        if LESS.search(self.text):
            return Said.NO
        is_plain = self.goes_on or YES.search(self.text) or behind.says_yes_of_former()
        return Said.NOTHING if is_plain else Said.DOUBT

    def _of_remarks(self, *, is_last: bool) -> Said:
        """Tell whether words of their own behind a place say no to it: "415, please not", "415 - no thanks"."""
        said = Said.NOTHING
        for nth, (_, end) in enumerate(self._marks):
            rest = self.text[end:]
            mark = _MARK.search(rest)
            if mark is None and not is_last:
                break  # of the place that follows
            remark = rest[: mark.start()] if mark else rest
            if is_own := nth == 0 and not self.text[: self._marks[0][0]].strip(" :=\"'"):
                is_own = len(remark.split()) <= _REMARK
            if not remark.strip():
                continue
            if is_own or is_alone(remark):
                said = max(said, said_behind(remark) or Said(is_strange_behind(remark) and is_own))
            elif refers_back(remark) or len(remark.split()) <= _REMARK:
                said = max(said, min(said_behind(remark), Said.DOUBT))
        return said


def _handed_on(former: Said, gap: _Gap, *, is_heading: bool, ends: bool) -> Said:
    """Tell what becomes of a place that is listed behind a refused one.

    A new line may end what was refused, unless that is a list under a heading; an empty one ends that. Behind
    "neither … nor …" a bare comma may begin what is wanted again.

    Args:
        former: of the place before.
        gap: between the two.
        is_heading: what refuses stands above the list.
        ends: the place before was the second of "neither … nor …".
    """
    lines = gap.text.count("\n")
    if former is not Said.NO:
        return former if not lines and "," not in gap.text else Said.NOTHING
    is_plain = not lines or (is_heading and lines == 1) or "," in gap.text
    return former if is_plain and not ends else Said.DOUBT


def _hand_back(gaps: Sequence[_Gap], places: Sequence[TextPlace], verdicts: list[Said], tone: _Tone) -> None:
    """See to what is listed before a place that words behind it refuse: "415 and 416 not" means both, mostly."""
    for at in range(len(places) - 1, 0, -1):
        gap = gaps[at]
        if (
            verdicts[at] is Said.NOTHING
            or verdicts[at - 1] is not Said.NOTHING
            or not gap.goes_on
            or "\n" in gap.text
        ):
            continue
        if gap.of_next(tone, is_first=False, comes_after_rather=False) is not Said.NOTHING:
            continue
        if set(places[at].named) <= set(places[at - 1].named):
            continue  # "412-418, 415 not" takes one of them out
        is_joined = _JOINED.search(gap.text) is not None or _SIGN_JOINS.search(gap.text) is not None
        verdicts[at - 1] = verdicts[at] if is_joined else Said.DOUBT


def _judged(place: TextPlace, verdict: Said, *, is_open: bool) -> TextPlace:
    if verdict is Said.NO and place.named:
        return replace(place, photo_ids=(), why=NEGATED, left_out=place.named)
    if place.photo_ids and place.why is None and (is_open or verdict is Said.DOUBT):
        return replace(place, why=OPEN if is_open else DOUBTFUL)
    return place


def _shortened(words: str) -> str:
    """Leave out the middle of what is so long that it is about something else."""
    return words if len(words) <= 2 * _MOST else f"{words[:_MOST]}.{words[-_MOST:]}"
