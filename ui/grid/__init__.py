"""The grid of clusters."""
