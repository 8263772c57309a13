"""Jobs of leaving."""
