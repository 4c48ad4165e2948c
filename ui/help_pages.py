"""The user guide: pages of Markdown in ``resources/help``, read where they are shown and on the project's page."""

from dataclasses import dataclass
from importlib.resources import files

_ORDER = (
    "first-export",
    "import",
    "review",
    "export",
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
    """All pages, in the order in which one would read them."""
    folder = files("resources") / "help"
    return tuple(HelpPage(name, (folder / f"{name}.md").read_text("utf-8")) for name in _ORDER)
