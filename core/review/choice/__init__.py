"""What a client chose: read from what a proof gallery gave, from a table, or from whatever was written in a mail."""
