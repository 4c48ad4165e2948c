"""Whether pictures known twice are found, and what a library of many frames costs."""
