"""``shortlist find``: words to photos, with the real weights."""

import json
from pathlib import Path
from typing import Any

import pytest
from skimage import data

from app.__main__ import main
from app.exit_codes import EXIT_NOTHING, EXIT_OK, EXIT_USAGE
from fixtures.shoots import write_photo

SIDECAR = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:subject><rdf:Bag><rdf:li>First dance</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"""


def found(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["find", "--json", str(folder), *words]) == EXIT_OK
    document = json.loads(capsys.readouterr().out)
    return {Path(photo["path"]).name: photo["why"] for photo in document["photos"]}


@pytest.fixture
def folder(shoot_folder: Path) -> Path:
    write_photo(shoot_folder / "Z.jpg", data.chelsea(), None)
    (shoot_folder / "D.xmp").write_text(SIDECAR, "utf-8")
    return shoot_folder


@pytest.mark.usefixtures("measured_here")
def test_photos_are_found_by_what_they_show_and_by_what_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(capsys, folder, "cat") == {"Z.jpg": ["it shows: cat"]}
    assert found(capsys, folder, "Katze", "-name:a.jpg") == {"Z.jpg": ["it shows: cat"]}
    assert found(capsys, folder, "first dance") == {"D.jpg": ["keyword “First dance”"]}
    assert found(capsys, folder, "keyword:first dance") == {"D.jpg": ["keyword “First dance”"]}
    assert set(found(capsys, folder, "is:burst", "after:10:04", "before:10:06")) == {"D.jpg", "E.jpg"}
    assert "Z.jpg" not in found(capsys, folder, "-cat")


@pytest.mark.usefixtures("measured_here")
def test_nothing_found_and_no_query_are_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", str(folder), "helicopter"]) == EXIT_NOTHING
    assert "Nothing was found" in capsys.readouterr().err
    assert main(["find", str(folder), "lens:"]) == EXIT_USAGE
    assert "such as lens:85" in capsys.readouterr().err.replace("\n", " ")
