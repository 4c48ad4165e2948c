"""Whether files of two frames may lie under one name: there they are taken for one press of the shutter.

A JPEG beside a RAW of its name is paired with it, a sidecar is read as that of the photo it is named after. So two
frames get one name only where their cameras called them the same at the same time, as with RAWs on one card and
JPEGs on the other.
"""

from pathlib import PurePosixPath

from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import FramePlace, claims, frame_key, frame_place
from core.ingest.pairing import is_one_press
from core.offload.cards import CardFile, CardFrame


def places_taken(frame: CardFrame, files: tuple[tuple[CardFile, PurePosixPath], ...]) -> set[FramePlace]:
    """Return the frames that some files would be taken for under their new names.

    Args:
        frame: whose files they are.
        files: each with its name below a folder. A sidecar by itself counts as every photo that it can be read for.
    """
    if kind_of(frame.main.path) is not Kind.SIDECAR:
        return {frame_place(name) for file, name in files if kind_of(file.path) is not Kind.SIDECAR}
    return {
        frame_place(name.with_name(claim.name if claim.of_file else f"{claim.name}."))
        for _, name in files
        for claim in claims(name.name)
    }


def may_be_one(frame: CardFrame, other: CardFrame, place: FramePlace) -> bool:
    """Tell whether two frames of the cards may both be taken for one.

    They may be one press of the shutter, by their camera's word; or they lie beside each other under this very name on
    the card, and are told apart in the copies as they are there.
    """
    one, two = frame.main.path, other.main.path
    if one.parent == two.parent and frame_key(one.name) == frame_key(two.name) == place[1]:
        return True
    return frame.photo is not None and other.photo is not None and is_one_press(frame.photo, other.photo)
