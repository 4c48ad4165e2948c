"""What is done to decoded pixels: turning upright, colours to sRGB, encoding."""

import io
from functools import lru_cache

import cv2
import numpy as np
import simplejpeg
from PIL import Image, ImageCms

from core.ingest.quiet import quiet
from core.protocols import RgbImage

# What OpenCV is asked to flip after the quarter turn: 0 the rows, 1 the columns, -1 both.
_FLIPS = {2: 1, 3: -1, 4: 0, 6: 1, 7: -1, 8: 0}

_INVERSES = {6: 8, 8: 6}  # the others undo themselves


def is_quarter_turned(orientation: int) -> bool:
    """Tell whether an EXIF orientation swaps width and height."""
    return orientation in (5, 6, 7, 8)


def upright(rgb: RgbImage, orientation: int) -> RgbImage:
    """Turn and mirror stored pixels as the EXIF orientation (CIPA DC-008, 4.6.4) says.

    Args:
        rgb: uint8, shape (H, W, 3).
        orientation: 1 to 8; anything else is taken as 1.

    Returns:
        uint8, C-contiguous, shape (H, W, 3) or (W, H, 3); ``rgb`` itself if nothing is to be done.
    """
    turned = cv2.transpose(rgb) if is_quarter_turned(orientation) else rgb
    flip = _FLIPS.get(orientation)
    return np.ascontiguousarray(turned if flip is None else cv2.flip(turned, flip), np.uint8)


def turned_over(rgb: RgbImage, before: int, wanted: int) -> RgbImage:
    """Turn a picture that was made upright by one orientation to how it is by another.

    Args:
        rgb: uint8, shape (H, W, 3), upright by ``before``.
        before: 1 to 8.
        wanted: 1 to 8.
    """
    return upright(upright(rgb, _INVERSES.get(before, before)), wanted)


def encode_jpeg(rgb: RgbImage, quality: int) -> bytes:
    """Encode as JPEG with 4:2:0 chroma; quality 1 to 100."""
    data: bytes = simplejpeg.encode_jpeg(np.ascontiguousarray(rgb), quality, colorsubsampling="420")
    return data


def to_srgb(rgb: RgbImage, icc: bytes | None) -> RgbImage:
    """Convert to sRGB; meant for reduced pictures, for it takes 20 ms a megapixel.

    Args:
        rgb: uint8, shape (H, W, 3), in the colours of ``icc``.
        icc: the profile that came with the picture; without one it is taken as sRGB already, and so is one
            whose profile cannot be used.
    """
    transform = _to_srgb_transform(icc) if icc else None
    if transform is None:
        return rgb
    return np.array(ImageCms.applyTransform(Image.fromarray(rgb), transform))


@lru_cache(maxsize=8)
def _to_srgb_transform(icc: bytes) -> ImageCms.ImageCmsTransform | None:
    """Make the transform, None for what is sRGB or of no use.

    It is kept, for all frames of a shoot carry the same profile.
    """
    try:
        profile = ImageCms.getOpenProfile(io.BytesIO(icc))
        if profile.profile.xcolor_space.strip() != "RGB" or "srgb" in _described(profile):
            return None
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(profile, srgb, "RGB", "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _described(profile: ImageCms.ImageCmsProfile) -> str:
    return (profile.profile.profile_description or "").casefold()


def flatten(image: Image.Image) -> tuple[RgbImage, bytes | None]:
    """Turn any Pillow picture into 8-bit RGB, transparent parts on white.

    Returns:
        uint8, C-contiguous, shape (H, W, 3), and the profile its colours are still in: None where they were
        converted or where the profile is for other channels than RGB.
    """
    icc = image.info.get("icc_profile") or None
    with quiet:
        if image.mode in ("CMYK", "LAB"):
            return np.array(_printed_to_rgb(image, icc)), None
        if image.mode.startswith(("I", "F")):
            return np.array(_eight_bit(image).convert("RGB")), None
        if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
            rgba = image.convert("RGBA")
            white = Image.new("RGBA", rgba.size, "white")
            return np.array(Image.alpha_composite(white, rgba).convert("RGB")), icc
        return np.array(image.convert("RGB")), icc


def _printed_to_rgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """Convert CMYK or Lab to sRGB: by its profile, or as plainly as can be."""
    srgb = ImageCms.createProfile("sRGB")
    try:
        if image.mode == "LAB":
            profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif icc:
            profile = ImageCms.getOpenProfile(io.BytesIO(icc))
        else:
            return image.convert("RGB")
        converted = ImageCms.profileToProfile(image, profile, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        converted = None
    return converted if converted is not None else image.convert("L" if image.mode == "LAB" else "RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Scale grey of 16 or 32 bits, whole or floating, by the range it most likely uses."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0.0, neginf=0.0)
    highest = float(values.max(initial=0.0))
    tops = [top for top in (1.0, 255.0, 65535.0) if highest <= top]
    if image.mode.startswith("I;16"):
        tops = [65535.0]
    elif image.mode == "I":
        tops = [top for top in tops if top > 1.0]
    top = tops[0] if tops else highest
    return Image.fromarray(np.clip(values * (255.0 / top), 0, 255).astype(np.uint8))
