"""What people tell promises."""
