"""Pages: from the first question to the last message, for residents and for staff."""
