"""The program without a window: what can be said to ``shortlist``, and who does it."""
