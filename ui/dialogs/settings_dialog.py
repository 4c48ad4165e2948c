"""The settings: each says what it does, and does it at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.language import languages, mark, name_of, tr
from core.settings import Weights
from ui.commands.presets import Preset
from ui.dialogs.key_editor import KeyEditor
from ui.dialogs.models_page import ModelsPage
from ui.dialogs.people_switch import PeopleSwitch
from ui.dialogs.screen_choice import ScreenChoice
from ui.dialogs.taste_page import TastePage
from ui.dialogs.weights_page import WeightsPage
from ui.preferences import SYSTEM_LANGUAGE, Preferences
from ui.text_size import TEXT_SIZES, scaled
from ui.theme import DARK, SPACING, Theme, ThemeName
from ui.widgets.choices import ChoiceBox
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.scrolled import Scrolled
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style
from ui.widgets.tick_box import TickBox

_CHOICE = 28 * SPACING  # least width of a choice, in logical pixels at the usual size of text
_THEMES = (
    (ThemeName.DARK, mark("Dark")),
    (ThemeName.LIGHT, mark("Light")),
    (ThemeName.CONTRAST, mark("High contrast")),
)


class SettingsDialog(SizedDialog):
    """Six pages. Every change is signalled as a whole set of preferences; there is nothing to confirm.

    Args:
        preferences: as they are now.
        parent: the window.
        theme: colours.
    """

    preferences_chosen = Signal(object)  # Preferences

    def __init__(self, preferences: Preferences, parent: QWidget | None = None, theme: Theme = DARK) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._theme = theme
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages = QTabWidget()
        self._pages.addTab(_in_page(self._review_page(), margins=False), tr("Review"))
        self._weights = WeightsPage(preferences.weights, theme)
        self._weights.weights_chosen.connect(self._weights_chosen)
        self._pages.addTab(_in_page(self._weights), tr("Ranking"))
        self.taste = TastePage(theme)
        self._pages.addTab(_in_page(self.taste), tr("Your taste"))
        self.models = ModelsPage(theme)
        self._pages.addTab(_in_page(self.models, margins=False), tr("Models"))
        self._pages.addTab(_in_page(self._looks_page(), margins=False), tr("Appearance"))
        self._keys = KeyEditor(preferences.preset, preferences.keys, theme)
        self._keys.keys_chosen.connect(self._keys_chosen)
        self._pages.addTab(_in_page(self._keys), tr("Keys"))
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = dialog_column(self)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)
        self.setStyleSheet(form_style(theme))
        self.open_at(QSize(84 * SPACING, 72 * SPACING))

    def show_page(self, number: int) -> None:
        """Bring a page to the front, the first being 0."""
        self._pages.setCurrentIndex(number)

    def _review_page(self) -> QWidget:
        self._advance = TickBox(tr("Go to the next photo after each decision"))
        self._advance.setChecked(self._preferences.auto_advance)
        self._advance.toggled.connect(lambda on: self._choose(auto_advance=on))
        self._hints = TickBox(tr("Show hints for what is new to you"))
        self._hints.setChecked(self._preferences.hints)
        # Turned on again, the hints begin anew.
        self._hints.toggled.connect(lambda on: self._choose(hints=on, hints_seen=frozenset()))
        self.people = PeopleSwitch(self._preferences.identity)
        self.people.switched.connect(lambda on: self._choose(identity=on))
        self._library = TickBox(tr("Find photos in all shoots"))
        self._library.setChecked(self._preferences.library)
        self._library.toggled.connect(lambda on: self._choose(library=on))
        self._pairs = TickBox(tr("Pair RAW and JPEG files that lie in two folders"))
        self._pairs.setChecked(self._preferences.pair_folders)
        self._pairs.toggled.connect(lambda on: self._choose(pair_folders=on))
        return self._page(
            (
                self.people,
                tr(
                    "Shows every frame of one person, and finds who was named in other shoots. Faces are compared on "
                    "this computer and never leave it; turned off, all that was kept to compare them is deleted, "
                    "and so are their names."
                ),
            ),
            (
                self._library,
                tr(
                    "Keeps an index of every photo that was measured, for what is similar and for duplicates. It "
                    "never leaves this computer; turned off, all of it is deleted."
                ),
            ),
            (
                self._advance,
                tr(
                    "Pick, reject, stars and labels then go to the next photo by themselves, in grid and loupe, "
                    "under any filter."
                ),
            ),
            (
                self._pairs,
                tr(
                    "Files of one name and time in folders named RAW, JPG, NEF and the like then count as one photo, "
                    "from the next opening on."
                ),
            ),
            (self._hints, tr("Each is shown once, and does not come back after you close it.")),
        )

    def _looks_page(self) -> QWidget:
        self._themes = ChoiceBox((theme, tr(words)) for theme, words in _THEMES)
        self._themes.setAccessibleName(tr("Theme"))
        self._themes.set_value(self._preferences.theme)
        self._themes.activated.connect(lambda _index: self._choose(theme=self._themes.value()))
        self._languages = ChoiceBox(
            [
                (SYSTEM_LANGUAGE, tr("That of the computer")),
                *((code, name_of(code)) for code in languages()),
            ]
        )
        self._languages.setAccessibleName(tr("Language"))
        self._languages.set_value(self._preferences.language)
        self._languages.activated.connect(lambda _index: self._choose(language=self._languages.value()))
        self._sizes = ChoiceBox((size, f"{size} %") for size in TEXT_SIZES)
        self._sizes.setAccessibleName(tr("Text size"))
        self._sizes.set_value(self._preferences.text_size)
        self._sizes.activated.connect(lambda _index: self._choose(text_size=self._sizes.value()))
        self._still = TickBox(tr("Nothing moves by itself"))
        self._still.setChecked(self._preferences.still)
        self._still.toggled.connect(lambda on: self._choose(still=on))
        self._screen = ScreenChoice(self._preferences.screen)
        self._screen.chosen.connect(lambda choice: self._choose(screen=choice))
        theme, text_size, screen, language = _named(
            (tr("Theme"), self._themes),
            (tr("Text size"), self._sizes),
            (tr("Screen"), self._screen),
            (tr("Language"), self._languages),
        )
        return self._page(
            (
                theme,
                tr("Neutral greys in each, so that no surround tints a photo."),
            ),
            (
                text_size,
                tr("Of the size that the computer asks for; what does not fit any more can be scrolled."),
            ),
            (
                self._still,
                tr(
                    "Menus open without an effect, the text cursor and busy bars stand still; they always do where the "
                    "desktop has its animations turned off."
                ),
            ),
            (
                screen,
                tr("Photos are converted from their own profiles to these colours."),
            ),
            (language, tr("Names of photos and folders stay as they are.")),
            (None, tr("The window opens again when you close the settings; your shoot stays open in it.")),
        )

    def _page(self, *entries: tuple[QWidget | None, str]) -> QWidget:
        """Stack controls on a page, each with a sentence on what it does."""
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(*(2 * SPACING,) * 4)
        layout.setSpacing(SPACING // 2)
        for control, words in entries:
            if control is not None:
                layout.addWidget(control)
            hint = Note(self._theme, words)
            layout.addWidget(hint)
            layout.addSpacing(2 * SPACING)
        layout.addStretch(1)
        return page

    def _choose(self, **changes: object) -> None:
        changed: Callable[..., Preferences] = replace
        self._preferences = changed(self._preferences, **changes)
        self.preferences_chosen.emit(self._preferences)

    def _weights_chosen(self, weights: Weights) -> None:
        self._choose(weights=weights)

    def _keys_chosen(self, preset: Preset, keys: dict[str, Sequence[str]]) -> None:
        self._choose(preset=preset, keys={name: tuple(each) for name, each in keys.items()})


def _named(*controls: tuple[str, QWidget]) -> list[QWidget]:
    """Return rows of a name and a control each, the controls one below the other and of one width."""
    names = [QLabel(name) for name, _ in controls]
    before = max(name.sizeHint().width() for name in names)
    holders = []
    for name, (_, control) in zip(names, controls, strict=True):
        name.setMinimumWidth(before)
        control.setMinimumWidth(scaled(_CHOICE))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACING)
        row.addWidget(name)
        row.addWidget(control)
        row.addStretch(1)
        holders.append(holder)
    return holders


def _in_page(content: QWidget, *, margins: bool = True) -> QWidget:
    """Put a page into its margins, unless it has them; on a small screen it scrolls."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(*(2 * SPACING if margins else 0,) * 4)
    layout.addWidget(content)
    return Scrolled(page)
