"""Steps that take money."""
