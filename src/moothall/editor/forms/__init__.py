"""What is typed into the editor."""
