"""The user guide: pages of Markdown in ``resources/help``, in each language we speak a whole set of them."""

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from core.language import ENGLISH, spoken_language

_ORDER = (
    "first-export",
    "card",
    "import",
    "review",
    "find",
    "keys",
    "export",
    "names",
    "metadata",
    "after-export",
    "command-line",
    "your-data",
    "troubleshooting",
)
_HEADING = "# "


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page of the guide.

    Attributes:
        name: of its file, without suffix.
        text: Markdown; its first line is its title.
    """

    name: str
    text: str

    @property
    def title(self) -> str:
        """What it is about."""
        return self.text.partition("\n")[0].removeprefix(_HEADING)


def help_pages() -> tuple[HelpPage, ...]:
    """Return all pages in the user's language, in the order in which one would read them."""
    folder = help_folder()
    return tuple(HelpPage(name, (folder / f"{name}.md").read_text("utf-8")) for name in _ORDER)


def help_folder() -> Traversable:
    """Return the folder of the guide in the user's language."""
    pages = files("resources") / "help"
    return pages if spoken_language() == ENGLISH else pages / spoken_language()
