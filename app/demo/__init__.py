"""A shoot to try everything on: bursts, faces, a blink, a bracket and frames that failed, made in a few seconds."""
