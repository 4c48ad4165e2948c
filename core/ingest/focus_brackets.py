"""Whether a camera says that it shifts its focus from frame to frame: Exif has no tag for it, three makers have.

Canon's, Olympus's (OM System's) and Panasonic's maker notes. Nikon's word lies in an encrypted part, Sony's and
Fujifilm's are not known.
"""

from core.ingest.maker_notes import Maker, MakerNote

_BURST_MODE, _FOCUS_BURST = 0x002A, 3  # Panasonic's BurstMode
# Olympus's DriveMode: mode, number of the shot, bits of the mode.
_CAMERA_SETTINGS, _DRIVE_MODE = (0x2020, 0x0600)
_BRACKETS, _FOCUS_BIT = 5, 1 << 6
_BRACKETING_INFO = 0x4053  # Canon's FocusBracketingInfo: its own length, then 1 where focus is shifted


def shifts_focus(note: MakerNote) -> bool:
    """Return whether a maker note says that the frame is of a focus bracket.

    Raises:
        OSError: the file cannot be read any further.
    """
    match note.maker:
        case Maker.PANASONIC:
            return note.numbers(_BURST_MODE) == (_FOCUS_BURST,)
        case Maker.OLYMPUS:
            drive = note.below(_CAMERA_SETTINGS).numbers(_DRIVE_MODE)
            return len(drive) > 2 and drive[0] == _BRACKETS and bool(drive[2] & _FOCUS_BIT)
        case Maker.CANON:
            info = note.numbers(_BRACKETING_INFO)
            return len(info) > 1 and info[1] == 1
    return False
