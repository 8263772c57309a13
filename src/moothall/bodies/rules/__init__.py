"""What bodies there are, where they are, and which of them the law makes responsible. Plain Python."""
