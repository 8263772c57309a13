"""Public bodies, who works for them, and the land they look after."""

from .land import Area, Dwelling, Edition, Street
from .organisation import Body, DutyException, Group, Staff, Team

__all__ = ["Area", "Body", "DutyException", "Dwelling", "Edition", "Group", "Staff", "Street", "Team"]
