"""What a RAW itself holds: its histogram by channel, and where its photosites are full, whatever its preview shows.

A highlight that looks blown in a JPEG is often still there in the RAW; one whose photosites are full in all three
channels is nowhere. Where only one or two are full, developers guess the colour from the rest.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rawpy
from numpy.typing import NDArray

from core.errors import PhotoError
from core.files import RefusedFileError, open_file
from core.ingest.exif_reader import read_metadata
from core.ingest.formats import Kind, kind_of
from core.ingest.frame import raws_of
from core.ingest.pixels import upright
from core.ingest.quiet import quiet_natively
from core.ingest.raw_decoding import open_raw
from core.ingest.refusals import refusal
from core.ingest.scanner import ScannedFile
from core.language import say
from core.types import Photo

STOPS = 14
"""How far below a full photosite the histogram reaches."""

BINS_A_STOP = 8

ALL_CHANNELS = 0b111

_CHANNELS = 3
_FULL = 0.995  # of the white level, above black: full photosites scatter a little
_PILE = 0.8  # of the white level: from here on a pile at the largest value is where the sensor fills up,
_PILED = 2e-4  # if it holds such a share of all photosites
_NEAR = 0.05  # of the scale: it towers over all that is so far below it
_LONG_SIDE = 1500  # of the map
_HEAD = 64


@dataclass(frozen=True, slots=True, eq=False)
class RawTruth:
    """What one RAW holds.

    Attributes:
        histogram: how often each level occurs, by channel (red, green, blue) and bin, float64, shape
            (3, STOPS * BINS_A_STOP), each channel's sum 1; the last bin ends at a full photosite.
        full: share of each channel's photosites that are full, shape (3,).
        lost: share of the picture in which all three are.
        partly: share of the picture in which one or two are.
        blown: which channels are full where, upright, uint8, shape (rows, columns), a bit each: 1 red, 2 green, 4 blue.
    """

    histogram: NDArray[np.float64]
    full: NDArray[np.float64]
    lost: float
    partly: float
    blown: NDArray[np.uint8]


def raw_of(photo: Photo) -> Path | None:
    """Return the RAW of a photo: its own file, else a companion; None where there is none."""
    return photo.path if kind_of(photo.path) is Kind.RAW else next(iter(raws_of(photo)), None)


def raw_truth(photo: Photo) -> RawTruth | None:
    """Measure the RAW of a photo; None where there is none.

    Raises:
        PhotoError: the RAW cannot be read.
    """
    path = raw_of(photo)
    if path is None:
        return None
    orientation = photo.orientation
    if path != photo.path:
        orientation = photo.turn or read_metadata(ScannedFile(path, 0, 0)).photo.orientation
    head = b""
    try:
        with open_file(path) as stream, quiet_natively:
            head = stream.read(_HEAD)
            with open_raw(path, stream) as raw:
                return _measure(raw, orientation)
    except RefusedFileError as error:
        raise PhotoError(path, error.sentence) from error
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise PhotoError(path, say("It cannot be read ({cause}); check the disk.", cause=cause)) from error
    except MemoryError as error:
        raise PhotoError(path, say("There is not enough memory to decode it.")) from error
    except (rawpy.LibRawError, ValueError) as error:
        raise PhotoError(path, refusal(head, raw=True)) from error


def _measure(raw: Any, orientation: int) -> RawTruth:
    planes = _planes(raw)
    rows = min(plane.shape[0] for _, plane in planes)
    columns = min(plane.shape[1] for _, plane in planes)
    counts = np.zeros((_CHANNELS, 2**16))
    for channel, plane in planes:
        counts[channel] += np.bincount(plane[::3, ::3].ravel(), minlength=2**16)[: 2**16]
    blacks, whites = _levels(raw, counts)
    full_from = blacks + (whites - blacks) * _FULL
    blown = np.zeros((rows, columns), np.uint8)
    for channel, plane in planes:
        blown |= (plane[:rows, :columns] >= full_from[channel]).astype(np.uint8) << channel
    every = blown == ALL_CHANNELS
    lost, partly = float(every.mean()), float(((blown != 0) & ~every).mean())
    full = np.array(
        [
            counts[at, int(np.ceil(full_from[at])) :].sum() / max(1.0, counts[at].sum())
            for at in range(_CHANNELS)
        ]
    )
    small = _smaller(blown, max(1, -(-max(rows, columns) // _LONG_SIDE)))
    turned = upright(np.repeat(small[..., None], _CHANNELS, axis=2), orientation)[..., 0]
    return RawTruth(_histogram(counts, blacks, whites), full, lost, partly, np.ascontiguousarray(turned))


def _planes(raw: Any) -> list[tuple[int, NDArray[np.uint16]]]:
    """Return the photosites of each place of the sensor's pattern with their channel.

    Raises:
        ValueError: the sensor's colours are none of red, green and blue.
    """
    image = raw.raw_image_visible
    if image is None:
        raise ValueError("no photosites")
    if image.ndim == 3:  # each has all colours
        return [(channel, image[..., channel]) for channel in range(min(_CHANNELS, image.shape[2]))]
    pattern = raw.raw_pattern
    if pattern is None:  # a sensor without colours
        return [(channel, image) for channel in range(_CHANNELS)]
    names = raw.color_desc.decode("ascii", "replace")
    side = pattern.shape[0]
    found = []
    for down in range(pattern.shape[0]):
        for across in range(pattern.shape[1]):
            channel = "RGB".find(names[pattern[down, across]])
            if channel < 0:
                raise ValueError("colours of another kind")
            found.append((channel, image[down::side, across::side]))
    return found


def _levels(raw: Any, counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the levels of black and of a full photosite by channel, shape (3,) each.

    Many sensors fill up below the level that their files call white: all full ones pile up there.
    """
    names = raw.color_desc.decode("ascii", "replace")
    places = [max(0, names.find(channel)) for channel in "RGB"]
    told = list(raw.black_level_per_channel)
    blacks = np.array([float(told[at]) if at < len(told) else 0.0 for at in places])
    per_channel = list(raw.camera_white_level_per_channel or [])
    whites = np.full(_CHANNELS, float(raw.white_level))
    for channel, at in enumerate(places):
        if at < len(per_channel) and 0 < per_channel[at] < whites[channel]:
            whites[channel] = float(per_channel[at])
        seen = np.flatnonzero(counts[channel])
        if not seen.size or seen[-1] >= whites[channel]:
            continue
        top, total = int(seen[-1]), counts[channel].sum()
        near = counts[channel, max(0, top - 2) : top + 1].sum()
        reach = max(4, int(_NEAR * (whites[channel] - blacks[channel])))
        below = counts[channel, max(0, top - reach) : max(1, top - 2)].max()
        is_pile = near / total > _PILED and near > 4 * below
        if is_pile and top - blacks[channel] > _PILE * (whites[channel] - blacks[channel]):
            whites[channel] = float(top)
    return np.minimum(blacks, whites - 1), whites


