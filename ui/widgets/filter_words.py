"""What narrows the photos in words, as the filter panel offers it and the chips below the bar say it."""

from collections.abc import Sequence
from typing import TypeVar

from core.language import mark
from core.shoot.asked import EyesAsked, Focus, LikelyReject
from core.types import ClusterKind

T = TypeVar("T")
Entries = Sequence[tuple[T | None, str]]

ANY = mark("Any")
STARS = (ANY, mark("★ or more"), mark("★★ or more"), mark("★★★ or more"), mark("★★★★ or more"), "★★★★★")
EYES: Entries[EyesAsked] = (
    (None, ANY),
    (EyesAsked.ALL_OPEN, mark("All open")),
    (EyesAsked.SOME_CLOSED, mark("Some closed")),
)
FOCUS: Entries[Focus] = (
    (None, ANY),
    (Focus.SHARP, mark("Sharp within its burst")),
    (Focus.SOFT, mark("Soft within its burst")),
    (Focus.BLURRED, mark("Blurred")),
)
KINDS: Entries[ClusterKind] = (
    (None, ANY),
    (ClusterKind.BURST, mark("Bursts")),
    (ClusterKind.BRACKET, mark("Brackets")),
    (ClusterKind.SINGLE, mark("Single frames")),
)
REJECTS: Entries[LikelyReject] = (
    (None, ANY),
    (LikelyReject.ALL, mark("All likely rejects")),
    (LikelyReject.BLURRED, mark("Shaken or out of focus")),
    (LikelyReject.NOTHING_TO_SEE, mark("Black, white or nothing on it")),
    (LikelyReject.EYES_SHUT, mark("Main person's eyes shut")),
)
