"""``shortlist --self-test``: the program once through, and what is said where a part is missing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import self_test
from models import manifest

ROOT = Path(__file__).parents[2]


def test_every_part_is_tried_and_nothing_stays_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--self-test"],
        cwd=ROOT,
        env={
            "QT_QPA_PLATFORM": "offscreen",
            "TMPDIR": str(tmp_path),
            "HOME": str(tmp_path),
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    said = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert said[1:] == ["window", "words", "models", "photos", "export", "The self-test passed."], done.stdout
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_altered_weights_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in Path(manifest.__file__).parent.glob("*.*"):
        shutil.copy(path, tmp_path)
    (tmp_path / "yunet.onnx").write_bytes(b"not a model")
    monkeypatch.setattr(manifest, "_folder", lambda: tmp_path)
    with pytest.raises(self_test.SelfTestError, match=r"yunet\.onnx"):
        self_test._check_models()
