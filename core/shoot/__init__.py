"""The open shoot: what a run's events add up to, how much of it is decided, and which of it is shown."""
