"""Who a burst is about, followed through its frames."""
