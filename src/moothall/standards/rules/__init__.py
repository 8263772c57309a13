"""Standards rules: how a service reads in each standard, and how the standards are written."""
