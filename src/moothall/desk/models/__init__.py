"""Contacts, what a contact costs, promises to ring back, and places where people are received."""

from .call_backs import CallBack
from .contacts import Contact, UnitCost
from .points import AccessPoint, OtherHours, Ticket

__all__ = ["AccessPoint", "CallBack", "Contact", "OtherHours", "Ticket", "UnitCost"]
