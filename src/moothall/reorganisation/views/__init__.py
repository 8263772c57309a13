"""Pages of reorganisation."""
