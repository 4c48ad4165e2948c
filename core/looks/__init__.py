"""What kinds of picture a shoot holds: frames that look alike, whenever they were taken."""
