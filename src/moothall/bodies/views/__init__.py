"""Pages: public ones about bodies and places, and staff's about their colleagues."""
