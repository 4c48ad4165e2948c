"""Names and texts by template: what a user writes with placeholders, filled with what is known of each photo."""
