"""Files and their addresses: whatever a name holds, it is the same file on the way back."""

import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl

from ui.local_files import path_of, plain_text, url_of

NAMES = st.binary(min_size=1, max_size=60).filter(
    lambda name: b"/" not in name and b"\0" not in name and name not in (b".", b"..")
)


@pytest.mark.skipif(sys.platform == "win32", reason="names are bytes")
@given(NAMES)
def test_any_name_comes_back_as_it_was(name: bytes) -> None:
    path = Path(os.fsdecode(b"/shoot/" + name))
    assert path_of(QUrl.fromEncoded(url_of(path).toEncoded())) == path
    assert "\\" in plain_text(str(path)) or plain_text(str(path)) == str(path)


@pytest.mark.parametrize("address", ["https://example.org/a.jpg", "file:", "mailto:a@example.org"])
def test_what_is_no_file_of_this_machine_is_none(address: str) -> None:
    assert path_of(QUrl(address)) is None


def test_qts_own_way_through_text_is_taken_nowhere_else() -> None:
    using = {
        path.as_posix()
        for folder in ("app", "ui")
        for path in Path(folder).rglob("*.py")
        if re.search(r"\b(?:from|to)LocalFile\(", path.read_text("utf-8"))
    }
    assert using == {"ui/local_files.py"}
