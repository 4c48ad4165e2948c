"""How good the measures under the ranking are, on folders of labelled and of good photos."""
