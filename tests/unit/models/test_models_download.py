"""A download over bad lines and from lying servers: the right file in the end, or none and a sentence that helps."""

import hashlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import ModelError
from fixtures.bad_server import (
    BadServer,
    cuts_after,
    hangs_up,
    honest,
    ignores_ranges,
    never_ends,
    promises,
    redirects_to,
    refuses,
    sends_other_bytes,
    serving,
    stalls_after,
    starts_elsewhere,
)
from models.catalogue import Download, part_of
from models.download import Patience, fetch

CONTENT = os.urandom(1_000_000)
QUICK = Patience(stall=30.0, tries=4, pause=0.0)  # a busy machine answers late, and is not left for it
SOON_LEFT = Patience(stall=3.0, tries=4, pause=0.0)  # by then a busy machine has answered, too


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models" / "tiny.onnx"


def wanted(url: str) -> Download:
    return Download(url, "tiny.onnx", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))


def get(server: BadServer, target: Path, patience: Patience = QUICK) -> list[tuple[int, int]]:
    reported: list[tuple[int, int]] = []
    fetch(wanted(server.url), target, lambda done, total: reported.append((done, total)), patience)
    return reported


def only(target: Path) -> bool:
    """Whether the file is there, whole, and nothing else with it."""
    return target.read_bytes() == CONTENT and list(target.parent.iterdir()) == [target]


def test_an_honest_server(target: Path) -> None:
    with serving(CONTENT, honest) as server:
        reported = get(server, target)
    assert only(target)
    assert server.ranges == [None]
    assert reported[-1] == (len(CONTENT), len(CONTENT))
    assert reported == sorted(reported)


def test_a_server_that_cuts_is_asked_for_the_rest(target: Path) -> None:
    with serving(CONTENT, cuts_after(400_000), cuts_after(1), hangs_up, honest) as server:
        get(server, target)
    assert only(target)
    assert server.ranges == [None, "bytes=400000-", "bytes=400001-", "bytes=400001-"]


def test_a_server_that_stalls_is_left_and_asked_for_the_rest(target: Path) -> None:
    with serving(CONTENT, stalls_after(300_000), honest) as server:
        get(server, target, SOON_LEFT)
    assert only(target)
    assert server.ranges == [None, "bytes=300000-"]


def test_what_came_before_giving_up_is_gone_on_with_the_next_time(target: Path) -> None:
    with serving(CONTENT, cuts_after(250_000), hangs_up) as server:
        with pytest.raises(ModelError, match=r"0\.2 of 1\.0 MB are here\. Run the same command again"):
            get(server, target)
        assert len(server.ranges) == QUICK.tries
    assert not target.exists()
    assert part_of(target).stat().st_size == 250_000
    with serving(CONTENT, honest) as server:
        get(server, target)
    assert only(target)
    assert server.ranges == ["bytes=250000-"]


def test_a_complete_part_needs_no_server(target: Path) -> None:
    target.parent.mkdir()
    part_of(target).write_bytes(CONTENT)
    fetch(wanted("http://127.0.0.1:1/none"), target, lambda done, total: None, QUICK)
    assert only(target)


def test_a_server_without_ranges_sends_all_anew(target: Path) -> None:
    with serving(CONTENT, cuts_after(400_000), ignores_ranges) as server:
        get(server, target)
    assert only(target)


@pytest.mark.parametrize("left", [b"x" * 10, b"x" * len(CONTENT), b"x" * (len(CONTENT) + 1)])
def test_what_another_file_left_behind_is_thrown_away(target: Path, left: bytes) -> None:
    target.parent.mkdir()
    part_of(target).write_bytes(left)
    with serving(CONTENT, honest) as server:
        get(server, target)
    assert only(target)


def test_a_range_that_is_refused_starts_anew(target: Path) -> None:
    with serving(CONTENT, cuts_after(400_000), refuses(416), honest) as server:
        get(server, target)
    assert only(target)
    assert server.ranges == [None, "bytes=400000-", None]


@pytest.mark.parametrize("length", [10, len(CONTENT) - 1, len(CONTENT) + 1])
def test_a_file_of_another_length_is_refused_at_once(target: Path, length: int) -> None:
    with serving(CONTENT, promises(length)) as server, pytest.raises(ModelError, match="length is wrong"):
        get(server, target)
    assert len(server.ranges) == 1
    assert not target.exists()


def test_the_wrong_bytes_are_never_installed(target: Path) -> None:
    with serving(CONTENT, sends_other_bytes) as server, pytest.raises(ModelError, match="checksum is wrong"):
        get(server, target)
    assert list(target.parent.iterdir()) == []


def test_a_server_that_never_ends_is_not_listened_to_forever(target: Path) -> None:
    with serving(CONTENT, never_ends) as server, pytest.raises(ModelError, match="more than the file has"):
        get(server, target)
    assert not target.exists()


def test_a_range_that_starts_elsewhere_is_refused(target: Path) -> None:
    with (
        serving(CONTENT, cuts_after(400_000), starts_elsewhere) as server,
        pytest.raises(ModelError, match="another file"),
    ):
        get(server, target)
    assert not target.exists()


def test_a_redirect_is_followed_also_for_the_rest(target: Path) -> None:
    with (
        serving(CONTENT, cuts_after(400_000), honest) as far,
        serving(b"", redirects_to(lambda: far.url)) as near,
    ):
        get(near, target)
    assert only(target)
    assert far.ranges == [None, "bytes=400000-"]


@pytest.mark.parametrize("redirect", [lambda url: url, lambda _: "file:///etc/hostname"])
def test_a_redirect_that_leads_nowhere_ends(target: Path, redirect: Callable[[str], str]) -> None:
    servers: list[BadServer] = []
    with serving(b"", redirects_to(lambda: redirect(servers[0].url))) as server:
        servers.append(server)
        with pytest.raises(ModelError, match="302"):
            get(server, target)
    assert not target.exists()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_refusal_is_final_and_says_what_else_can_be_done(target: Path, status: int) -> None:
    with (
        serving(CONTENT, refuses(status)) as server,
        pytest.raises(ModelError, match=f"{status}.*--from FILE"),
    ):
        get(server, target)
    assert len(server.ranges) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_tried_again(target: Path, status: int) -> None:
    with serving(CONTENT, refuses(status), honest) as server:
        get(server, target)
    assert only(target)


def test_nobody_there(target: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # taken, but nobody listens
        url = f"http://127.0.0.1:{held.getsockname()[1]}/model.onnx"
        with pytest.raises(ModelError, match=r"cannot be reached.*--from FILE"):
            fetch(wanted(url), target, lambda done, total: None, QUICK)
    assert not target.exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    with serving(CONTENT, honest) as server, pytest.raises(ModelError, match=r"tiny\.onnx\.part"):
        get(server, tmp_path / "models" / "tiny.onnx")


def test_a_full_disk_is_told_before_the_download(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.download._SPARE_ROOM", 10**18)
    with serving(CONTENT, honest) as server, pytest.raises(ModelError, match="needs 1 MB, but only"):
        get(server, target)
    assert server.ranges == []
