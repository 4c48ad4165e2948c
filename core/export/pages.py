"""What the HTML pages we write have in common: words escaped once, and a head that loads nothing from anywhere."""

from base64 import b64encode
from hashlib import sha256
from html import escape

from core.language import spoken_language

COLOURS = """
:root { color-scheme: light dark; --ground: #f4f4f4; --text: #1c1c1c; --dim: #6a6a6a; --line: #d0d0d0; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #1e1e1e; --text: #e6e6e6; --dim: #a5a5a5; --line: #464646; }
}
* { box-sizing: border-box; }
"""
"""The colours of a page, as the reader's system has them: light or dark."""


def text(words: str) -> str:
    """Return words as they stand in HTML, between tags or in an attribute's quotation marks.

    What is no text in a file's name becomes question marks.
    """
    return escape(words.encode(errors="replace").decode())


def page_head(title: str, style: str, script: str = "") -> str:
    """Return the start of a page, up to where its body begins.

    Whatever a name may have smuggled in, the browser loads nothing but pictures beside the page, sends nothing, and
    runs nothing but the one script.

    Args:
        title: as text.
        style: the style sheet.
        script: what the page may run, exactly as it stands between its tags; "" for nothing.
    """
    runs = f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" if script else "'none'"
    policy = (
        f"default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; script-src {runs}; "
        "base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{spoken_language()}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<title>{text(title)}</title><style>{style}</style></head><body>",
        )
    )
