"""What comes in writing, read: who wrote what, whether a person did, what it answers, and what it may be about."""
