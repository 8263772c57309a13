"""The door of the tables' owner, who reads every row: for the few processes that may act as it, never web or worker."""

from django.db import connections

PARTS = {"HOST": "host", "PORT": "port", "NAME": "dbname", "USER": "user", "PASSWORD": "password"}


class NotTheOwner(RuntimeError):
    """This process does not act as the owner of the tables. Use the `moothall` command."""


def here() -> bool:
    """Tell whether this process may act as the owner."""
    return "owner" in connections.databases


def address() -> dict:
    """Return psycopg's parameters of the owner's connection. Raises NotTheOwner where this process may not use it."""
    if not here():
        raise NotTheOwner(NotTheOwner.__doc__)
    settings = connections["owner"].settings_dict
    return {PARTS[key]: value for key, value in settings.items() if key in PARTS and value} | settings["OPTIONS"]
