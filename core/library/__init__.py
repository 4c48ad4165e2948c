"""All shoots together: what is known of every frame that was ever measured, searched at once."""
