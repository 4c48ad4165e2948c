"""The README's table of keys is the table of commands."""

from pathlib import Path

from ui.keymap import keys_markdown


def test_the_readme_tells_todays_keys() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert keys_markdown() in readme, "write ui.keymap.keys_markdown() into README.md"
