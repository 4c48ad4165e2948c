"""Everything that can go wrong on purpose, with a sentence the user can act on.

An error carries its sentence as ``core.language.say`` made it: it may be raised in another process, or kept
for a while, and is put into the user's language where it is read.
"""

from pathlib import Path

from core.language import Sentence, explained


class ShortlistError(Exception):
    """A known failure; ``str(error)`` is a sentence fit to show to the user.

    Args:
        sentence: what is wrong and what helps, such as ``say("“{name}” is closed already.", name=path.name)``.
    """

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class FileError(ShortlistError):
    """One file cannot be used or is refused; the rest of the shoot goes on.

    Args:
        path: the file at fault.
        sentence: without the file's name, such as ``say("The file is empty (0 bytes).")``.
    """

    def __init__(self, path: Path, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.args = (path, sentence)  # what it is made from again in another process
        self.path = path

    @property
    def reason(self) -> str:
        """The sentence in the language spoken now."""
        return str(self.sentence)

    def __str__(self) -> str:
        return explained(self.path.name, self.reason)


class PhotoError(FileError):
    """A photo cannot be used."""


class SidecarError(FileError):
    """A sidecar, or the metadata within a photo, is refused and left as it is."""


class TasteFileError(FileError):
    """A file of somebody's taste or of profiles is refused; what was learned or chosen before stays."""


class SourceError(ShortlistError):
    """A folder that was asked for cannot be read at all."""


class StoreError(ShortlistError):
    """A database of ours cannot be opened or written; its file is left as it is."""


class NewerSchemaError(StoreError):
    """A database was written by a newer Shortlist; it is never guessed at."""


class RequestError(ShortlistError):
    """What was asked for cannot be done as it was said; nothing was done, and saying it otherwise helps."""


class NoLibraryError(ShortlistError):
    """The library of all shoots is off, or does not know what it is asked about."""


class BrokenLibraryError(NoLibraryError, StoreError):
    """The library of all shoots is wanted, but its file cannot be opened."""


class ExportBusyError(ShortlistError):
    """Another window or command is exporting just now."""


class OffloadError(ShortlistError):
    """Photos cannot be copied from a card as it was asked for; nothing was copied yet."""


class ModelError(ShortlistError, RuntimeError):
    """A model file is missing, altered or cannot be loaded, or a model cannot do its work."""


class WorkersError(ShortlistError):
    """No worker can be had, so that no photo can be measured; none of them is to blame."""
