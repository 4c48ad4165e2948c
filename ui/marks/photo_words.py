"""A photo's facts and the program's advice in words, as the why-line says them."""

from collections.abc import Mapping, Sequence

from core.grouping.words import grounds_in_words
from core.language import explained, mark, numeral, tr
from core.moments import moment_in_figures, time_in_figures
from core.ranking import likely_rejects
from core.ranking.argued import Argued
from core.ranking.argument_words import points_words, robustness_words, with_person
from core.ranking.reasons import in_words
from core.ranking.terms.table import TERMS
from core.shoot.shoot import Shoot
from core.typed_words import TypedKind, spoken_word
from core.types import (
    Cluster,
    ClusterKind,
    Fact,
    FrameScore,
    Label,
    Photo,
    PhotoId,
    Shot,
    Sureness,
    Term,
    Thing,
    TimeSource,
)

_SAME = 1e-6  # difference of totals that is none
_WORTH_SAYING = 0.01  # a term's lead, in parts of the total, under which two frames are alike in it

LABEL_WORDS: Mapping[Label, str] = {
    Label.RED: mark("Red label"),
    Label.YELLOW: mark("Yellow label"),
    Label.GREEN: mark("Green label"),
    Label.BLUE: mark("Blue label"),
    Label.PURPLE: mark("Purple label"),
}
"""The labels as what a photo has, to be translated."""

_PLACES = {
    ClusterKind.BURST: mark("{place} of {count} in burst"),
    ClusterKind.BRACKET: mark("{place} of {count} in bracket"),
}


def shot_facts(shot: Shot) -> str:
    """Write the exposure as photographers do, such as "1/250 s f/4 ISO 400 50 mm"; "" where unknown."""
    facts = []
    if shot.exposure_time:
        facts.append(exposure_time(shot.exposure_time))
    if shot.f_number:
        facts.append(f"f/{numeral(shot.f_number, 'g')}")
    if shot.iso:
        facts.append(f"ISO {shot.iso}")
    if shot.focal_length:
        facts.append(f"{numeral(shot.focal_length, 'g')} mm")
    if shot.exposure_bias:
        facts.append(f"{numeral(shot.exposure_bias, '+.1f')} EV".replace("-", "−"))
    return "  ".join(facts)


def exposure_time(seconds: float) -> str:
    """Write a shutter time: a fraction below 0.3 s, as cameras show it."""
    return f"1/{round(1 / seconds)} s" if seconds < 0.3 else f"{numeral(seconds, '.3g')} s"


def thing_words(things: Sequence[Thing]) -> str:
    """Say what a photo surely shows; "" for nothing that is known."""
    shown = ", ".join(spoken_word(TypedKind.THING, thing.word) for thing in things)
    return tr("it shows: {thing}").format(thing=shown) if shown else ""


def time_taken(photo: Photo) -> str:
    """Write date and time, marked where the file's date stands in for the camera's or its clock was set right.

    Where the clock was turned in the course of the shoot, by how much it was ahead: photos are in order of real time.
    """
    if photo.taken_at is None or photo.moment is None:
        return tr("no date")
    words = moment_in_figures(photo.moment, seconds=True)
    if photo.zone is not None and photo.zone.turned and photo.utc_offset_minutes is not None:
        words = f"{words} ({_offset(photo.utc_offset_minutes)})"
    if photo.clock_shift:
        write = time_in_figures if photo.taken_at.date() == photo.moment.date() else moment_in_figures
        return tr("{time} (camera: {camera})").format(time=words, camera=write(photo.taken_at, seconds=True))
    return (
        words if photo.time_source is TimeSource.EXIF else tr("{time} (date of the file)").format(time=words)
    )


