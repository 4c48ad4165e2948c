"""What cannot be done without is wanted: "Ohne 415 geht es nicht", "on ne peut pas se passer de la 415".

One refusal is refused by another. Where both stand before the photo, or one at each side of it, and nothing else can be
meant, the words are put aside; other such forms stay in doubt, and the photo is kept.
"""

import re
from collections.abc import Sequence

from core.review.choice.refusals import ARTICLES, unaccented

_NOT_EN = r"(?:(?:ca|wo|would|could|does|is|did|sha)n['’]?t|cannot|(?:can|will|would|could|does|is|did)\snot)"

_BEFORE = re.compile(
    unaccented(
        r"(?<!\w)(?:(?:wir|ich|es|on|nous|je)\s+(?:ne\s+|n['’])?(?:kann|können|könnten|mag|mögen|möchten?|will|wollen|geht"
        r"|peut|peux|pouvons|veux|veut|voulons|saurait|saurais|saurions)\s+)?(?:"
        r"(?:nicht|nie|niemals|nichts|keinesfalls|unmöglich|undenkbar|unvollständig|kein\w*\s\w+)\s(?:vollständig\s|komplett\s)?ohne"
        r"|(?:not|never|nothing|incomplete|impossible|unthinkable|pointless|no\s(?!problem)\w+)\s(?:is\s)?(?:complete\s|the\ssame\s|possible\s)?without"
        rf"|{_NOT_EN}\s(?:really\s)?(?:be\s)?(?:do|live|go|manage|the\ssame|complete|imagine\s\w+(?:\s\w+)?)\swithout"
        rf"|{_NOT_EN}\s(?:really\s)?(?:give\sup|pass\sup|forgo)(?:\son)?"
        r"|(?:pas|jamais|rien|impossible|inconcevable|incompl[eè]te?|aucun\w*\s\w+)\s(?:complete?\s)?sans"
        r"|(?:pas|jamais|impossible)\s(?:\w+\s){0,2}?(?:se|me|nous)\spasser\s(?:de|d['’])"
        r"|(?:pas|jamais)\s(?:\w+\s){0,2}?renoncer\sà"
        r")(?!\w)"
    )
)
"""Both stand before what is wanted."""

_WITHOUT = re.compile(rf"(?<!\w)(?:ohne|without|sans)\s+{ARTICLES}$")
_IMPOSSIBLE = re.compile(
    unaccented(
        r"\s*(?:"
        r"(?:geht|ginge|läuft|klappt|funktioniert)(?!\w)[^.,;:!?\n]{0,20}?(?<!\w)(?:nichts?|nie|niemals)(?!\w)(?!\s(?:so|zu|schlecht\w*|schief)\b)"
        r"|(?:nicht|nie|niemals)\s(?:komplett|vollständig|möglich|denkbar|dasselbe|das\sgleiche|fertig|vorstellbar)"
        r"|(?:unvollständig|undenkbar|unmöglich|unvorstellbar)(?!\w)"
        r"|(?:is|would\sbe)\s(?:(?:not|never)\s(?:complete|possible|the\ssame)|incomplete|impossible|nothing)(?!\w)"
        r"|(?:n['’]est|ne\sserait|est)\s(?:pas\s(?:complet|possible|le\smême)|incomplet|impossible)"
        rf"|,?\s*(?:it|this|that|the\s\w+|things|we|i)\s{_NOT_EN}(?:\s(?:really|just))?\s(?:work|do|go|be|happen|complete|possible|the\ssame)(?!\w)"
        r"|,?\s*(?:ça|cela)\s(?:ne\s)?(?:va|ira|marche|fonctionne|colle)\spas"
        r"|,?\s*(?:c['’]est\s(?:juste\s|tout\ssimplement\s)?|ce\s(?:n['’]est\s|ne\sserait\s|serait\s)?)"
        r"(?:impossible|incomplet|inconcevable|pas\s(?:possible|complet|pareil|la\smême))"
        r"|,?\s*(?:rien\sne|on\s(?:ne\s)?peut\srien|impossible)(?!\w)"
        r")"
    )
)
_HARDLY = re.compile(
    unaccented(
        r"\s*(?:wird|wäre|würde|kann|können|könnte\w*|will|wollen|möchte\w*|kommt?|passt|geht|ist|sind|haben|hat)(?!\w)"
        r"[^.,;:!?\n]{0,40}?(?<!\w)(?:nichts?|kein\w*|nie|niemals)(?!\w)"
        rf"|,?\s*(?:it|this|that|the\s\w+|we|i|there)\s[^.,;:!?\n]{{0,20}}?(?:{_NOT_EN}|nothing|no)(?!\w)"
        r"|,?\s*(?:ça|cela|ce|on|nous|je)\s[^.,;:!?\n]{0,20}?(?:pas|rien|jamais)(?!\w)"
    )
)
"""It may be so, or speak of something else: that is not refused, and somebody is told to look."""

_ON = re.compile(rf"(?<!\w)auf\s+{ARTICLES}$")
_NOT_GIVEN_UP = re.compile(
    r"[^.,;:!?\n]{0,40}?(?<!\w)(?:nicht|nie|niemals|keinesfalls|auf\skeinen\sfall|schlecht|ungern)\s(?:\w+\s)?verzicht\w*"
    r"|\s*verzicht\w*\s(?:wir|ich)\s(?:\w+\s)?(?:nicht|nie|niemals|keinesfalls|auf\skeinen\sfall)(?!\w)"
)
_AROUND = ((_WITHOUT, _IMPOSSIBLE, ""), (_ON, _NOT_GIVEN_UP, ""), (_WITHOUT, _HARDLY, "maybe "))
"""One stands before what is wanted, the other behind it, and what is left of the first."""

_LISTS = re.compile(r"[\s,/&+]*(?:(?:and|or|und|oder|et|ou)\s+)?" + ARTICLES)


def without_needed(words: Sequence[str]) -> list[str]:
    """Put aside the words that say of photos that they are needed.

    Args:
        words: before, between and behind the photos that a text names, without accents.
    """
    left = [_BEFORE.sub(_blank, one) for one in words]
    for behind in range(1, len(left)):
        for begins, ends, doubt in _AROUND:
            end = ends.match(left[behind])
            if end is None:
                continue
            before = behind - 1
            while before and _LISTS.fullmatch(left[before]):
                before -= 1
            if begin := begins.search(left[before]):
                left[before] = left[before][: begin.start()] + _blank(begin) + doubt
                left[behind] = _blank(end) + left[behind][end.end() :]
    return left


def _blank(found: re.Match[str]) -> str:
    return " " + "_" * (len(found[0]) - 2) + " "
