"""Whether somebody looks into the camera, as far as that can be told surely."""

from core.types import EyeState, Face

# Between the two nothing is said: heads turn, and lids fall, by degrees.
_TOWARDS, _ASIDE = 0.5, 0.3  # gaze

# Gaze is of the eyes in their head. Of 280 open-eyed faces with a gaze ahead, of seven shoots, 22 had their nose this
# far from the middle between their eyes; 19 of them looked past the camera.
_TURNED = 0.3  # of the way from eye to eye


def looks_here(face: Face) -> bool | None:
    """Tell whether a face looks into the camera; None where it cannot be told surely. Shut eyes look nowhere."""
    if face.gaze is None or face.eyes is not EyeState.OPEN or _ASIDE <= face.gaze < _TOWARDS:
        return None
    if face.gaze < _ASIDE:
        return False
    return None if is_turned(face) else True


def is_turned(face: Face) -> bool:
    """Tell whether the head is turned so far aside that eyes straight ahead look past the camera.

    The box stands for the shape of the picture, of which landmarks are fractions; False where nothing is known.
    """
    if len(face.landmarks) < 3:
        return False
    (right_x, right_y), (left_x, left_y), (nose_x, nose_y) = face.landmarks[:3]
    width, height = face.box.width, face.box.height
    across, down = (left_x - right_x) / width, (left_y - right_y) / height
    length = across**2 + down**2
    if not length:
        return True
    along = ((nose_x - right_x) / width * across + (nose_y - right_y) / height * down) / length
    return abs(along - 0.5) > _TURNED
