"""People by name: who was named in one shoot, and who in another one may be the same."""
