"""The composition root: entry points, threads, controllers."""
