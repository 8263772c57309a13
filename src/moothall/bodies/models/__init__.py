"""Public bodies, who works for them, and the land they look after."""

from .land import Area, Dwelling, Edition, Street
from .organisation import Body, DutyException, Staff, Team

__all__ = ["Area", "Body", "DutyException", "Dwelling", "Edition", "Staff", "Street", "Team"]
