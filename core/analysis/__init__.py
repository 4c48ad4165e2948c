"""Measures of one frame: sharpness, exposure, faces."""
