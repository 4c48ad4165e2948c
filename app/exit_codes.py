"""What commands tell by their exit codes, and how their ``--help`` says it."""

EXIT_OK = 0
EXIT_SOME_FAILED = 1  # the job is done, but some files could not be used; they are named on stderr
EXIT_USAGE = 2  # argparse's own
EXIT_NOTHING = 3  # no photos, or the folder cannot be read
EXIT_BROKEN = 4  # our own store or models cannot be used
EXIT_CANCELLED = 130

EXIT_CODES = """\
exit codes:
  0    done
  1    done, but some files could not be used or written (each is named on stderr)
  2    wrong usage
  3    no photos found, or the folder cannot be read
  4    Shortlist's own models or database, or the cluster, cannot be used (see `shortlist doctor`)
  130  cancelled
"""
