"""A metadata template: what of creator, rights, place and caption is written into the metadata of every photo.

It is kept as a small TOML file, a line a field, so that it can be written by hand and given to others.
"""

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import FileError
from core.files import open_file
from core.language import Sentence, explained, say, tr
from core.naming.codes import Codes
from core.naming.facts import PhotoFacts
from core.naming.template import Template, TemplateError
from core.sidecar.atomic_file import sentence, target_of, write_whole
from core.sidecar.metadata_fields import FIELD_OF, FIELDS, MetadataField
from core.sidecar.xmp_fill import FilledMetadata

_MOST_BYTES = 2**20
_REPLACES = "replace"


class MetadataTemplateError(FileError):
    """A file is no metadata template."""


@dataclass(frozen=True, slots=True)
class MetadataWords:
    """What a template says of one photo, and what the user should know of it.

    Attributes:
        filled: the fields.
        remarks: sentences: placeholders nothing is known for, codes that no list has.
    """

    filled: FilledMetadata
    remarks: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataTemplate:
    """What is written, as the user wrote it.

    Attributes:
        texts: a template by the word of its field; empty ones are left out.
        replaces: what is there gives way; else only what is empty is filled. Keywords are added either way.
        codes_path: the list of codes; None for none.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    replaces: bool = False
    codes_path: Path | None = None

    def __bool__(self) -> bool:
        """Tell whether anything would be written."""
        return any(text.strip() for text in self.texts.values())

    def complaint(self) -> str:
        """Say what of it cannot be understood, by the field; "" where all can."""
        for word, text in self.texts.items():
            try:
                Template.parse(text)
            except TemplateError as error:
                return explained(tr(FIELD_OF[word].title), str(error))
        return ""

    def parsed(self) -> Mapping[MetadataField, Template]:
        """Return the templates of the fields that say anything.

        Raises:
            TemplateError: one of them cannot be understood.
        """
        return {
            each: Template.parse(self.texts[each.word])
            for each in FIELDS
            if self.texts.get(each.word, "").strip()
        }


@dataclass(frozen=True, slots=True)
class MetadataWriter:
    """A template, understood, with its codes."""

    fields: Mapping[MetadataField, Template]
    replaces: bool = False
    codes: Codes = field(default_factory=Codes)

    def of(self, known: PhotoFacts) -> MetadataWords:
        """Say what is written of a photo; fields of which nothing is left are not."""
        texts: list[tuple[str, tuple[str, ...]]] = []
        unknown: list[str] = []
        codes: list[str] = []
        for each, template in self.fields.items():
            filled = template.fill(known)
            replaced = self.codes.replaced(filled.text)
            unknown += filled.unknown
            codes += replaced.unknown
            values = tuple(_values(each, replaced.text))
            if values:
                texts.append((each.word, values))
        return MetadataWords(FilledMetadata(tuple(texts), self.replaces), tuple(_remarks(unknown, codes)))


def _values(each: MetadataField, text: str) -> Iterator[str]:
    parts = text.split(";") if each.is_list else [text]
    yield from dict.fromkeys(part.strip() for part in parts if part.strip())


def _remarks(unknown: list[str], codes: list[str]) -> Iterator[Sentence]:
    if unknown:
        yield say("Nothing is known for {words}.", words=", ".join(dict.fromkeys(unknown)))
    if codes:
        yield say("No list has the code {codes}.", codes=", ".join(dict.fromkeys(codes)))


def load_template(path: Path) -> MetadataTemplate:
    """Read a template's file.

    Raises:
        MetadataTemplateError: it cannot be read or understood.
    """
    try:
        with open_file(path) as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise MetadataTemplateError(path, sentence(error)) from error
    try:
        read = tomllib.loads(data[:_MOST_BYTES].decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise MetadataTemplateError(
            path, say("It is no metadata template: {cause}.", cause=str(error).rstrip("."))
        ) from error
    texts = {}
    for word, text in read.items():
        if word in (_REPLACES, "codes"):
            continue
        if word not in FIELD_OF:
            raise MetadataTemplateError(
                path,
                say(
                    "There is no field “{word}”; there are {words}.",
                    word=word,
                    words=", ".join(FIELD_OF),
                ),
            )
        texts[word] = "; ".join(map(str, text)) if isinstance(text, list) else str(text)
    codes = read.get("codes")
    template = MetadataTemplate(
        texts, read.get(_REPLACES) is True, path.parent / str(codes) if codes else None
    )
    for word, text in texts.items():
        try:
            Template.parse(text)
        except TemplateError as error:
            raise MetadataTemplateError(
                path, say("Its {word}: {cause}", word=word, cause=error.sentence)
            ) from error
    return template


def save_template(path: Path, template: MetadataTemplate) -> None:
    """Write a template's file, such as ``load_template`` reads.

    Raises:
        MetadataTemplateError: it cannot be written; what was there stays.
    """
    lines = [f"{word} = {_quoted(text)}" for word, text in template.texts.items() if text.strip()]
    lines.append(f"{_REPLACES} = {'true' if template.replaces else 'false'}")
    if template.codes_path is not None:
        lines.append(f"codes = {_quoted(os.fspath(template.codes_path))}")
    try:
        write_whole(target_of(path), ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise MetadataTemplateError(path, sentence(error)) from error


def _quoted(text: str) -> str:
    """Write a TOML string; JSON's rules are the same but for the one sign that it may leave as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
