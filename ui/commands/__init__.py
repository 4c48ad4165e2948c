"""What can be done, by which keys, where, and who does it; knows nothing of what is seen."""
