"""What staff write about sharing."""
