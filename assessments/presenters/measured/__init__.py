"""What was read of files in words: how it was read, what it shows, and what it may change."""
