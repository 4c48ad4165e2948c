"""A choice that the client leaves to somebody else: "either 412 or 413, not both", "412 ou 413, au choix".

Which one is meant cannot be told, and none of them is refused.
"""

import re
from collections.abc import Sequence

from core.review.choice.refusals import ARTICLES, unaccented

_OR = re.compile(
    unaccented(rf"[\s,]*(?:or|oder|ou|soit|bzw\.?|beziehungsweise)(?!\w)\s*(?:else\s+)?{ARTICLES}")
)
_LISTED = re.compile(rf"\s*[,/]\s*{ARTICLES}")
_TOGETHER = re.compile(rf"\s*(?:[,&+/]|(?:and|or|und|oder|et|ou|soit)(?!\w))\s*{ARTICLES}")
_BEGINS = re.compile(r"(?<!\w)(?:either|entweder|soit)(?!\w)")

_NOT_BOTH = re.compile(
    unaccented(
        r"(?<!\w)(?:(?:but|aber|mais)\s+)?(?:not\s+both|not\s+the\s+two|never\s+both|nicht\s+(?:alle\s+)?beide[sn]?|nicht\s+zusammen"
        r"|keinesfalls\s+beide[sn]?|(?:pas|jamais|non)\s+les\s+deux|pas\s+ensemble|not\s+together)(?!\w)(?:\s+(?:of\s+them|bitte|please|zusammen|ensemble))?"
    )
)
_YOUR_PICK = re.compile(
    unaccented(
        r"(?<!\w)(?:your\s+(?:pick|choice|call)|you\s+(?:choose|decide|pick)|up\s+to\s+you|whichever|whatever\s+you|(?:just|only)\s+one"
        r"|one\s+or\s+the\s+other|(?:ganz\s+)?egal(?:\s+welche\w*)?|je\s+nachdem|nach\s+(?:ihrer|deiner|eurer)\s+wahl"
        r"|(?:such|sucht|suchen\s+sie|wähl|wählt|wählen\s+sie|entscheide\w*|entscheiden\s+sie)(?!\w)|wie\s+(?:du|ihr|sie)\s+(?:willst|wollt|wollen|meinst|meint|meinen)"
        r"|nur\s+eine?[sr]?|eine?[sr]?\s+(?:davon|von\s+(?:beiden|denen)|der\s+beiden)"
        r"|au\s+choix|à\s+(?:vous|toi)\s+de\s+(?:choisir|voir|décider)|comme\s+(?:vous\s+voulez|tu\s+veux|vous\s+préférez|tu\s+préfères)"
        r"|(?:choisissez|choisis)(?!\w)|peu\s+importe|n['’]importe\s+(?:la)?quelle?|(?:juste|seulement)\s+une?|une?\s+seule?|l['’]une?\s+ou\s+l['’]autre)(?!\w)"
    )
)
_ONE_OF = re.compile(
    unaccented(
        r"(?<!\w)(?:(?:only\s+|just\s+)?(?:one|any)\s+(?:of|from|out\s+of|between)|either\s+of|(?:nur\s+)?eine?[sr]?\s+(?:von|aus|der|unter)|entweder\s+von"
        rf"|une?\s+(?:seule?\s+)?(?:de|des|parmi|entre)|l['’]une?\s+(?:de|des))\s*:?\s*{ARTICLES}$"
    )
)


def without_open(words: Sequence[str]) -> tuple[list[str], frozenset[int]]:
    """Put aside the words that leave a choice open; tell which photos it is between, by their places.

    Args:
        words: before, between and behind the photos that a text names, without accents.
    """
    found: set[int] = set()
    last = len(words) - 1  # photos are at 0 to last - 1, each behind the words of its number
    for at in range(1, last):
        if _OR.fullmatch(words[at]):
            found |= {at - 1, at}
    for at, text in enumerate(words):
        said_behind = _remark(text)
        if at > 1 and _NOT_BOTH.search(said_behind) and _TOGETHER.fullmatch(words[at - 1]):
            found |= {at - 2, at - 1}
        if (
            at > 1
            and _YOUR_PICK.search(said_behind)
            and (at - 1 in found or _LISTED.fullmatch(words[at - 1]))
        ):
            found |= _listed_before(words, at - 1)
        if at < last - 1 and _TOGETHER.fullmatch(words[at + 1]):
            if _NOT_BOTH.search(text[-_NEAR:]):
                found |= {at, at + 1}
            if _ONE_OF.search(text):
                found |= _listed_behind(words, at, last)
    left = [_NOT_BOTH.sub(lambda one: "_" * len(one[0]), text) for text in words]
    if found:
        left = [
            _YOUR_PICK.sub(lambda one: "_" * len(one[0]), text) if at - 1 in found else text
            for at, text in enumerate(left)
        ]
        left = [_ONE_OF.sub(" ", text) if at in found else text for at, text in enumerate(left)]
    return left, frozenset(found)


_NEAR = 20  # characters before photos within which "not both" is of them


def _remark(text: str) -> str:
    """Return what is said right behind a photo, up to the next sentence."""
    return re.split(r"[.;!\n]", text.lstrip(" ,:?()[]–—-"), maxsplit=1)[0]


def _listed_before(words: Sequence[str], at: int) -> set[int]:
    found = {at}
    while at and (_OR.fullmatch(words[at]) or _LISTED.fullmatch(words[at])):
        at -= 1
        found.add(at)
        if _BEGINS.search(words[at]):
            break
    return found


def _listed_behind(words: Sequence[str], at: int, last: int) -> set[int]:
    found = {at}
    while at + 1 < last and _TOGETHER.fullmatch(words[at + 1]):
        at += 1
        found.add(at)
    return found
