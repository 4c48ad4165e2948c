"""Measuring on a cluster: the same result as on this machine, and a plain sentence where that cannot be."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from app.cluster import ClusterError, ClusterPool, check_workers, facts_of_worker, within
from app.exit_codes import EXIT_BROKEN, EXIT_OK
from app.program_version import program_version
from core.errors import PhotoError
from core.language import say
from core.pipeline.stages import _outcome
from core.pipeline.workers import MEASURES_VERSION
from fixtures.frames import photo
from fixtures.patience import PATIENCE
from models import manifest

ADDRESS = "tcp://127.0.0.1:8799"
ROOT = Path(__file__).parents[2]


class KilledWorker(Exception):  # noqa: N818
    """By this name Dask tells of a worker that died."""


class FakeClient:
    """Dask's client as far as we use it, with a thread for a cluster.

    Args:
        told: what each worker says of itself.
    """

    def __init__(self, told: dict[str, Any] | Exception) -> None:
        self.executor = ThreadPoolExecutor(1)
        self._told = told

    def get_executor(self, pure: bool) -> Executor:
        assert not pure, "a photo that changed on disk would be given its former measures"
        return self.executor

    def run(self, work: object, sources: list[str]) -> dict[str, Any]:
        if isinstance(self._told, Exception):
            raise self._told
        return self._told


@pytest.fixture
def client() -> Iterator[FakeClient]:
    made = FakeClient({})
    yield made
    made.executor.shutdown()


def die() -> None:
    raise KilledWorker("it ran out of memory")


def refuse() -> None:
    raise PhotoError(Path("gone.jpg"), say("The file is empty (0 bytes)."))


def test_work_comes_back_and_so_do_failures(client: FakeClient) -> None:
    pool = ClusterPool(client, timeout=PATIENCE)
    assert pool.submit(max, 3, 7).result(timeout=PATIENCE) == 7
    refused = _outcome(photo("gone"), pool.submit(refuse))
    assert isinstance(refused, PhotoError)
    assert refused.reason == "The file is empty (0 bytes)."
    killed = _outcome(photo("bad"), pool.submit(die))
    assert isinstance(killed, PhotoError)
    assert "crashed" in killed.reason
    pool.shutdown()


def test_a_hang_is_left_behind(client: FakeClient) -> None:
    pool = ClusterPool(client, timeout=0.05)
    slow = _outcome(photo("slow"), pool.submit(time.sleep, 0.5))
    assert isinstance(slow, PhotoError)
    assert "too long" in slow.reason
    pool.shutdown(cancel_futures=True)


def test_what_is_done_in_time_is_not_waited_for() -> None:
    assert within(60.0, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        within(60.0, lambda: 1 // 0)


def test_workers_must_be_as_this_machine_is_and_see_the_photos(tmp_path: Path) -> None:
    same = facts_of_worker([str(tmp_path)])
    assert same == (program_version(), MEASURES_VERSION, manifest.fingerprint(), [])
    check_workers(FakeClient({"tcp://a": same, "tcp://b": same}), [tmp_path])
    older: tuple[str, int, str, list[str]] = (
        program_version(),
        MEASURES_VERSION - 1,
        manifest.fingerprint(),
        [],
    )
    with pytest.raises(ClusterError, match="tcp://b has another version"):
        check_workers(FakeClient({"tcp://a": same, "tcp://b": older}), [tmp_path])
    blind = facts_of_worker([str(tmp_path / "elsewhere")])
    with pytest.raises(ClusterError, match=r"does not see “.*elsewhere”"):
        check_workers(FakeClient({"tcp://a": blind}), [tmp_path])
    with pytest.raises(ClusterError, match="lack a part of Shortlist"):
        check_workers(FakeClient(ModuleNotFoundError("No module named 'core'")), [tmp_path])


def cull(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", "cull", *arguments],
        cwd=ROOT,
        env={**os.environ, "SHORTLIST_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.skipif(find_spec("distributed") is not None, reason="Dask is installed")
def test_without_dask_it_says_what_to_install(tmp_path: Path, shoot_folder: Path) -> None:
    ended = cull(tmp_path / "home", str(shoot_folder), "--scheduler", ADDRESS)
    assert ended.returncode == EXIT_BROKEN
    assert "shortlist[cluster]" in ended.stderr


needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None, reason="Dask is not installed: pip install 'shortlist[cluster]'"
)


@needs_dask
def test_two_workers_of_a_cluster_find_what_this_machine_finds(tmp_path: Path, shoot_folder: Path) -> None:
    def records(out: Path) -> object:
        listed = json.loads((out / "shortlist.json").read_text("utf-8"))
        for record in listed["photos"]:
            record.pop("decided_at", None)
        return listed

    def dask(part: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *arguments, "--no-dashboard"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)

    here, there = tmp_path / "here", tmp_path / "there"
    cluster = [
        dask("scheduler", "--host", "127.0.0.1", "--port", ADDRESS.rpartition(":")[2]),
        dask("worker", ADDRESS, "--nworkers", "2", "--nthreads", "1", "--local-directory", str(tmp_path)),
    ]
    try:
        command = [str(shoot_folder), "--export", "json", "--out"]
        for _ in range(20):  # until its workers have come
            remote = cull(tmp_path / "home 1", *command, str(there), "--scheduler", ADDRESS)
            if "has no workers" not in remote.stderr:
                break
            time.sleep(1.0)
        assert remote.returncode == EXIT_OK, remote.stderr
    finally:
        for process in reversed(cluster):
            process.terminate()
            process.wait(timeout=PATIENCE)
    assert cull(tmp_path / "home 2", *command, str(here)).returncode == EXIT_OK
    assert records(there) == records(here)


@needs_dask
def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path, shoot_folder: Path) -> None:
    ended = cull(tmp_path / "home", str(shoot_folder), "--scheduler", "tcp://127.0.0.1:1")
    assert ended.returncode == EXIT_BROKEN
    assert "No Dask scheduler answers" in " ".join(ended.stderr.split())
