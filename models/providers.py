"""What runs the models: the CPU, or another of onnxruntime's execution providers that is quicker and agrees with it.

The usual onnxruntime brings the CPU alone, on a Mac CoreML as well. With another build of it installed in its place
(onnxruntime-gpu, onnxruntime-directml, onnxruntime-openvino) the models run there. What was tried of them, and
with what result, stands in docs/decisions/0012-where-models-run.md.
"""

import ctypes
import io
import os
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnxruntime

CPU = "CPUExecutionProvider"
_CUDA = "CUDAExecutionProvider"
_CUDA_DRIVER = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"

WISH_VARIABLE = "SHORTLIST_PROVIDER"
"""Environment variable: "cpu" keeps the models on the CPU; "cuda", "dml", "coreml" or "openvino" tries that alone."""

# Most promising first, and what makes each give the CPU's results: by default CUDA rounds to 10 bits,
# OpenVINO to 16. On the CPU itself OpenVINO is no quicker than onnxruntime, so it is asked for Intel's graphics only.
_OTHERS: dict[str, dict[str, str]] = {
    _CUDA: {"use_tf32": "0"},
    "DmlExecutionProvider": {},
    "CoreMLExecutionProvider": {},
    "OpenVINOExecutionProvider": {"device_type": "GPU", "precision": "ACCURACY"},
}

_TOLERANCE = 0.01  # of an output's largest value: groups and eyes stay the same
_QUICKER = 0.8  # of the CPU's time, to be worth another device's memory
_PROBE_SIDE = 640  # pixels, where a model takes pictures of any size
_PROBES = 3  # the shortest of so many runs counts: now and then the neighbours take the processor

_without_device: set[str] = set()


def worth_trying() -> tuple[str, ...]:
    """Return those that are installed, most promising first; none where the user does not want any.

    Those without a device or its driver are left out from the first failure on.
    """
    import onnxruntime

    wish = os.environ.get(WISH_VARIABLE, "").casefold()
    installed = set(onnxruntime.get_available_providers()) - _without_device
    return tuple(
        name for name in _OTHERS if name in installed and wish in ("", name.casefold().split("execution")[0])
    )


def try_no_more(provider: str) -> None:
    """Leave a provider out for the rest of this process: its device or driver is not there."""
    _without_device.add(provider)


def find_libraries(provider: str) -> None:
    """Load CUDA and cuDNN from their Python packages, where their loader does not look by itself.

    They take 200 MB, so it is not done where the card's driver is missing.
    """
    import onnxruntime

    if provider != _CUDA or not hasattr(onnxruntime, "preload_dlls"):  # which came with onnxruntime 1.21
        return
    try:
        ctypes.CDLL(_CUDA_DRIVER)
    except OSError:
        return
    with redirect_stdout(io.StringIO()):  # it prints what it does not find
        onnxruntime.preload_dlls()


def options_of(provider: str) -> dict[str, str]:
    """Return what a provider has to be told for its results to be the CPU's."""
    return _OTHERS[provider]


def is_better(
    other: "onnxruntime.InferenceSession", on_cpu: "onnxruntime.InferenceSession", white: float
) -> bool:
    """Tell whether a session gives the CPU's result for a picture of noise, up to rounding, and sooner.

    Args:
        other: the one to judge.
        on_cpu: of the same model.
        white: the value of white in what the model takes.
    """
    picture = _noise(on_cpu, white)
    theirs, time_there = _run(other, picture)
    ours, time_here = _run(on_cpu, picture)
    same = all(_alike(one, another) for one, another in zip(ours, theirs, strict=True))
    return same and time_there < _QUICKER * time_here


def _run(
    session: "onnxruntime.InferenceSession", picture: dict[str, NDArray[Any]]
) -> tuple[Sequence[NDArray[Any]], float]:
    """Return the outputs, and the seconds of the shortest run but the first, at which memory is laid out."""
    outputs = session.run(None, picture)
    seconds = []
    for _ in range(_PROBES):
        start = time.perf_counter()
        outputs = session.run(None, picture)
        seconds.append(time.perf_counter() - start)
    return outputs, min(seconds)


def _alike(ours: NDArray[Any], theirs: NDArray[Any]) -> bool:
    reach = float(np.abs(ours).max(initial=0.0))
    return bool(np.allclose(ours, theirs, rtol=0.0, atol=_TOLERANCE * max(reach, 1e-3)))


def _noise(session: "onnxruntime.InferenceSession", white: float) -> dict[str, NDArray[Any]]:
    """Make noise from black to white, in the shape and type that a model takes."""
    random = np.random.default_rng(0)
    return {
        each.name: (white * random.random(_shape(each.shape))).astype(
            np.uint8 if "uint8" in each.type else np.float32
        )
        for each in session.get_inputs()
    }


def _shape(declared: Sequence[int | str | None]) -> list[int]:
    return [size if isinstance(size, int) else _PROBE_SIDE for size in declared]
