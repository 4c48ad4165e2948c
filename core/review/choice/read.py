"""Reading a client's choice, whatever it came as."""

import re
from email import message_from_bytes
from email.message import EmailMessage, Message
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
_PARTING = re.compile(rb"^--([^\s\"]{1,200})\s*$", re.MULTILINE)

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
    """Return what a mail brings: what a gallery saved, or a table, that is attached; else its words and attached texts.

    Mails that are forwarded as files are looked into as well.
    """
    mail = _parsed(data)
    parts = [part for part in mail.walk() if not part.is_multipart()]
    attached = [(part, (part.get_filename() or "").lower()) for part in parts]
    for part, name in attached:
        if name.endswith((".json", ".csv")):
            return _decoded(part.get_payload(decode=True))
    texts = [_decoded(part.get_payload(decode=True)) for part, name in attached if name.endswith(".txt")]
    for text in texts:
        if is_answer_file(text) or is_answer_text(text):
            return text
    body = mail.get_body(("plain", "html"))
    bodies = [body] if body is not None else [part for part, name in attached if not name]
    return "\n".join([*map(_words, bodies), *texts])


def _parsed(data: bytes) -> EmailMessage:
    """Read a mail; one that does not say what parts its pieces, or says it wrongly, tells it by its first such line."""
    mail = message_from_bytes(data, policy=default)
    if mail.get_content_maintype() != "multipart" or mail.is_multipart():
        return mail
    inside = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[-1]
    parting = _PARTING.search(inside)
    heading = b"Content-Type: text/plain\n\n"
    if parting is not None:
        heading = b'Content-Type: multipart/mixed; boundary="' + parting[1] + b'"\n\n'
    return message_from_bytes(heading + inside, policy=default)


def _words(part: Message) -> str:
    """Return the words of a piece of a mail; "" where it is none of words."""
    if part.get_content_maintype() != "text":
        return ""
    words = _decoded(part.get_payload(decode=True))
    return unescape(_TAGS.sub(" ", words)) if part.get_content_type() == "text/html" else words


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
    if path.suffix.lower() != ".eml":
        return text_in(data, path.name)
    try:
        return _mail(data)
    except RecursionError as error:
        raise ChoiceError(
            say(
                "“{name}” is nested too deeply for a mail; save what is attached to it by itself.",
                name=path.name,
            )
        ) from error


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
