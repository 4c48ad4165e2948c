"""Your eye: what the user's own decisions say of how much each term counts, and which kind of shoot it is."""
