"""New names for photos: a template with folders, filled and made fit for every disk."""

from dataclasses import dataclass

from core.language import Sentence, say
from core.naming.facts import PhotoFacts
from core.naming.safe_names import Amended, safe_path
from core.naming.template import Literal, Part, Slot, Template, TemplateError

MOST_FOLDERS = 8

_SEPARATORS = "/\\"


@dataclass(frozen=True, slots=True)
class NewName:
    """What a template makes of one photo.

    Attributes:
        folders: below the target, outermost first.
        stem: the name without suffix.
        amended: what had to be changed, as sentences.
    """

    folders: tuple[str, ...]
    stem: str
    amended: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class NameTemplate:
    """A template for names: slashes part folders, the last part is the name, the suffix stays the file's own.

    Attributes:
        text: as the user wrote it.
        folders: a template for each.
        name: that of the name.
    """

    text: str
    folders: tuple[Template, ...]
    name: Template

    @classmethod
    def parse(cls, text: str) -> "NameTemplate":
        """Understand a template.

        Raises:
            TemplateError: it cannot be understood, or leads out of the target folder; the sentence says where.
        """
        *folders, name = _levels(Template.parse(text).parts)
        for level in (*folders, name):
            _check_level(level, is_first=level is (*folders, name)[0], is_last=level is name)
        if len(folders) > MOST_FOLDERS:
            raise TemplateError(say("The template has more than {count} folders.", count=MOST_FOLDERS))
        return cls(
            text, tuple(Template(tuple(level.parts)) for level in folders), Template(tuple(name.parts))
        )

    def of(self, known: PhotoFacts) -> NewName:
        """Make the name of a photo. Whatever is known of it, the name never leaves the target folder."""
        filled = [template.fill(known) for template in (*self.folders, self.name)]
        names = safe_path([each.text for each in filled])
        unknown = dict.fromkeys(word for each in filled for word in each.unknown)
        amended = [say("Nothing is known for {words}.", words=", ".join(unknown))] if unknown else []
        if known.is_dated_by_file and (self.uses("date") or self.uses("time")):
            amended.append(say("No camera says when it was taken; the date is its file's."))
        kinds = dict.fromkeys(kind for name in names for kind in name.amended)
        if unknown:
            kinds.pop(Amended.EMPTY, None)  # that is why
        amended += [Sentence(kind.value) for kind in kinds]
        *folders, stem = (one.name for one in names)
        return NewName(tuple(folders), stem, tuple(amended))

    def uses(self, word: str) -> bool:
        """Tell whether a placeholder is in it."""
        return any(template.uses(word) for template in (*self.folders, self.name))


@dataclass(frozen=True, slots=True)
class Naming:
    """How photos are to be named.

    Attributes:
        template: what of.
        shoot: what ``{shoot}`` stands for; "" for the name that the shoot has.
        start: the counter of the first photo.
    """

    template: NameTemplate
    shoot: str = ""
    start: int = 1


@dataclass(slots=True)
class _Level:
    """The parts between two slashes; ``at`` is where they begin."""

    at: int
    parts: list[Part]


def _levels(parts: tuple[Part, ...]) -> list[_Level]:
    levels = [_Level(1, [])]
    for part in parts:
        if isinstance(part, Slot):
            levels[-1].parts.append(part)
            continue
        start = 0
        for end, char in enumerate(part.text):
            if char in _SEPARATORS:
                _add(levels[-1], part, start, end)
                start = end + 1
                levels.append(_Level(part.at + start, []))
        _add(levels[-1], part, start, len(part.text))
    return levels


def _add(level: _Level, literal: Literal, start: int, end: int) -> None:
    if end > start:
        level.parts.append(Literal(literal.text[start:end], literal.at + start))


def _check_level(level: _Level, *, is_first: bool, is_last: bool) -> None:
    """Refuse what is no folder within the target, and no name."""
    text = "".join(part.text if isinstance(part, Literal) else "x" for part in level.parts).strip()
    if not text and is_first and is_last:
        raise TemplateError(say("The template is empty."))
    if not text and is_last:
        raise TemplateError(say("The template ends with a folder; the name of the file is missing."))
    if not text and is_first:
        raise TemplateError(
            say("The template begins with a slash; it begins within the target folder anyway.")
        )
    if not text:
        raise TemplateError(say("Two slashes follow each other at character {at}.", at=level.at - 1))
    if text.strip(".") == "":
        raise TemplateError(
            say("“{part}” at character {at} leads out of the target folder.", part=text, at=level.at)
        )
