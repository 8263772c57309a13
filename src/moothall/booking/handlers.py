"""Answers the house's questions about bookings: they hold ids and times, nothing of a person."""

from moothall.core import personal

personal.free("booking_diary", "name", why="the name of a diary")
