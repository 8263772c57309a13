"""Answers the house's questions about bookings: they hold ids and times, nothing of a person."""
