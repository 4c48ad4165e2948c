"""Measurements anyone can run again. They report; nothing here fails a test."""
