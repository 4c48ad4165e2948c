"""Entry point: the window, or one of the commands that need no screen."""

import errno
import multiprocessing
import sys
from collections.abc import Sequence

_AT_ITS_LIMITS = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``shortlist``; return the exit code."""
    multiprocessing.freeze_support()
    # Not above: each worker process loads this module before it can say what is wrong with it.
    from app.cli.terminal import readable
    from app.exit_codes import EXIT_BROKEN
    from core.errors import ShortlistError
    from core.language import tr

    try:
        from app.cli.parsing import parse, run

        return run(parse(sys.argv[1:] if arguments is None else arguments))
    except ShortlistError as error:
        print(readable(str(error)), file=sys.stderr)
    except (ImportError, MemoryError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in _AT_ITS_LIMITS:
            raise
        sentence = tr(
            "A part of Shortlist cannot be loaded ({reason}). Close other programs if memory is short; else "
            "reinstall Shortlist."
        )
        print(readable(sentence.format(reason=str(error) or type(error).__name__)), file=sys.stderr)
    return EXIT_BROKEN


if __name__ == "__main__":
    sys.exit(main())
