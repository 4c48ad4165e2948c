"""Starts onnxruntime sessions, quietly and on as many threads as asked."""

from typing import Protocol

import onnxruntime

from core.errors import ModelError

_FATAL_ONLY = 4  # onnxruntime's log severity: what goes wrong comes back as an exception


class Weights(Protocol):
    """A weight file, wherever it lies."""

    @property
    def file(self) -> str:
        """Its name, for messages."""
        ...

    @property
    def sha256(self) -> str:
        """Of its content."""
        ...

    @property
    def remedy(self) -> str:
        """What the user can do where it is damaged, such as "reinstall Shortlist"."""
        ...

    def read(self) -> bytes:
        """Its content. Raises ``core.errors.ModelError``."""
        ...


def open_session(weights: Weights, threads: int) -> onnxruntime.InferenceSession:
    """Loads a model for the CPU.

    Args:
        weights: which one.
        threads: threads that work on one call; 1 where many processes work side by side.

    Raises:
        ModelError: the file is missing, altered in length or not a model.
    """
    onnxruntime.disable_telemetry_events()  # once more: see ``models/__init__.py``
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL_ONLY
    # Idle threads that spin would take the cores from the other worker processes.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    content = weights.read()
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no other base
        raise ModelError(
            f"The model file {weights.file} cannot be loaded; {weights.remedy}. ({error})"
        ) from error
