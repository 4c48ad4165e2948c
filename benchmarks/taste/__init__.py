"""How soon a photographer's taste is learned, and that it does no harm: ``python -m benchmarks.taste``."""
