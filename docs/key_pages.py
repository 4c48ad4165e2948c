"""Write today's keys into the page of keys of the user guide, in each language: ``python -m docs.key_pages``."""

from importlib.resources.abc import Traversable
from pathlib import Path

from core.language import languages, set_language
from ui.commands.keymap import keys_markdown
from ui.help_pages import help_folder


def with_table(page: str, table: str) -> str:
    """Return the page with this table in place of its own; what stands before and after it stays."""
    before, _, rest = page.partition("\n|")
    after = rest.rpartition("|\n")[2]
    return f"{before}\n{table}{after}"


def main() -> None:
    """Write the pages anew."""
    for language in languages():
        set_language(language)
        page = _as_path(help_folder() / "keys.md")
        page.write_text(with_table(page.read_text("utf-8"), keys_markdown()), "utf-8")


def _as_path(file: Traversable) -> Path:
    assert isinstance(file, Path), "the guide is written where it lies in the repository"
    return file


if __name__ == "__main__":
    main()