def _histogram(
    counts: NDArray[np.float64], blacks: NDArray[np.float64], whites: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Count by stops below a full photosite; what is darker still is in the first bin."""
    bins = STOPS * BINS_A_STOP
    found = np.zeros((_CHANNELS, bins))
    levels = np.arange(counts.shape[1], dtype=np.float64)
    for channel in range(_CHANNELS):
        share = (levels - blacks[channel]) / (whites[channel] - blacks[channel])
        stops = np.log2(np.clip(share, 2.0**-STOPS, 1.0)) + STOPS
        places = np.minimum((stops * BINS_A_STOP).astype(int), bins - 1)
        found[channel] = np.bincount(places, counts[channel], bins)
        found[channel] /= max(1.0, found[channel].sum())
    return found


def _smaller(blown: NDArray[np.uint8], times: int) -> NDArray[np.uint8]:
    """Reduce the map; a channel is full where at least half of what is put together is."""
    if times == 1:
        return blown
    size = max(1, blown.shape[1] // times), max(1, blown.shape[0] // times)
    found = np.zeros(size[::-1], np.uint8)
    for channel in range(_CHANNELS):
        share = cv2.resize((blown >> channel & 1) * np.uint8(255), size, interpolation=cv2.INTER_AREA)
        found |= (share > 127).astype(np.uint8) << channel
    return found
