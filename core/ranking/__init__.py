"""Which frame of a burst is best, and why."""
