"""How well things are found again within photos, and what that costs: ``python -m benchmarks.things``."""
