"""What the user chose about the program itself, declared once with its default."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.settings import GroupingRules, Weights
from ui.commands.presets import Preset
from ui.imaging.colours import SYSTEM_SCREEN
from ui.text_size import USUAL
from ui.theme import ThemeName

SYSTEM_LANGUAGE = ""
"""The language the desktop is set to, where we speak it."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """One user's choices; all of them survive a restart.

    Attributes:
        auto_advance: each decision goes on to the next photo.
        face_strip: the main people are shown large beside the photos.
        hints: first-run hints are shown, each until it is put away.
        hints_seen: the ids of those that were.
        theme: colours of the chrome.
        text_size: of all words, in per cent of what the desktop says; one of ``ui.text_size.TEXT_SIZES``.
        still: nothing on screen moves by itself.
        screen: the screen's colours, as ``ui.imaging.colours.screen_space`` takes them.
        language: an ISO 639 code, or ``SYSTEM_LANGUAGE``.
        preset: whose keys.
        keys: those the user changed: a command's id and its keys in Qt's portable spelling.
        pair_folders: a RAW and a JPEG in two folders are one photo.
        identity: people are told apart by their faces; turned off, nothing of that is kept.
        library: an index of all shoots is kept; turned off, nothing of it is left.
        weights: how much each term counts in the ranking.
        grouping: how tight bursts and scenes are.
    """

    auto_advance: bool = False
    face_strip: bool = True
    hints: bool = True
    hints_seen: frozenset[str] = frozenset()
    theme: ThemeName = ThemeName.DARK
    text_size: int = USUAL
    still: bool = False
    screen: str = SYSTEM_SCREEN
    language: str = SYSTEM_LANGUAGE
    preset: Preset = Preset.LIGHTROOM
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pair_folders: bool = False
    identity: bool = True
    library: bool = True
    weights: Weights = field(default_factory=Weights)
    grouping: GroupingRules = field(default_factory=GroupingRules)
