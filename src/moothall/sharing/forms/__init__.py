"""What staff write about sharing: offers, terms of partnerships, and decisions about them."""
