"""What an application puts on before its first window, and changes for another: colours and language."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.desktop_motion import asks_for_less_motion
from app.screen_profile import system_profile
from core.language import ENGLISH, languages, set_language
from ui.commands.key_words import KeyWords
from ui.imaging.colours import SRGB, screen_space, use_screen
from ui.motion import use_motion
from ui.preferences import SYSTEM_LANGUAGE, Preferences
from ui.text_size import use_text_size
from ui.theme import THEMES, apply_theme


class Dress:
    """The application's looks and words.

    Args:
        app: wears them.
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._qt_words = QTranslator(app)
        self._key_words = KeyWords(app)

    def put_on(self, preferences: Preferences) -> None:
        """Take the colours, the screen and the language chosen; windows made from now on have them."""
        apply_theme(self._app, THEMES[preferences.theme])
        use_text_size(preferences.text_size)
        use_motion(still=preferences.still or asks_for_less_motion())
        of_system = system_profile(self._app.platformName())
        use_screen(screen_space(preferences.screen, of_system) or SRGB)  # a profile that has been moved since
        code = spoken(preferences.language)
        set_language(code)
        QLocale.setDefault(QLocale(code) if code != ENGLISH else QLocale.system())
        # Qt's own dialogs and buttons are translated too.
        self._app.removeTranslator(self._qt_words)
        if self._qt_words.load(
            f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        ):
            self._app.installTranslator(self._qt_words)
        self._app.removeTranslator(self._key_words)
        self._app.installTranslator(self._key_words)  # last: it is asked first


def spoken(language: str) -> str:
    """Return the language to speak, where that of the computer is asked for and is one we speak; else English."""
    wanted = QLocale.system().name().partition("_")[0] if language == SYSTEM_LANGUAGE else language
    return wanted if wanted in languages() else ENGLISH
