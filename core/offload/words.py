"""What copying from cards would do and did, in sentences: the same in the window and on the command line."""

from core.language import explained, ntr, numeral, tr
from core.offload.outcome import OffloadResult
from core.offload.plan import OffloadPlan, PlannedOffload, Step, disk_of, free_bytes
from core.offload.progress import OffloadProgress
from core.offload.verify import Verified
from core.sizes import spelled


def offload_words(plan: OffloadPlan) -> str:
    """Say what a plan comes to, such as "1,204 files (31.2 GB) to copy, 12 there already"."""
    if not plan.files:
        return tr("There is nothing to copy.")
    copies = [file for file in plan.files if file.copies()]
    size = sum(file.source.size_bytes for file in copies)
    count = len(copies)
    words = ntr("{count} file ({size}) to copy", "{count} files ({size}) to copy", count)
    parts = [words.format(count=numeral(count), size=spelled(size))] if copies else []
    others = [file for file in plan.files if not file.copies()]
    for step, words in (
        (Step.COMPARE, tr("{count} to compare with what is there")),
        (Step.KEEP, tr("{count} there already")),
        (Step.LEAVE, tr("{count} small files of which another version is there")),
    ):
        if found := sum(_chief(file) is step for file in others):
            parts.append(words.format(count=numeral(found)))
    return ", ".join(parts)


def left_words(plan: OffloadPlan) -> str:
    """Say what stays on the cards beside photos and films; "" where nothing does."""
    if not plan.left:
        return ""
    return ntr(
        "{count} other file on the card is neither a photo nor a film, and stays there.",
        "{count} other files on the card are neither photos nor films, and stay there.",
        plan.left,
    ).format(count=numeral(plan.left))


def room_words(plan: OffloadPlan) -> list[str]:
    """Say of each target that has too little room how much is wanted, and how much is free."""
    words = []
    for target in plan.targets:
        needed, free = plan.needed(target), free_bytes(target)
        if free is not None and needed > free:
            words.append(
                tr("“{folder}” has too little room: {needed} are wanted, {free} are free.").format(
                    folder=target, needed=spelled(needed), free=spelled(free)
                )
            )
    return words


def target_words(plan: OffloadPlan) -> list[str]:
    """Say what of the targets may not be what was meant: one that is not there, two on one disk."""
    if not any(file.copies() for file in plan.files):
        return []
    words = [
        tr("“{folder}” is not there yet and will be made.").format(folder=target)
        for target in plan.targets
        if not target.exists()
    ]
    if len(plan.targets) > 1 and len({disk_of(target) for target in plan.targets}) == 1:
        words.append(tr("Both copies go to the same disk; if it fails, both are gone."))
    return words


def progress_words(progress: OffloadProgress) -> str:
    """Say how far it is, such as "312 of 500 files, 7.8 of 12.5 GB, 212 MB/s, 25 s left"."""
    words = [
        tr("{done} of {all} files").format(done=numeral(progress.files), all=numeral(progress.of_files)),
        tr("{done} of {all}").format(done=spelled(progress.size_bytes), all=spelled(progress.of_bytes)),
    ]
    if progress.per_second:
        words.append(tr("{size} a second").format(size=spelled(round(progress.per_second))))
    if progress.seconds_left is not None and progress.share < 1:
        words.append(_time_left(progress.seconds_left))
    return ", ".join(words)


def offload_result_words(result: OffloadResult) -> str:
    """Sum up what was done, in whole sentences."""
    sentences = []
    if result.copied:
        sentences.append(
            ntr(
                "{count} file ({size}) was copied, read again and compared.",
                "{count} files ({size}) were copied, read again and compared.",
                result.copied,
            ).format(count=numeral(result.copied), size=spelled(result.size_bytes))
        )
    if result.there:
        sentences.append(
            ntr("{count} was there already.", "{count} were there already.", result.there).format(
                count=numeral(result.there)
            )
        )
    if result.left:
        sentences.append(
            ntr(
                "Of {count} small file another version is there, which was left.",
                "Of {count} small files another version is there, which was left.",
                result.left,
            ).format(count=numeral(result.left))
        )
    sentences += [_end_words(result), left_words(result.plan)]
    return " ".join(sentence for sentence in sentences if sentence)


def verified_words(verified: Verified) -> str:
    """Sum up what was found when copies were read again, in whole sentences."""
    sentences = [
        ntr("{count} file is what it was.", "{count} files are what they were.", verified.sound).format(
            count=numeral(verified.sound)
        )
    ]
    changed, missing, unreadable = map(len, (verified.changed, verified.missing, verified.unreadable))
    edited, strange = len(verified.edited), verified.not_understood
    if changed:
        words = ntr("{count} has changed.", "{count} have changed.", changed)
        sentences.append(words.format(count=numeral(changed)))
    if missing:
        words = ntr("{count} is missing.", "{count} are missing.", missing)
        sentences.append(words.format(count=numeral(missing)))
    if unreadable:
        words = ntr("{count} cannot be read.", "{count} cannot be read.", unreadable)
        sentences.append(words.format(count=numeral(unreadable)))
    if edited:
        words = ntr(
            "{count} sidecar was written since, as exports do.",
            "{count} sidecars were written since, as exports do.",
            edited,
        )
        sentences.append(words.format(count=numeral(edited)))
    if strange:
        words = ntr(
            "{count} line of the list is no checksum.", "{count} lines of the list are no checksums.", strange
        )
        sentences.append(words.format(count=numeral(strange)))
    if verified.cancelled:
        sentences.append(tr("It was stopped before all were read."))
    return " ".join(sentences)


def verified_lines(verified: Verified) -> list[str]:
    """Name each photo and film that is not what it was, with what is wrong."""
    return [
        *(explained(str(path), tr("changed")) for path in verified.changed),
        *(explained(str(path), tr("missing")) for path in verified.missing),
        *(explained(str(path), reason) for path, reason in verified.unreadable.items()),
    ]


def _end_words(result: OffloadResult) -> str:
    """Say whether the cards may be wiped as far as this copying goes, and if not, why."""
    missing = result.missing
    if not missing:
        return "" if result.unlisted else tr("Nothing is missing.")
    count = numeral(missing)
    if result.gone:
        return ntr(
            "The card was disconnected: {count} file is missing. Connect it and copy once more; it goes on where it "
            "stopped.",
            "The card was disconnected: {count} files are missing. Connect it and copy once more; it goes on where it "
            "stopped.",
            missing,
        ).format(count=count)
    if result.cancelled:
        return ntr(
            "It was stopped: {count} file is missing. Copy once more, and it goes on where it stopped.",
            "It was stopped: {count} files are missing. Copy once more, and it goes on where it stopped.",
            missing,
        ).format(count=count)
    return ntr(
        "{count} file is not in every folder; keep the card as it is.",
        "{count} files are not in every folder; keep the card as it is.",
        missing,
    ).format(count=count)


def _chief(file: PlannedOffload) -> Step:
    """Return what takes longest of what would be done with a file."""
    steps = {place.step for place in file.places}
    return next(step for step in Step if step in steps)


def _time_left(seconds: float) -> str:
    """Say how long it takes yet: to the second at the end, to the minute before."""
    if seconds < 90:
        return tr("{count} s left").format(count=numeral(max(round(seconds), 1)))
    return tr("{count} min left").format(count=numeral(round(seconds / 60)))
