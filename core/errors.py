"""Everything that can go wrong on purpose, with a sentence the user can act on."""

from pathlib import Path


class ShortlistError(Exception):
    """A known failure; ``str(error)`` is a sentence fit to show to the user."""


class PhotoError(ShortlistError):
    """One photo cannot be used; the rest of the shoot goes on.

    Args:
        path: the file at fault.
        reason: a sentence without the file's name, such as "The file is empty (0 bytes)."
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path.name}: {self.reason}"


class SourceError(ShortlistError):
    """A folder that was asked for cannot be read at all."""


class StoreError(ShortlistError):
    """A database of ours cannot be opened or written; its file is left as it is."""


class NewerSchemaError(StoreError):
    """A database was written by a newer Shortlist; it is never guessed at."""


class SidecarError(ShortlistError):
    """A sidecar is refused and left as it is.

    Args:
        path: the sidecar at fault.
        reason: a sentence without the file's name.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path.name}: {self.reason}"


class ExportBusyError(ShortlistError):
    """Another window or command is exporting just now."""


class ModelError(ShortlistError):
    """A model file is missing, altered or cannot be loaded."""
