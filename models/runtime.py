"""Starts onnxruntime sessions, quietly, where they run fastest and on as many threads as asked.

The library is loaded with the first session and not before: the window's own process has none.
"""

import hashlib
import logging
from typing import TYPE_CHECKING, Protocol

from core.errors import ModelError
from core.freed_memory import give_back_freed_memory
from core.language import Sentence, say
from models.providers import CPU, find_libraries, is_better, options_of, try_no_more, worth_trying

if TYPE_CHECKING:
    import onnxruntime

_log = logging.getLogger(__name__)

_FATAL_ONLY = 4  # onnxruntime's log severity: what goes wrong is raised as an exception


class ModelWeights(Protocol):
    """A weight file, wherever it lies."""

    @property
    def file(self) -> str:
        """Its name, for messages."""
        ...

    @property
    def sha256(self) -> str:
        """The sha256 of its content."""
        ...

    @property
    def remedy(self) -> Sentence:
        """What the user can do where it is damaged, such as ``say("reinstall Shortlist")``."""
        ...

    def read(self) -> bytes:
        """Read its content. Raises ``core.errors.ModelError``."""
        ...


def read_checked(weights: ModelWeights) -> bytes:
    """Return the content of a weight file, checked by its sha256: other weights would measure otherwise.

    Raises:
        ModelError: the file is missing or is not that one.
    """
    content = weights.read()
    if hashlib.sha256(content).hexdigest() != weights.sha256:
        raise ModelError(
            say("The model file {file} is damaged; {remedy}.", file=weights.file, remedy=weights.remedy)
        )
    return content


def open_session(weights: ModelWeights, threads: int, white: float = 1.0) -> "onnxruntime.InferenceSession":
    """Load a model where it runs fastest, see ``models.providers``.

    Args:
        weights: which one.
        threads: of the CPU that work on one call; 1 where many processes work side by side.
        white: the value of white in what the model takes.

    Raises:
        ModelError: the file is missing, altered or not a model.
    """
    session = _open_fastest(weights, threads, white)
    give_back_freed_memory()  # loading takes several times what a model keeps
    return session


def _open_fastest(weights: ModelWeights, threads: int, white: float) -> "onnxruntime.InferenceSession":
    import onnxruntime

    content = read_checked(weights)
    # A device without a driver must not print red lines in the terminal.
    onnxruntime.set_default_logger_severity(_FATAL_ONLY)
    try:
        on_cpu = onnxruntime.InferenceSession(content, _options(threads), providers=[CPU])
    except Exception as error:  # onnxruntime's own errors share no other base
        raise ModelError(
            say(
                "The model file {file} cannot be loaded; {remedy}. ({cause})",
                file=weights.file,
                remedy=weights.remedy,
                cause=error,
            )
        ) from error
    for provider in worth_trying():
        other = _better_on(provider, content, on_cpu, white)
        if other is not None:
            _log.info("%s runs on %s", weights.file, provider)
            return other
    return on_cpu


def _better_on(
    provider: str, content: bytes, on_cpu: "onnxruntime.InferenceSession", white: float
) -> "onnxruntime.InferenceSession | None":
    """Load the model on another provider than the CPU; None where it does not start there, or is no better."""
    import onnxruntime

    options = _options(threads=1)
    options.enable_mem_pattern = provider != "DmlExecutionProvider"  # which refuses to start with it
    providers = [(provider, options_of(provider)), CPU]
    try:
        find_libraries(provider)
        session = onnxruntime.InferenceSession(content, options, providers=providers, enable_fallback=0)
        if session.get_providers()[0] != provider:  # onnxruntime takes the CPU then, and says nothing
            _log.info("%s has no device here, or no driver", provider)
            try_no_more(provider)
            return None
        if not is_better(session, on_cpu, white):
            return None
    except Exception:  # noqa: BLE001 - a missing driver, too little memory: whatever it is, the CPU can do it
        _log.info("%s cannot be used", provider, exc_info=True)
        return None
    session.enable_fallback()  # a device that fails later on costs speed, but no photo
    return session


def _options(threads: int) -> "onnxruntime.SessionOptions":
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # once more: see ``models/__init__.py``
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL_ONLY
    # Its own store of memory never shrinks, and a photo's pixels could not use any of it.
    options.enable_cpu_mem_arena = False
    # Idle threads that spin would take the cores from the other worker processes.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
