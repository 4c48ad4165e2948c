"""XMP: reading it, and editing it without losing a byte."""
