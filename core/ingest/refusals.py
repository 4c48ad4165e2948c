"""Why a file is no picture, in the user's words."""

from core.ingest.formats import Content, content_of
from core.language import Sentence, say


def refusal(head: bytes, *, raw: bool = False) -> Sentence:
    """Say what a file is that no decoder accepts.

    Args:
        head: its first bytes.
        raw: it is a RAW by its name.
    """
    if content_of(head) is not Content.UNKNOWN:
        return say("The picture is damaged, or of a camera or variant that is not known yet.")
    if head.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return say("This is not a picture: it is a web page, perhaps from a failed download.")
    if not any(head):
        return say("This is not a picture: it begins with nothing but zeros, as after a failed copy.")
    if all(byte >= 32 or byte in b"\t\r\n\f" for byte in head):
        return say("This is not a picture: it is text.")
    if raw:  # some old RAW formats have no mark that would tell them
        return say("The RAW file is damaged, or of a camera that is not known yet.")
    return say("This is not a picture: its content is of no known format.")


def words_of(error: Exception) -> str:
    """Return what a decoder says, without bytes and line breaks."""
    message = error.args[0] if error.args else ""
    text = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
    return " ".join(text.split())[:120] or type(error).__name__
