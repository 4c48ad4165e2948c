"""The frame by which a film is shown: by PyAV where it is installed, else by the system's ffmpeg.

Neither comes with the program. ffmpeg is given the one file and no way to open another one, nor the network.
"""

import io
import os
import shutil
import subprocess
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from core.errors import PhotoError
from core.ingest.pixels import upright
from core.language import say
from core.protocols import RgbImage

PACKAGE = "av"
"""The package with which films are read, in the extra ``films``."""

CANNOT_BE_SHOWN = say(
    "It is a film, and nothing here can show a frame of it. Install ffmpeg, or the Python package {package}.",
    package=PACKAGE,
)
DAMAGED = say("It is a film of which no frame can be shown; it is damaged, or of a kind that is not known.")

_AT = 1.0  # seconds from the start: many begin black
_MOST_FRAMES = 400  # that are decoded on the way there
_TIMEOUT = 30.0  # seconds
_ORIENTATIONS = {90: 8, -270: 8, -90: 6, 270: 6, 180: 3, -180: 3}  # of Exif, by degrees against the clock


def film_frame(path: Path, stream: BinaryIO) -> RgbImage:
    """Return a frame of a film, upright, uint8, shape (H, W, 3), as it was filmed a second after the start.

    Args:
        path: for errors, and for ffmpeg.
        stream: the whole file; its position is changed.

    Raises:
        PhotoError: there is nothing to read it with, or it cannot be read.
        OSError: the file cannot be read any further.
    """
    library, program = _library(), shutil.which("ffmpeg")
    if library is None and program is None:
        raise PhotoError(path, CANNOT_BE_SHOWN)
    found = _by_library(library, stream) if library is not None else None
    if found is None and program is not None:
        found = _by_program(program, path)
    if found is None:
        raise PhotoError(path, DAMAGED)
    return found


def can_be_shown() -> bool:
    """Tell whether frames of films can be read on this computer."""
    return _library() is not None or shutil.which("ffmpeg") is not None


@cache
def _library() -> Any:
    """Return PyAV, None where it is not installed."""
    with suppress(ImportError):
        return import_module("av")
    return None


def _by_library(library: Any, stream: BinaryIO) -> RgbImage | None:
    stream.seek(0)
    try:
        with library.open(stream, metadata_errors="ignore") as film:
            frame = None
            for number, each in enumerate(film.decode(video=0)):
                frame = each
                if number >= _MOST_FRAMES or (each.time is not None and each.time >= _AT):
                    break
            if frame is None:
                return None
            rgb = np.ascontiguousarray(frame.to_ndarray(format="rgb24"))
            return upright(rgb, _ORIENTATIONS.get(round(frame.rotation), 1))
    except (library.FFmpegError, ValueError, IndexError, EOFError):
        return None


def _by_program(program: str, path: Path) -> RgbImage | None:
    for start in (f"{_AT:g}", "0"):
        command: list[str | bytes] = [
            program,
            *("-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-ss", start),
            *("-i", b"file:" + os.fsencode(path), "-frames:v", "1", "-f", "image2pipe", "-c:v", "ppm", "-"),
        ]
        try:
            made = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False).stdout
        except (OSError, subprocess.TimeoutExpired):
            return None
        if made:
            with suppress(OSError, ValueError), Image.open(io.BytesIO(made), formats=["PPM"]) as image:
                return np.ascontiguousarray(image.convert("RGB"))
    return None
