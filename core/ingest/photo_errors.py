"""Errors of photos that are those of Python and Pillow as well: who calls the engine from other code catches either."""

from PIL import UnidentifiedImageError

from core.errors import PhotoError


class MissingPhotoError(PhotoError, FileNotFoundError):
    """There is no file of that name."""


class UnidentifiedPhotoError(PhotoError, UnidentifiedImageError):
    """The file is no picture of any kind that is known here."""
