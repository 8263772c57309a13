"""What the editor decides, in plain Python."""
