"""What leaving costs, and from when on; plain Python."""
