"""Reading a client's choice, whatever it came as."""

import re
from email import message_from_bytes
from email.policy import default
from html import unescape
from pathlib import Path

from core.files import RefusedFileError, read_file
from core.language import say
from core.review.choice.answer import is_answer_file, is_answer_text, read_answer_file, read_answer_text
from core.review.choice.chosen import ChoiceError, ClientsChoice
from core.review.choice.names import PhotoNames
from core.review.choice.table import read_table
from core.review.choice.wild import read_wild

_TAGS = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE)

MOST_BYTES = 16_000_000
"""Of a file; a choice of every photo of a long shoot takes a tenth of it."""


def read_choice(text: str, names: PhotoNames) -> ClientsChoice:
    """Read what a client chose.

    Args:
        text: what a proof gallery saved or copied, a table with a heading (CSV), or any words with names or numbers.
        names: of the shoot's photos.

    Raises:
        ChoiceError: it is the file of a gallery, but not all of it.
    """
    if is_answer_file(text):
        return read_answer_file(text, names)
    if is_answer_text(text):
        return read_answer_text(text, names)
    table = read_table(text, names)
    return table if table is not None else read_wild(text, names)


def _mail(data: bytes) -> str:
    """Return what a mail brings: the file of a gallery or a table that is attached, else its words."""
    mail = message_from_bytes(data, policy=default)
    for part in mail.iter_attachments():
        if (part.get_filename() or "").lower().endswith((".json", ".csv")):
            return _decoded(part.get_payload(decode=True))
    body = mail.get_body(("plain", "html"))
    if body is None:
        return ""
    words = _decoded(body.get_payload(decode=True))
    return unescape(_TAGS.sub(" ", words)) if body.get_content_type() == "text/html" else words


def _decoded(data: object) -> str:
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def text_of(path: Path) -> str:
    """Read the text of a file, in UTF-8, in UTF-16 where it says so, else as Windows writes it in the west.

    Raises:
        ChoiceError: it cannot be read, or is no text.
    """
    try:
        data = read_file(path, MOST_BYTES)
    except RefusedFileError as error:
        raise ChoiceError(
            say("“{name}” cannot be read. {reason}", name=path.name, reason=error.sentence)
        ) from error
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise ChoiceError(say("“{name}” cannot be read ({cause}).", name=path.name, cause=cause)) from error
    return _mail(data) if path.suffix.lower() == ".eml" else text_in(data, path.name)


def text_in(data: bytes, name: str) -> str:
    """Read the text in what a file called ``name`` holds; the same as ``text_of``."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:4096]:
        raise ChoiceError(
            say(
                "“{name}” is no text. Take the file that the gallery saved, a table (CSV), or paste the names.",
                name=name,
            )
        )
    return _decoded(data)
