"""How bodies are named on pages."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.bodies.rules.kinds import KIND_NAMES
from moothall.bodies.rules.shapes import BodyFact

register = template.Library()


@register.filter
def said(body: BodyFact) -> str:
    """Return a body's name in the reader's language: its Welsh one where it has one."""
    return (body.name_cy if (get_language() or "").startswith("cy") else "") or body.name


@register.filter
def kind_name(kind: str) -> str:
    """Return "District council" for "district", in the reader's language."""
    return _(KIND_NAMES[kind])