def _offset(minutes: int) -> str:
    """Write an offset such as "UTC+2" or "UTC−3:30"."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def place_in_group(photo_id: PhotoId, cluster: Cluster, *, grounds: bool = True) -> str:
    """Say where the frame stands in its group and, if wanted, what holds the group together; "" for a single."""
    if cluster.kind is ClusterKind.SINGLE:
        return ""
    number, count = cluster.photo_ids.index(photo_id) + 1, len(cluster.photo_ids)
    place = tr(_PLACES[cluster.kind]).format(place=number, count=count)
    held = grounds_in_words(cluster) if grounds else ""
    return f"{place} ({held})" if held else place


def is_damaged(photo_id: PhotoId, shoot: Shoot) -> bool:
    """Tell whether the photo's own file is damaged, as far as it was measured."""
    analysis = shoot.analyses.get(photo_id)
    return analysis is not None and analysis.damage is not None


def why(photo_id: PhotoId, shoot: Shoot, argued: Argued | None = None) -> str:
    """Say why this frame is suggested, or what it lacks; of a copy, whose it is; first of all what is damaged.

    Args:
        photo_id: the frame.
        shoot: it is in.
        argued: of its burst: by whom it loses, and how far a suggestion hangs on the weights; None as long as that
            is not known.
    """
    if is_damaged(photo_id, shoot):
        return " ".join(filter(None, (_failure(photo_id, shoot), _why(photo_id, shoot, argued))))
    if flaws := why_reject(photo_id, shoot):
        return " · ".join((flaws, *([_why(photo_id, shoot, argued)] if shoot.score(photo_id) else [])))
    return _why(photo_id, shoot, argued)


def _failure(photo_id: PhotoId, shoot: Shoot) -> str:
    """Return why a photo, or a part of it, cannot be used; "" for a sound one."""
    return next((each.reason for each in shoot.failures if each.photo_id == photo_id), "")


def why_reject(photo_id: PhotoId, shoot: Shoot) -> str:
    """Say why a photo is one, such as "Likely a reject: black"; "" for any other photo."""
    flaws = ", ".join(map(likely_rejects.in_words, shoot.why_reject(photo_id)))
    return tr("Likely a reject: {flaws}").format(flaws=flaws) if flaws else ""


def _why(photo_id: PhotoId, shoot: Shoot, argued: Argued | None) -> str:
    original = shoot.copies.get(photo_id)
    if original is not None and original in shoot.photos:
        here, there = shoot.photos[photo_id].path, shoot.photos[original].path
        name = there.name if here.parent == there.parent else f"{there.parent.name}/{there.name}"
        words = tr("A copy of {name}, which is preferred.").format(name=name)
        return f"{words} {_why_in_group(photo_id, shoot, argued)}"
    return _why_in_group(photo_id, shoot, argued)


def _why_in_group(photo_id: PhotoId, shoot: Shoot, argued: Argued | None) -> str:
    cluster = shoot.cluster_of(photo_id)
    if cluster.kind is ClusterKind.SINGLE:
        if shoot.photos[photo_id].is_film:
            return tr("A film, shown by one of its frames: it is not measured, and in no burst.")
        if photo_id not in shoot.analyses and (failure := _failure(photo_id, shoot)):
            return failure
        if photo_id not in shoot.analyses and not shoot.finished:
            return tr("Not measured yet. Going by its time alone, it belongs to no other frame.")
        if not shoot.is_settled:
            return tr("So far it belongs to no other frame: others are still to be measured.")
        if len(shoot.scenes[cluster.scene_id].cluster_ids) == 1 < len(shoot.scenes):
            return tr("A single frame that fits no scene: nothing its camera took near it looks like it.")
        return tr("A single frame: there is nothing to compare it with.")
    if cluster.kind is ClusterKind.BRACKET:
        return tr("A bracket belongs together, so no frame is suggested.")
    if cluster.suggested_pick is None:
        return _why_nothing(cluster, shoot)
    if cluster.suggested_pick == photo_id:
        words = _why_suggested(cluster, argued)
        return words if shoot.is_settled else tr("So far: {words}").format(words=_within_sentence(words))
    own, best = shoot.score(photo_id), shoot.score(cluster.suggested_pick)
    name = shoot.photos[cluster.suggested_pick].name
    if own is None or best is None:
        if photo_id in shoot.analyses:
            return tr("{name} is suggested; this frame is damaged.").format(name=name)
        return tr("{name} is suggested; this frame could not be measured.").format(name=name)
    rivals = [score.total for score in cluster.scores if score.photo_id != cluster.suggested_pick]
    is_close = cluster.sureness is Sureness.CLOSE and own.total >= max(rivals)
    return _why_not(own, best, name, argued, is_close=is_close)


