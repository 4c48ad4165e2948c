"""Files as the desktop names them: addresses, which carry any name that a disk can hold.

Qt's own way goes through text. A name on Linux is bytes, though, which need not be text at all, as on disks that older
systems wrote: those would come out as another name.
"""

import os
import sys
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from PySide6.QtCore import QUrl

_SCHEME = b"file://"


def url_of(path: Path) -> QUrl:
    """Return the address of a file or folder."""
    if sys.platform == "win32":
        return QUrl.fromLocalFile(str(path))
    return QUrl.fromEncoded(_SCHEME + quote_from_bytes(os.fsencode(path.absolute())).encode("ascii"))


def path_of(url: QUrl) -> Path | None:
    """Return the file or folder of this machine that an address names; None for any other."""
    if not url.isLocalFile():
        return None
    if sys.platform == "win32" or url.host():
        local = url.toLocalFile()
        return Path(local) if local else None
    path = os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))
    return Path(path) if path else None


def plain_text(text: str) -> str:
    r"""Return text that any program takes: bytes of names that are no text stand as they do in tables, ``\udce9``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
