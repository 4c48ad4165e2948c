"""The main job from a folder to ranked clusters, the same for window, command line and tests."""
