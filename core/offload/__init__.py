"""Copying photos from cards: planned first; each file is read again from disk, and its checksum listed."""
