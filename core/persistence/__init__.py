"""What is kept on disk: decisions for good, measures and thumbnails until cleared."""
