"""Weights, and one wrapper a task behind ``core.protocols``."""
