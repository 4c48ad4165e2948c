"""Names with line breaks, control characters, bytes that are no text and both forms of an accent: the whole job."""

import json
import os
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from app.exit_codes import EXIT_OK, EXIT_SOME_FAILED
from core.sidecar.xmp_reader import read_packet
from core.types import Flag
from fixtures.shoots import scene, shifted, write_photo

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")

NAMES = [
    b"line\nbreak.jpg",
    b"tab\tand \x1b[31mred\x07.jpg",
    b"caf\xc3\xa9.jpg",  # composed
    b"cafe\xcc\x81.jpg",  # decomposed: another file of the same letters
    b"latin caf\xe9.jpg",  # no text at all
    b"\xff\xfe\xfd.jpg",
    "right \u202eto left.jpg".encode(),
    b"[bold]markup[red] :smile:.jpg",
    b"'; DROP TABLE decision; --.jpg",
    b"%s {0} $HOME.jpg",
    b"-rf.jpg",
    b" .jpg",
    b"n" * 251 + b".jpg",
]


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    """Two bursts over all these names, in a folder of such a name."""
    folder = tmp_path / os.fsdecode(b"shoot\n\xe9")
    folder.mkdir()
    for number, name in enumerate(NAMES):
        plain = write_photo(folder / "plain.jpg", shifted(scene(number // 7, (480, 320)), 3 * number))
        plain.rename(folder / os.fsdecode(name))
    return folder


def test_a_job_over_odd_names(shoot: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (shoot / "broken\n\x1b[2J.jpg").write_bytes(b"no picture")
    (shoot / "loop.jpg").symlink_to(shoot / "loop.jpg")
    (shoot / "up").symlink_to("..", target_is_directory=True)
    before = {path: path.read_bytes() for path in shoot.iterdir() if path.is_file()}
    out = tmp_path / "out"
    assert main(["cull", str(shoot), "--export", "json", "--out", str(out)]) == EXIT_SOME_FAILED
    told = capfd.readouterr().err
    assert "\x1b[2J" not in told, "no name clears the user's terminal"
    listed = json.loads((out / "shortlist.json").read_text("utf-8"))["photos"]
    assert len(listed) == len(NAMES) + 1
    (shoot / "broken\n\x1b[2J.jpg").unlink()
    (shoot / "loop.jpg").unlink()
    for kind in ("csv", "copy", "xmp"):
        assert main(["cull", str(shoot), "--export", kind, "--out", str(tmp_path / kind)]) == EXIT_OK
    assert main(["cull", str(shoot), "--export", "xmp", "--reject-rest", "--dry-run"]) == EXIT_OK
    assert "\x1b[31m" not in capfd.readouterr().out
    assert main(["cull", str(shoot), "--export", "xmp", "--reject-rest"]) == EXIT_OK
    written = list(shoot.glob("*.xmp"))
    assert len(written) > len(NAMES) // 2
    assert {read_packet(path.read_bytes()).flag for path in written} == {Flag.PICK, Flag.REJECT}
    assert {path: content for path, content in before.items() if path.exists()} == {
        path: path.read_bytes() for path in before if path.exists()
    }
