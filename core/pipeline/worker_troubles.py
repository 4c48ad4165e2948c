"""What to tell the user where no worker can be had: one sentence with its cause, and what helps."""

import errno

from core.errors import PhotoError, ShortlistError, WorkersError
from core.language import Sentence, say
from core.pipeline.worker import LostError

_NO_MEMORY = (errno.ENOMEM, errno.EAGAIN)


def no_start(cause: BaseException) -> ShortlistError:
    """Say that a worker cannot be started or prepared, by what was raised; an error of ours says it itself.

    One about a photo can only be about the picture that workers try themselves on, which no user knows of.
    """
    if isinstance(cause, ShortlistError) and not isinstance(cause, PhotoError):
        return cause
    return WorkersError(_why(cause))


def no_word(cause: LostError | TimeoutError) -> WorkersError:
    """Say that workers end, or hang, before they are prepared."""
    if isinstance(cause, LostError):
        how = f"signal {-cause.code}" if cause.code and cause.code < 0 else str(cause)
        return WorkersError(
            say(
                "No photo can be measured: the programs that do it end as soon as they start ({how}). Look whether "
                "a virus scanner stops them and whether memory is left, or restart the computer.",
                how=how,
            )
        )
    return WorkersError(
        say(
            "No photo can be measured: the programs that do it do not start in time. Look whether a virus scanner "
            "holds them up, or restart the computer."
        )
    )


def too_many_lost() -> WorkersError:
    """Say that workers are ended from outside, whatever photo they are at."""
    return WorkersError(
        say(
            "Measuring was given up: the programs that do it are ended again and again, whatever photo they are at. "
            "Most likely memory runs out: close other programs and open the folder again."
        )
    )


def no_memory() -> WorkersError:
    """Say that there is too little memory for any photo."""
    return WorkersError(
        say(
            "No photo can be measured: there is not enough memory. Close other programs and open the folder again."
        )
    )


def _why(cause: BaseException) -> Sentence:
    if isinstance(cause, MemoryError | RuntimeError) or (
        isinstance(cause, OSError) and cause.errno in _NO_MEMORY
    ):
        return no_memory().sentence
    if isinstance(cause, ImportError):
        return say(
            "No photo can be measured: a part of Shortlist cannot be loaded ({reason}). Reinstall Shortlist, and "
            "look whether a virus scanner holds a file back.",
            reason=str(cause),
        )
    reason: object = f"{type(cause).__name__}: {cause}"
    if isinstance(cause, PhotoError):
        reason = cause.sentence
    elif isinstance(cause, OSError) and cause.strerror:
        reason = cause.strerror
    return say(
        "No photo can be measured: the programs that do it cannot be started ({reason}). Close other programs, or "
        "restart the computer.",
        reason=reason,
    )