def _why_nothing(cluster: Cluster, shoot: Shoot) -> str:
    """Say why no frame of a burst is suggested."""
    if shoot.finished:
        return tr("The frames of this burst were not measured, so none is suggested.")
    done, count = sum(photo_id in shoot.analyses for photo_id in cluster.photo_ids), len(cluster.photo_ids)
    words = tr("{done} of {count} frames of this burst are measured; the best is suggested when all are.")
    return words.format(done=done, count=count)


def _why_suggested(cluster: Cluster, argued: Argued | None) -> str:
    close = cluster.sureness is Sureness.CLOSE
    told = [reason for reason in cluster.reasons if not (close and reason.fact is Fact.BEST_SUM)]
    reasons = [_within_sentence(in_words(reason)) for reason in told]
    if close:  # what is as good is ahead in nothing, whatever the weights
        return " · ".join([tr("Too close to call: the runner-up is as good"), *reasons])
    best = (
        tr("Suggested from {count}: {reasons}")
        if cluster.sureness is Sureness.CLEAR
        else tr("Suggested from {count}, though not surely: {reasons}")
    )
    parts = [best.format(count=len(cluster.photo_ids), reasons=", ".join(reasons))]
    if cluster.margin:
        parts.append(tr("ahead by {lead}").format(lead=points_words(cluster.margin)))
    if argued is not None and argued.robustness is not None:
        parts.append(_within_sentence(robustness_words(argued.robustness)))
    return " · ".join(parts)


def _why_not(own: FrameScore, best: FrameScore, name: str, argued: Argued | None, *, is_close: bool) -> str:
    """Say by what a frame loses to the suggested one, and by how much; by whom, where that is known.

    Of a close call the runner-up does not lose: the suggested frame says that it is as good.
    """
    argument = argued.losses.get(own.photo_id) if argued is not None else None
    people = {part.term: part.people for part in argument.parts} if argument is not None else {}
    gaps = sorted(
        (
            ((theirs.value - ours.value) * theirs.weight, theirs.name)
            for ours, theirs in zip(own.terms, best.terms, strict=True)
            if ours.value is not None and theirs.value is not None
        ),
        reverse=True,
    )
    lacks = [
        with_person(tr(TERMS[term].words.lacks), people.get(term, ()))
        for gap, term in gaps
        if gap >= _WORTH_SAYING
    ]
    leads = [tr(TERMS[term].words.leads) for gap, term in reversed(gaps) if gap <= -_WORTH_SAYING]
    behind = best.total - own.total
    if behind <= _SAME:
        words = tr("As good as {name}, which was taken first").format(name=name)
    elif is_close:
        words = tr("Too close to call: as good as {name}").format(name=name)
    else:
        words = tr("Loses to {name} by {points}").format(name=name, points=points_words(behind))
    if lacks:
        words = explained(words, ", ".join(lacks))
    return tr("{words}, but {leads}").format(words=words, leads=", ".join(leads)) if leads else words


def _within_sentence(reason: str) -> str:
    """Write a reason as part of a longer sentence: no full stop, no capital unless the word is written so."""
    reason = reason.rstrip(".")
    return reason if reason[1:2].isupper() else reason[:1].lower() + reason[1:]


def term_words(term: Term) -> str:
    """Say a term for a screen reader, such as "sharpness 93 %"."""
    name = term_name(term)
    return explained(name, untold_words()) if term.value is None else f"{name} {round(100 * term.value)} %"


def untold_words() -> str:
    """Say of a term that it does not tell frames apart: some of them may tell it all the same."""
    return tr("can't compare")


def term_name(term: Term) -> str:
    """Return what a term is called, such as "sharpness"."""
    return tr(TERMS[term.name].words.name)
