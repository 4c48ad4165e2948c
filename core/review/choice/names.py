"""By what people call photos: whole names, names without suffix, the numbers in them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from core.types import Photo, PhotoId, TimeSource

_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+(?=[ _\-.#]*$)")
_COUNTER = 3  # digits that a camera's counter has at the least; the 2 of "IMG_0412 (2)" is none


def flat(words: str) -> str:
    """Return words as they are compared: composed, without case, as long as in composed form (NFC)."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in composed)


def proof_key(photo: Photo) -> str:
    """Return by what a photo is known in proofs: 16 hexadecimal digits.

    They hang on its name, its time and the name of the folder it lies in alone: a choice may come back when the shoot
    was moved to another disk.
    """
    taken = photo.taken_at.isoformat() if photo.taken_at and photo.time_source is TimeSource.EXIF else ""
    named = "\n".join((*photo.path.parts[-2:], taken)).encode(errors="surrogateescape")
    return blake2b(named, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Numbered:
    """A photo by a number in its name.

    Attributes:
        prefix: the letters before the number, flat; "" for none.
        suffixes: of its files, flat, with the dot.
    """

    photo_id: PhotoId
    prefix: str
    suffixes: frozenset[str]


@dataclass(slots=True)
class PhotoNames:
    """The photos of a shoot by what they are called.

    Attributes:
        keys: by ``proof_key``.
        names: by their names, flat: with and without suffix, with and without the folder they lie in, and by those
            of their RAWs and films.
        counters: by the number that counts them: the last in the name that is long enough.
        numbers: by every other number of three digits and more.
    """

    keys: dict[str, list[PhotoId]] = field(default_factory=dict)
    names: dict[str, list[PhotoId]] = field(default_factory=dict)
    counters: dict[int, list[Numbered]] = field(default_factory=dict)
    numbers: dict[int, list[Numbered]] = field(default_factory=dict)

    @classmethod
    def of(cls, photos: Iterable[Photo]) -> "PhotoNames":
        """Take the names of photos."""
        found = cls()
        for photo in photos:
            found._add(photo)
        return found

    @property
    def lengths(self) -> list[int]:
        """How long names are, the longest first."""
        return sorted({len(name) for name in self.names}, reverse=True)

    @property
    def prefixes(self) -> frozenset[str]:
        """The letters that stand before numbers."""
        numbered = (*self.counters.values(), *self.numbers.values())
        return frozenset(one.prefix for several in numbered for one in several if one.prefix)

    def numbered(self, number: int, prefix: str = "", suffix: str = "") -> list[PhotoId]:
        """Return the photos of a number.

        Args:
            number: 412 finds 0412 as well.
            prefix: the letters that have to stand before it; "" for any.
            suffix: only those with such a file, where there are any.
        """
        for numbers in (self.counters, self.numbers):
            fitting = [one for one in numbers.get(number, ()) if not prefix or one.prefix == prefix]
            of_suffix = [one for one in fitting if suffix in one.suffixes]
            if fitting:
                return list(dict.fromkeys(one.photo_id for one in of_suffix or fitting))
        return []

    def _add(self, photo: Photo) -> None:
        self.keys.setdefault(proof_key(photo), []).append(photo.id)
        files = (photo.path, *photo.companions)
        for path in files:
            for name in (path.name, path.stem):
                for called in _called(name, path.parent.name):
                    same = self.names.setdefault(flat(called), [])
                    if photo.id not in same:
                        same.append(photo.id)
        self._add_numbers(photo, flat(photo.path.stem), frozenset(flat(path.suffix) for path in files))

    def _add_numbers(self, photo: Photo, stem: str, suffixes: frozenset[str]) -> None:
        groups = list(_DIGITS.finditer(stem))
        long = [group for group in groups if len(group[0]) >= _COUNTER]
        counter = (long or groups)[-1:]
        for group in groups:
            letters = _LETTERS.search(stem[: group.start()])
            one = Numbered(photo.id, letters[0] if letters else "", suffixes)
            if group in counter:
                self.counters.setdefault(_value(group[0]), []).append(one)
            elif len(group[0]) >= _COUNTER:
                self.numbers.setdefault(_value(group[0]), []).append(one)


def _called(name: str, folder: str) -> set[str]:
    """Return by what a name is written: with its folder or without, and in one line."""
    return {name, " ".join(name.split()), f"{folder}/{name}", f"{folder}\\{name}"}


def _value(digits: str) -> int:
    """Return a number; of one longer than any camera counts its last digits."""
    return int(digits[-18:])
