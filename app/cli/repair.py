"""``shortlist repair``: what can be put in the place of damaged decisions, and doing it."""

import argparse

from app.cli.results import Results
from app.cli.terminal import readable
from app.exit_codes import EXIT_BROKEN, EXIT_OK, EXIT_USAGE
from app.logging_setup import set_up_logging
from app.paths import places
from app.repair import take, ways_out
from core.language import tr
from core.persistence.rescue import look_at
from core.persistence.session_store import SessionStore
from core.persistence.troubles import DamagedError


def repair(options: argparse.Namespace) -> int:
    """Say what there is to choose from, or do what was chosen; return the exit code.

    Raises:
        StoreError: the file cannot be opened for another reason, or not be written.
    """
    console = Results()
    where = places()
    set_up_logging(where.log)
    try:
        SessionStore.open(where.decisions).close()
    except DamagedError as error:
        reason = str(error)
    else:
        console.print(tr("The file of your decisions is sound."), markup=False)
        return EXIT_OK
    ways = ways_out(look_at(where.decisions))
    chosen = next((way for way in ways if way.name == options.way), None)
    if chosen is not None:
        console.print(readable(take(chosen)), markup=False)
        return EXIT_OK
    console.print(readable(reason), markup=False)
    for way in ways:
        command = f"shortlist repair {way.name}"
        console.print(readable(f"  {command:<30}{way.title}"), markup=False)
        if way.explanation:
            console.print(readable(f"  {'':<30}{way.explanation}"), markup=False)
    return EXIT_USAGE if options.way else EXIT_BROKEN
