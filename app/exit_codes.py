"""What commands tell by their exit codes: how ``--help`` says it, and which error ends in which."""

from collections.abc import Iterable

from core.errors import FileError, NoLibraryError, RequestError, ShortlistError, SourceError, StoreError

EXIT_OK = 0
EXIT_SOME_FAILED = 1  # the job is done, but some files could not be used; they are named on stderr
EXIT_USAGE = 2  # argparse's own
EXIT_NOTHING = 3  # no photos, nobody of that name, or the folder cannot be read
EXIT_BROKEN = 4  # our own store or models cannot be used
EXIT_FAULT = 70  # what nobody expected; Python would say 1, as if some files had failed
EXIT_CANCELLED = 130
EXIT_UNREAD = 141  # as a shell says it of those that end by SIGPIPE

_SAID = {
    EXIT_OK: "done",
    EXIT_SOME_FAILED: "done, but some files could not be used or written (each is named on stderr)",
    EXIT_USAGE: "wrong usage, or a file that is not what it has to be; nothing was done",
    EXIT_NOTHING: "nothing there: no photos, nothing or nobody found, or a folder that cannot be read",
    EXIT_BROKEN: "Shortlist's own models or database, or the cluster, cannot be used (see `shortlist doctor`)",
    EXIT_FAULT: "a fault in Shortlist itself; what was decided is kept",
    EXIT_CANCELLED: "cancelled",
    EXIT_UNREAD: "nobody reads the results any more, as behind `| head`",
}
_OF_ALL = (EXIT_OK, EXIT_USAGE, EXIT_FAULT, EXIT_CANCELLED, EXIT_UNREAD)


def exit_codes(own: Iterable[int]) -> str:
    """Return the lines of a command's help that say what its exit codes mean.

    Args:
        own: those it has beside the ones that every command has.
    """
    codes = sorted({*_OF_ALL, *own})
    return "exit codes:\n" + "".join(f"  {code:<5}{_SAID[code]}\n" for code in codes)


def code_of(error: ShortlistError) -> int:
    """Return the code in which a command ends that an error ended."""
    if isinstance(error, StoreError):
        return EXIT_BROKEN
    if isinstance(error, SourceError | NoLibraryError):
        return EXIT_NOTHING
    return EXIT_USAGE if isinstance(error, FileError | RequestError) else EXIT_BROKEN
