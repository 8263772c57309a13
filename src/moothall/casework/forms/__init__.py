"""What people type: the questions of a service, how to reach them, and what staff fill in."""
