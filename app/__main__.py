"""Entry point: the window, or one of the commands that need no screen."""

import errno
import multiprocessing
import sys
import traceback
from collections.abc import Sequence

_AT_ITS_LIMITS = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``shortlist``; return the exit code."""
    # Not above: each worker process loads this module before it can say what is wrong with it.
    from app.cli.standard_streams import standard_streams

    with standard_streams() as show_untold:
        multiprocessing.freeze_support()  # a worker process goes no further
        try:
            return _run(arguments)
        finally:
            show_untold()


def _run(arguments: Sequence[str] | None) -> int:
    from app.cli.standard_streams import OutputUnreadError, end_output
    from app.cli.terminal import readable
    from app.exit_codes import EXIT_BROKEN, EXIT_CANCELLED, EXIT_FAULT, EXIT_UNREAD, code_of
    from core.errors import ShortlistError
    from core.language import tr

    try:
        from app.cli.parsing import parse, run

        try:
            code = run(parse(sys.argv[1:] if arguments is None else arguments))
        except SystemExit:  # argparse's, as after the help
            sys.stdout.flush()
            raise
        sys.stdout.flush()
        return code
    except OutputUnreadError:
        end_output()
        return EXIT_UNREAD
    except KeyboardInterrupt:
        return EXIT_CANCELLED
    except ShortlistError as error:
        print(readable(str(error)), file=sys.stderr)
        return code_of(error)
    except Exception as error:  # noqa: BLE001 - the last net: Python would end in 1, as if some files had failed
        if isinstance(error, ImportError | MemoryError) or _is_at_its_limits(error):
            sentence = tr(
                "A part of Shortlist cannot be loaded ({reason}). Close other programs if memory is short; else "
                "reinstall Shortlist."
            )
            print(readable(sentence.format(reason=str(error) or type(error).__name__)), file=sys.stderr)
            return EXIT_BROKEN
        traceback.print_exc()
        return EXIT_FAULT


def _is_at_its_limits(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in _AT_ITS_LIMITS


if __name__ == "__main__":
    sys.exit(main())
