"""The one opener: what is no regular file is refused at once, and nothing is read without end."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.errors import PhotoError, SidecarError, StoreError
from core.export.documents import plan_document
from core.export.files import copy_file, same_content
from core.export.planned import Action
from core.files import SPECIAL, SpecialFileError, TooLargeFileError, open_file, open_to_change, read_file
from core.ingest.decoder import decode
from core.ingest.exif_reader import read_metadata
from core.ingest.scanner import ScannedFile
from core.persistence.session_store import SessionStore
from core.sidecar.embedded_reader import read_embedded
from core.sidecar.file_marks import sidecar_marks
from core.sidecar.photo_embed import plan_embed
from core.sidecar.xmp_edit import XmpEdit
from core.sidecar.xmp_writer import write_sidecar
from fixtures.memory import check_within
from fixtures.shoots import scene, write_photo

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_pipe(path: Path) -> None:
    other = path.with_name(f"{path.name}.pipe")
    os.mkfifo(other)
    path.symlink_to(other)


def link_to_zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_full(path: Path) -> None:
    path.symlink_to("/dev/full")


def plug(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(path.parent)  # such names are short
        server.bind(path.name)


SPECIAL_FILES = [pipe, link_to_pipe, link_to_zeros, link_to_full, plug]


@pytest.fixture(params=SPECIAL_FILES)
def make(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    monkeypatch.chdir(Path.cwd())  # and back
    return request.param  # type: ignore[no-any-return]


def test_whoever_reads_a_file_that_is_none_says_so(make: Callable[[Path], None], tmp_path: Path) -> None:
    for suffix in (".jpg", ".dng", ".heic", ".xmp", ".sqlite", ".csv"):
        make(tmp_path / f"a{suffix}")
    for name in ("a.jpg", "a.dng", "a.heic"):
        path = tmp_path / name
        with pytest.raises(PhotoError, match="pipe"):
            decode(path)
        with pytest.raises(PhotoError, match="pipe"):
            read_metadata(ScannedFile(path, 10, 0))
        assert read_embedded(path) is None
    for name in ("a.jpg", "a.dng"):
        with pytest.raises(SidecarError, match="pipe"):
            plan_embed(tmp_path / name, XmpEdit())
    with pytest.raises(SidecarError, match="pipe"):
        sidecar_marks(tmp_path / "a.xmp")
    with pytest.raises(SidecarError, match="pipe"):
        write_sidecar(tmp_path / "a.xmp", b"new", None)
    with pytest.raises(StoreError, match=r"pipe.* one\.$"):
        SessionStore.open(tmp_path / "a.sqlite")
    planned = plan_document(tmp_path / "a.csv", lambda: b"new")
    assert (planned.action, planned.remark) == (Action.REFUSED, str(SPECIAL))
    (tmp_path / "empty").touch()
    assert not same_content(tmp_path / "a.jpg", tmp_path / "empty")
    with pytest.raises(SpecialFileError):
        copy_file(tmp_path / "a.jpg", tmp_path / "copy.jpg")
    with pytest.raises(SpecialFileError):
        open_to_change(tmp_path / "a.jpg")
    assert not (tmp_path / "copy.jpg").exists()


def test_the_shoots_own_files_are_read_as_ever(tmp_path: Path) -> None:
    content = bytes(range(256)) * 4000
    (tmp_path / "file").write_bytes(content)
    (tmp_path / "link").symlink_to("file")
    for name in ("file", "link"):
        assert read_file(tmp_path / name) == content
        with open_file(tmp_path / name) as file:
            assert file.read(10) == content[:10]
            file.seek(-20, os.SEEK_END)
            assert file.read(1000) == content[-20:]
            file.seek(5)
            assert file.read() == content[5:]
    with pytest.raises(TooLargeFileError):
        read_file(tmp_path / "file", len(content) - 1)
    with pytest.raises(IsADirectoryError):
        open_file(tmp_path)


def test_what_is_added_while_a_file_is_read_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"x" * 100)
    with open_file(path) as file, path.open("ab", buffering=0) as writer:
        read = b""
        while piece := file.read(30):
            read += piece
            writer.write(b"more" * 20)
    assert len(read) == 100


@pytest.mark.skipif(not Path("/proc/self/pagemap").exists(), reason="only Linux has files without a size")
def test_a_file_of_the_systems_own_does_not_go_on_for_ever() -> None:
    assert len(read_file(Path("/proc/self/pagemap"))) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts a process's memory")
@pytest.mark.parametrize(
    "name", ["a.jpg", "a.png", "a.tif", "a.webp", "a.heic", "a.dng", "a.cr3", "a.bmp.jpg"]
)
@pytest.mark.parametrize("begins", ["as a photo", "with nothing"])
def test_gigabytes_of_nothing_take_no_memory(name: str, begins: str, tmp_path: Path) -> None:
    path = tmp_path / name
    kind = {".heic": ".heic", ".dng": ".tif", ".cr3": ".jpg"}.get(path.suffix, path.suffix)
    if begins == "as a photo":
        write_photo(tmp_path / f"photo{kind}", scene(1, (640, 480))).rename(path)
    with path.open("ab") as file:
        file.truncate(2 * 2**30)

    def look() -> None:
        try:
            shape = decode(path).rgb.shape
        except PhotoError as refused:
            said = refused.reason
        else:
            said = f"{shape} {begins}"
        assert said == "(480, 640, 3) as a photo" or ("memory" not in said and "(" not in said)

    assert check_within(900 * 2**20, look)


def test_a_film_behind_a_jpeg_costs_no_more_than_the_jpeg(tmp_path: Path) -> None:
    path = write_photo(tmp_path / "a.jpg", scene(1, (640, 480)))
    alone = decode(path)
    with path.open("ab") as file:
        file.write(os.urandom(2**20))
        file.truncate(40 * 2**20)
    assert np.array_equal(decode(path).rgb, alone.rgb)
