"""The user's choices on disk: an INI file that other eyes may read, too."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import QSettings

from app.run_settings import chosen_grouping, chosen_identity, chosen_library, chosen_pairing, chosen_weights
from ui.commands.keymap import as_qt_spells
from ui.commands.presets import Preset
from ui.preferences import Preferences
from ui.text_size import TEXT_SIZES
from ui.theme import ThemeName

_Choice = TypeVar("_Choice", bound=StrEnum)


def load_preferences(kept: QSettings) -> Preferences:
    """Read what was kept; the default for each choice that is not there or makes no sense any more."""
    default = Preferences()
    return Preferences(
        auto_advance=bool(kept.value("auto_advance", default.auto_advance, type=bool)),
        face_strip=bool(kept.value("face_strip", default.face_strip, type=bool)),
        hints=bool(kept.value("hints", default.hints, type=bool)),
        hints_seen=frozenset(_words(_read(kept, "hints_seen", list))),
        theme=_one_of(ThemeName, kept.value("theme"), default.theme),
        text_size=_size(kept.value("text_size"), default.text_size),
        still=bool(kept.value("still", default.still, type=bool)),
        screen=str(kept.value("screen", default.screen)),
        language=str(kept.value("language", default.language)),
        preset=_one_of(Preset, kept.value("preset"), default.preset),
        keys={
            command: tuple(dict.fromkeys(filter(None, map(as_qt_spells, _words(keys)))))
            for command, keys in _read(kept, "keys", dict).items()
            if isinstance(keys, list)
        },
        pair_folders=chosen_pairing(kept.value),
        identity=chosen_identity(kept.value),
        library=chosen_library(kept.value),
        weights=chosen_weights(kept.value),
        grouping=chosen_grouping(kept.value),
    )


def keep_preferences(kept: QSettings, preferences: Preferences) -> bool:
    """Write them down; return whether they are on the disk."""
    for name in (
        "auto_advance",
        "face_strip",
        "hints",
        "text_size",
        "still",
        "screen",
        "language",
        "pair_folders",
        "identity",
        "library",
    ):
        kept.setValue(name, getattr(preferences, name))
    kept.setValue("theme", preferences.theme.value)
    kept.setValue("preset", preferences.preset.value)
    kept.setValue("hints_seen", json.dumps(sorted(preferences.hints_seen)))
    kept.setValue("keys", json.dumps({command: list(keys) for command, keys in preferences.keys.items()}))
    for name, weight in asdict(preferences.weights).items():
        kept.setValue(f"ranking/{name}", weight)
    for name, looseness in asdict(preferences.grouping).items():
        kept.setValue(f"grouping/{name}", looseness)
    kept.sync()
    return kept.status() is QSettings.Status.NoError


def _one_of(choices: type[_Choice], value: object, default: _Choice) -> _Choice:
    with suppress(ValueError):
        return choices(str(value))
    return default


def _size(value: object, default: int) -> int:
    with suppress(ValueError):
        size = int(str(value))
        return size if size in TEXT_SIZES else default
    return default


def _words(values: Iterable[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _read(kept: QSettings, name: str, kind: type[Any]) -> Any:
    with suppress(ValueError):
        value = json.loads(str(kept.value(name, "null")))
        if isinstance(value, kind):
            return value
    return kind()
