"""Which frames belong together: bursts, scenes, brackets."""
