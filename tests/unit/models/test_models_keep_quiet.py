"""Loading and running models leaves no trace outside Shortlist's own folders."""

import os
import subprocess
import sys
from pathlib import Path

RUN = """
import numpy as np
from models.local import LocalModels
models = LocalModels()()
models.face_detector.detect(np.zeros((64, 64, 3), np.uint8))
models.embedder.embed(np.zeros((64, 64, 3), np.uint8))
"""


def test_the_engine_keeps_no_device_id_and_no_reports(tmp_path: Path) -> None:
    home = {name: str(tmp_path) for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "LOCALAPPDATA")}
    environment = {
        name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"
    } | home
    subprocess.run(
        [sys.executable, "-c", RUN], env=environment, cwd=Path(__file__).parents[3], check=True, timeout=60
    )
    left = [path for path in tmp_path.rglob("*") if "python" not in str(path).lower()]
    assert left == []
