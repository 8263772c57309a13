"""What a body of each kind needs, and how its files are read. Plain Python."""
