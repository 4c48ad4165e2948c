"""What frames of a burst are compared in: a file a term, with all that is known of it, and the one table."""
