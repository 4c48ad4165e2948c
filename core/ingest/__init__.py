"""Finding photos, reading what their files say, decoding them."""
