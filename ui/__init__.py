"""What is seen: Qt widgets, item models and delegates."""
