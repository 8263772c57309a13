"""Pages of bodies that join."""
