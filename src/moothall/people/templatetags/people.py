"""Looking things up in templates by a person's id or a code."""

from django import template

register = template.Library()


@register.filter
def of(table: dict, key):
    """Return what a table holds under a key, or nothing."""
    return table.get(key, "")
