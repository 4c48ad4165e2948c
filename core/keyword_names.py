"""What a look or a person may be called: a name is a keyword in files one day."""

import re

LONGEST = 80
"""Characters of a name; more than any keyword needs."""

_NOT_IN_XML = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def keyword_name(text: str) -> str:
    """Return the name that somebody typed as it is kept; "" for nothing.

    White space is made even. ``|`` parts the levels of a hierarchy of keywords, so a dash takes its place; characters
    that no XML can hold are left out.
    """
    clean = _NOT_IN_XML.sub(" ", text).replace("|", "–")
    return " ".join(clean.split())[:LONGEST].rstrip()
