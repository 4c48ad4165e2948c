"""Starts onnxruntime sessions, quietly and on as many threads as asked."""

import onnxruntime

from core.errors import ModelError
from models.manifest import ModelFile

_FATAL_ONLY = 4  # onnxruntime's log severity: what goes wrong comes back as an exception


def open_session(model: ModelFile, threads: int) -> onnxruntime.InferenceSession:
    """Loads a model for the CPU.

    Args:
        model: which one.
        threads: threads that work on one call; 1 where many processes work side by side.

    Raises:
        ModelError: the file is missing, altered in length or not a model.
    """
    onnxruntime.disable_telemetry_events()  # Windows builds report through the system's tracing
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL_ONLY
    # Idle threads that spin would take the cores from the other worker processes.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    content = model.read()
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no other base
        raise ModelError(
            f"The model file {model.file} cannot be loaded; reinstall Shortlist. ({error})"
        ) from error
