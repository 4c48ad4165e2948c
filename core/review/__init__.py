"""The user's decisions, with undo and redo."""
