"""The one table of the commands of ``shortlist``: their words, and the module that does each.

A command's module is loaded only when it runs: a script's ``shortlist cull`` should not wait for Qt.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from app.cli.arguments import cards, clients, export, learned, library, program, shoot
from app.exit_codes import EXIT_BROKEN, EXIT_NOTHING, EXIT_SOME_FAILED

_OF_PHOTOS = (EXIT_SOME_FAILED, EXIT_NOTHING, EXIT_BROKEN)


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One row.

    Attributes:
        word: what is said.
        help: what it does, in a line.
        add_arguments: adds what can be said behind it.
        done_by: "module:function" below ``app``; the function takes the options and returns the exit code.
        description: what it does, in some sentences; ``help`` where that is enough.
        codes: its exit codes beside those of every command; its help lists them all.
    """

    word: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], object]
    done_by: str
    description: str = ""
    codes: tuple[int, ...] = ()

    def run(self, options: argparse.Namespace) -> int:
        """Do it; return the exit code."""
        module, _, function = self.done_by.partition(":")
        do: Callable[[argparse.Namespace], int] = getattr(import_module(f"app.{module}"), function)
        return do(options)


def _nothing_more(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: the word is all that is said."""


COMMANDS = (
    Subcommand(
        "cull",
        "do the whole job with no screen",
        shoot.add_cull,
        "cli.cull:cull",
        "Analyses a shoot and exports the suggestions, together with what you decided before.",
        codes=_OF_PHOTOS,
    ),
    Subcommand(
        "export",
        "write out what was decided",
        export.add_export,
        "cli.export:export_decisions",
        "Exports what you decided in the window. Nothing is analysed.",
        codes=_OF_PHOTOS,
    ),
    Subcommand(
        "proofs",
        "make a gallery in which a client chooses",
        clients.add_proofs,
        "cli.export:export_decisions",
        "Writes a folder with a page for any browser, from a disk or a web space, in which a client marks favourites "
        "and leaves words. What the client sends back is read by shortlist choice; `shortlist export --undo` takes "
        "the folder away.",
        codes=_OF_PHOTOS,
    ),
    Subcommand(
        "choice",
        "take in what a client chose",
        clients.add_choice,
        "cli.choice:take_choice",
        "Reads what a client chose: the file or the text of a proof gallery, a table (CSV), or any words with names "
        "and numbers, such as “DSC_0412, 415-418”. What needs a look is said.",
        codes=_OF_PHOTOS,
    ),
    Subcommand(
        "ingest",
        "copy photos from a card, and prove the copies",
        cards.add_ingest,
        "cli.ingest:ingest",
        "Copies all photos and films of cards, with what belongs to them. Each copy is read again from its disk and "
        "compared; a list of checksums beside the copies is checked by `shortlist verify FOLDER` or `b2sum -c`. What "
        "is there already is not copied again, so an interrupted copy goes on where it stopped. Decisions go along. "
        "The card is only read.",
        codes=_OF_PHOTOS,
    ),
    Subcommand(
        "verify",
        "check copies against their checksums",
        cards.add_verify,
        "cli.verify:verify_copies",
        "Reads every file again that was copied from a card into FOLDER and below, and compares it with its checksum.",
        codes=(EXIT_SOME_FAILED, EXIT_NOTHING),
    ),
    Subcommand(
        "find",
        "find photos by word",
        shoot.add_find,
        "cli.find:find",
        "Finds photos by file name, keyword, caption, place, look, camera, lens and by what they show, such as: "
        "shortlist find FOLDER dog -car lens:85 after:14:00 rating:>=3. What was not measured yet is measured first. "
        "In all shoots together: find similar, duplicates, words (each with --help).",
        codes=_OF_PHOTOS,
    ),
    Subcommand(
        "looks",
        "list which kinds of picture there are",
        shoot.add_looks,
        "cli.looks:looks",
        "Sorts a shoot by what its photos look like. What was not measured yet is measured first.",
        codes=_OF_PHOTOS,
    ),
    Subcommand(
        "people",
        "list the people with a name, let one count more, or forget them",
        learned.add_people,
        "cli.people:people",
        "People you named in a shoot are proposed in others. The names, and what tells these faces from others, are "
        "kept on this computer.",
        codes=(EXIT_NOTHING, EXIT_BROKEN),
    ),
    Subcommand(
        "taste",
        "say what was learned from your decisions, keep it, forget it",
        learned.add_taste,
        "cli.taste:taste",
        "What counts to you in a frame, learned from what you picked and rejected in bursts. It ranks only where it "
        "agrees with you better than the standard does. Nothing of it leaves this computer.",
        codes=(EXIT_NOTHING, EXIT_BROKEN),
    ),
    Subcommand(
        "models",
        "choose the model that tells what looks alike",
        program.add_models,
        "cli.models:models",
        codes=(EXIT_BROKEN,),
    ),
    Subcommand(
        "doctor",
        "say what works on this machine",
        _nothing_more,
        "cli.doctor:doctor",
        codes=(EXIT_BROKEN,),
    ),
    Subcommand(
        "repair",
        "bring damaged decisions back",
        program.add_repair,
        "cli.repair:repair",
        "Says whether the file of your decisions is sound and, where it is not, what can be put in its place. The "
        "damaged file is kept in any case.",
        codes=(EXIT_BROKEN,),
    ),
    Subcommand(
        "demo",
        "try everything on a demo shoot",
        program.add_demo,
        "cli.demo:demo",
        "Opens the window on public-domain pictures, made into a shoot on the spot. None of your photos is touched, "
        "and nothing is learned from what you decide on them.",
        codes=(EXIT_BROKEN,),
    ),
)

SELF_TEST = Subcommand(
    "self-test",
    "go once through the whole program with made-up photos, and say what works",
    _nothing_more,
    "self_test:self_test",
    codes=(EXIT_BROKEN,),
)
WINDOW = Subcommand(
    "window", "open the window", program.add_sources, "cli.window:window", codes=(EXIT_BROKEN,)
)
IN_LIBRARY = Subcommand(
    "library",
    "find photos in all shoots",
    library.add_library,
    "cli.library:library",
    "Finds photos in all shoots that were ever measured, also those on drives that are away.",
    codes=_OF_PHOTOS,
)

BY_WORD = {command.word: command for command in (*COMMANDS, SELF_TEST, WINDOW, IN_LIBRARY)}
