"""Ways out: sidecars, copies, lists."""
