"""What can be said behind each command; nothing here loads what does it."""
