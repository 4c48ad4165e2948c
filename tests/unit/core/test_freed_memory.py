"""What was freed goes back to the system, also where something small that is kept lies after it."""

import subprocess
import sys

import pytest

# In a process of its own: the bound holds for all of a process. A picture of a 1280 x 800 window has 3 MB.
_PICTURES_COME_AND_GO = """
import psutil
from core.freed_memory import give_back_large_pictures
give_back_large_pictures()
before = psutil.Process().memory_info().rss
kept, pictures = [], []
for number in range(40):
    pictures.append(bytes([number]) * (1280 * 800 * 3))
    kept.append(bytes([number]) * 4096)
pictures.clear()
print(psutil.Process().memory_info().rss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries are left to themselves")
def test_pictures_as_large_as_a_small_window_leave_nothing_behind() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PICTURES_COME_AND_GO], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(done.stdout) < 20 << 20
