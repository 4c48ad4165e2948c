"""Turns a description into the numbers that CLIP's text tower reads: byte pair encoding, as its authors made it.

After Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (2016), on bytes as in GPT-2; the
words and the merges come from the ``tokenizer.json`` of the model.
"""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from core.errors import ModelError
from core.language import say
from models.runtime import ModelWeights, read_checked

_LONGEST = 77  # numbers, with the two around them
_START, _END = "<|startoftext|>", "<|endoftext|>"
_END_OF_WORD = "</w>"
# Endings of English, runs of letters, single digits, runs of anything else.
_PIECES = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|(?:[^\s\w]|_)+")


class ClipTokenizer:
    """Words as numbers.

    Args:
        file: the tokenizer's.

    Raises:
        ModelError: the file is missing, altered or no tokenizer.
    """

    def __init__(self, file: ModelWeights) -> None:
        try:
            model: dict[str, Any] = json.loads(read_checked(file))["model"]
            self._numbers: dict[str, int] = dict(model["vocab"])
            pairs = [each.split(" ") if isinstance(each, str) else each for each in model["merges"]]
            self._ranks = {(first, second): rank for rank, (first, second) in enumerate(pairs)}
            self._ends = self._numbers[_START], self._numbers[_END]
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(
                say(
                    "The model file {file} cannot be loaded; {remedy}. ({cause})",
                    file=file.file,
                    remedy=file.remedy,
                    cause=error,
                )
            ) from error

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of a text, between those of its start and its end; what is too long is cut off."""
        start, end = self._ends
        found = [number for piece in _PIECES.findall(text.lower()) for number in self._of_piece(piece)]
        return [start, *found[: _LONGEST - 2], end]

    def _of_piece(self, piece: str) -> Iterator[int]:
        letters = [_LETTERS[byte] for byte in piece.encode("utf-8")]
        letters[-1] += _END_OF_WORD
        while len(letters) > 1:
            pairs = list(pairwise(letters))
            best = min(pairs, key=lambda pair: self._ranks.get(pair, len(self._ranks)))
            if best not in self._ranks:
                break
            letters = _merged(letters, best)
        yield from (self._numbers[each] for each in letters if each in self._numbers)


def _merged(letters: list[str], pair: tuple[str, str]) -> list[str]:
    """Return the letters with each occurrence of a pair made one."""
    merged: list[str] = []
    for letter in letters:
        if merged and (merged[-1], letter) == pair:
            merged[-1] += letter
        else:
            merged.append(letter)
    return merged


def _letters() -> dict[int, str]:
    """Return a visible letter for each byte: its own where it has one, else one beyond the first 256."""
    visible = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    letters = {byte: chr(byte) for byte in visible}
    for byte in range(256):
        letters.setdefault(byte, chr(256 + len(letters) - len(visible)))
    return letters


_LETTERS = _letters()
