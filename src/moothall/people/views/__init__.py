"""Pages: staff's about people they may know, and everybody's about themself."""
