"""Compile what translators wrote, in each language, for the program to read: ``python -m docs.compiled_words``.

Babel's own command checks the words as printf formats too, which ours are not: of "87 % of them" it makes a number.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parents[1] / "resources" / "locale"


def main() -> None:
    """Write the ``.mo`` beside each ``.po``."""
    for written in LOCALES.glob("*/LC_MESSAGES/*.po"):
        with written.open("rb") as words, written.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(words, locale=written.parts[-3]))


if __name__ == "__main__":
    main()
