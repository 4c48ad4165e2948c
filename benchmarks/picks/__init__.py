"""How good the suggestions are, judged by people who looked at every frame: ``python -m benchmarks.picks``."""
