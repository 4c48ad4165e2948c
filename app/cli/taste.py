"""``shortlist taste``: what was learned from the user's decisions, and the profiles a shoot can have."""

import argparse
from pathlib import Path

from rich.table import Table

from app.cli.headless import Headless, run_headless
from app.cli.results import Results
from app.cli.terminal import readable
from app.exit_codes import EXIT_NOTHING, EXIT_OK, EXIT_USAGE
from app.taste_files import bring, write_text
from core.taste.profiles import ShootProfile, is_shipped, title_of, write_profile
from core.taste.taste_file import TasteFile
from core.taste.words import account_words, verdict_words


def taste(options: argparse.Namespace) -> int:
    """Do what the command line asks for; return the exit code."""
    return run_headless(lambda headless: _do(options, headless))


def _do(options: argparse.Namespace, headless: Headless) -> int:
    services = headless.services
    named = options.name if options.action == "profile" else getattr(options, "profile", "")
    if named and named not in services.profiles:
        headless.tell(f"There is no profile “{named}”; `shortlist taste profiles` lists them.")
        return EXIT_USAGE
    match options.action:
        case "show":
            _show(options.profile, headless)
        case "export":
            write_text(options.file, services.taste.export(options.profile))
            headless.tell(f"What was learned is in {options.file}. It tells of no photo and no shoot.")
        case "import":
            _bring(options.file, headless)
        case "forget":
            services.taste.forget()
            services.measures.forget_groups()  # they are ranked by what was learned
            headless.tell(
                "All that was learned is forgotten. Only what you decide from now on teaches again."
            )
        case "on" | "off":
            services.taste.switch(options.action == "on")
            _show("", headless)
        case "leave-out" | "take-in":
            return _leave_out(options.folder.absolute(), options.action == "leave-out", headless)
        case "profiles":
            _list_profiles(headless)
        case "profile":
            own = f"my_{named}" if is_shipped(named) else named
            write_text(options.file, write_profile(services.profiles[named], own))
            headless.tell(
                f"{options.file} holds the profile as “{own}”: change it, then `shortlist taste import` it."
            )
    return EXIT_OK


def _show(profile: str, headless: Headless) -> None:
    mine = headless.services.taste
    learned = mine.learned(profile)
    out = Results()
    out.print(verdict_words(learned.verdict), markup=False)
    if not mine.is_on:
        out.print("It is switched off: nothing is learned, and the standard ranks (shortlist taste on).")
    table = Table("term", "yours", "standard", "bursts that tell", "", box=None, pad_edge=False)
    for told in learned.terms:
        shares = (f"{100 * share:.0f} %" for share in (told.learned, told.standard))
        table.add_row(told.term, *shares, str(told.bursts), account_words(told))
    out.print(table)
    for folder, (count, is_out) in mine.shoots().items():
        bursts = f"{count} burst{'' if count == 1 else 's'}"
        out.print(readable(f"{folder}: {bursts}{', left out' if is_out else ''}"), markup=False)


def _bring(path: Path, headless: Headless) -> None:
    """Take in a file of either kind, and say what it was."""
    match bring(path, headless.services):
        case TasteFile(profile=name):
            words = verdict_words(headless.services.taste.verdict(name))
            headless.tell(f"Learning starts from {path}. {words}")
        case ShootProfile() as profile:
            headless.tell(
                f"The profile “{title_of(profile)}” can be chosen: shortlist cull FOLDER --profile {profile.name}"
            )


def _leave_out(folder: Path, left_out: bool, headless: Headless) -> int:
    mine = headless.services.taste
    known = [shoot for shoot in mine.shoots() if shoot == folder or folder in shoot.parents]
    if not known:
        headless.tell(f"Nothing was learned from {folder}.")
        return EXIT_NOTHING
    for shoot in known:
        mine.leave_out_shoot(shoot, left_out)
        headless.tell(f"{shoot}: {'left out' if left_out else 'learned from again'}.")
    return EXIT_OK


def _list_profiles(headless: Headless) -> None:
    table = Table("name", "title", "takes for meant", "weights beside the standard", box=None, pad_edge=False)
    for profile in headless.services.profiles.values():
        factors = (f"{term} x {factor:g}" for term, factor in profile.factors.items() if factor != 1)
        forgiven = ", ".join(sorted(flaw.replace("_", " ") for flaw in profile.forgives))
        table.add_row(
            profile.name, title_of(profile), forgiven or "nothing", ", ".join(factors) or "the same"
        )
    Results().print(table, soft_wrap=False)
