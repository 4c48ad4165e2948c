"""The export screen: what, which photos and where to; what would happen; what did happen."""
