"""Services on pages: their words in the reader's language, and parts that other chapters include."""

import json

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from moothall.catalogue import queries

register = template.Library()


def language() -> str:
    """Return "cy" or "en", whichever the reader chose."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


@register.filter
def text(words) -> str:
    """`{{ definition.title|text }}` gives a Text in the reader's language; nothing for None."""
    return words.in_(language()) if words else ""


#: How characters that end a script are written inside one.
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(told):
    """`{% json_ld structured %}` tells search engines what a page is about: data in the page, never run."""
    text = json.dumps(told, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above


@register.simple_tag
def workflow(definition):
    """`{% workflow definition %}` draws the work of a service, in the reader's language."""
    return mark_safe(queries.draw(definition, language()))  # noqa: S308  made by us, texts are escaped


@register.inclusion_tag("catalogue/parts/condition.html")
def condition(definition, source, begins=""):
    """`{% condition definition step.when %}` says a condition in words, with the expression behind a detail."""
    return {"said": queries.condition_said(source, definition, language(), begins)}


@register.inclusion_tag("catalogue/parts/condition.html")
def said(said):
    """`{% said begins %}` shows a condition that is in words already, with the expression behind a detail."""
    return {"said": said}


@register.inclusion_tag("catalogue/parts/search.html", takes_context=True)
def service_search(context, typed="", hero=False):
    """`{% service_search %}` shows the box that finds a service; `hero=True` makes it the page's main thing."""
    request = context["request"]
    return {"typed": typed, "hero": hero, "where": request.session.get("where_label", ""), "request": request}


@register.inclusion_tag("catalogue/parts/topics.html")
def service_topics():
    """`{% service_topics %}` lists the topics with what is in each."""
    published = [*queries.services(), *queries.pages()]
    return {
        "topics": [
            (name, text, [p for p in published if name in p.definition.topics])
            for name, text in queries.topics().items()
        ]
    }
