"""What a proof gallery gives a client to send back: a file, or the same as text that survives any mail."""

import json
import re
from typing import Any

from core.language import say
from core.review.choice.chosen import ChoiceError, ChosenPhoto, ClientsChoice, Gathered
from core.review.choice.names import PhotoNames, flat
from core.types import PhotoId

_QUOTED = re.compile(r"^[>\s]+")  # as a mail quotes another
_HEAD = re.compile(r"^(?:>|[^\S\n])*Shortlist · ", re.MULTILINE)
_SIGNED = re.compile(r"^(?:>|[^\S\n])*[♥·]", re.MULTILINE)
_SIGN = re.compile(r"(?<!Shortlist)(?<!\s)\s*([♥·✍✎])\ufe0f?\s+")
_FAVOURITE, _WORD, _WHO, _NOTE = "♥", "·", "✍", "✎"
_DASH = " — "
_NOT_HERE = say("No photo of this shoot has that name.")
_SEVERAL = say("Several photos of this shoot have that name.")
_MOST = 100_000  # characters of a word: it is shown


def is_answer_file(text: str) -> bool:
    """Tell whether a text is the file that a gallery saves."""
    return text.lstrip().startswith("{") and '"shortlist"' in text[:1000]


def is_answer_text(text: str) -> bool:
    """Tell whether a text is what a gallery copies, whatever a mail put before it."""
    return _HEAD.search(text) is not None and _FAVOURITE in text


def read_answer_file(text: str, names: PhotoNames) -> ClientsChoice:
    """Read the file that a gallery saves.

    Raises:
        ChoiceError: it is cut short or altered: nothing of it may be guessed at.
    """
    try:
        document = json.loads(text)
        photos = list(document["photos"])
        gathered = Gathered()
        for one in photos:
            _take(
                _said(one["name"]),
                _said(one.get("key")),
                one.get("favourite") is not False,
                one,
                names,
                gathered,
            )
        return gathered.choice(who=_said(document.get("who")), note=_said(document.get("note")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ChoiceError(
            say("This is what a proof gallery saved, but not all of it. Have the file sent again.")
        ) from error


def read_answer_text(text: str, names: PhotoNames) -> ClientsChoice:
    """Read what a gallery copies; what a mail put around it is told as other words."""
    if not _SIGNED.search(text):  # whatever carried it made one line of all
        text = _SIGN.sub("\n\\1 ", text)
    gathered, others = Gathered(), []
    who = note = ""
    for quoted in text[: _MOST * 10].splitlines():
        line = _QUOTED.sub("", quoted).replace("\ufe0f", "").rstrip()
        sign, rest = line[:1], line[1:].strip()
        if sign in (_FAVOURITE, _WORD) and rest:
            name, word = _parted(rest, names)
            _take(name, "", sign == _FAVOURITE, {"word": word}, names, gathered)
        elif sign == _WHO:
            who = rest
        elif sign == _NOTE:
            note = rest
        elif line and not _HEAD.match(line):
            others.append(line)
    return gathered.choice("\n".join(others), who, note)


def _take(
    name: str, key: str, favourite: bool, one: dict[str, Any], names: PhotoNames, gathered: Gathered
) -> None:
    word = _said(one.get("word"))
    found = names.keys.get(key, ())
    if len(found) != 1:
        found = names.names.get(flat(name), ())
    if len(found) == 1:
        gathered.add([ChosenPhoto(PhotoId(found[0]), name, favourite, word=word)])
    else:
        gathered.miss(f"{name}{_DASH}{word}" if word else name, _SEVERAL if found else _NOT_HERE)


def _parted(line: str, names: PhotoNames) -> tuple[str, str]:
    """Part a name from the word behind it: names may have dashes themselves, so the longest that is known counts."""
    parts = line.split(_DASH)
    for count in range(len(parts), 0, -1):
        name = _DASH.join(parts[:count])
        if flat(name) in names.names:
            return name, _DASH.join(parts[count:])
    return parts[0], _DASH.join(parts[1:])


def _said(value: object) -> str:
    return value[:_MOST] if isinstance(value, str) else ""
