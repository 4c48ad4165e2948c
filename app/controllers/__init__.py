"""Between the window and everything else: each hears some commands and shows what came of them."""
