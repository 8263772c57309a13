"""Days, times, money and counts in words: `{{ case.promise_due|by }}` says "by 5pm on Tuesday 24 November"."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from moothall.core.money import pounds as in_pounds
from moothall.ui import rules

register = template.Library()


def _language() -> str:
    return "cy" if (get_language() or "en").startswith("cy") else "en"


@register.filter
def named(body: Any) -> str:
    """`{{ request.front_body|named }}` gives a body's name in the reader's language, else Moothall."""
    welsh = getattr(body, "name_cy", "") if _language() == "cy" else ""
    return welsh or getattr(body, "name", "") or "Moothall"


@register.filter
def day(moment: date | datetime | None, today: date | datetime | None = None) -> str:
    """`{{ due|day }}` gives "Tuesday 24 November"; `{{ due|day:request.at }}` adds a year that is not this one."""
    return rules.day_words(moment, _language(), today) if moment else ""


@register.filter
def day_year(moment: date | datetime | None) -> str:
    """`{{ born|day_year }}` gives "24 November 2026"."""
    return rules.date_words(moment, _language()) if moment else ""


@register.filter
def month(moment: date | datetime | None) -> str:
    """`{{ start|month }}` gives "November 2026"."""
    return rules.month_words(moment, _language()) if moment else ""


@register.filter
def clock(moment: datetime | None) -> str:
    """`{{ at|clock }}` gives "5pm", "5:30pm", "midday"."""
    return rules.time_words(moment, _language()) if moment else ""


@register.filter
def day_time(moment: datetime | None, today: date | datetime | None = None) -> str:
    """`{{ at|day_time }}` gives "Tuesday 24 November at 5:30pm"."""
    if not moment:
        return ""
    at = {"en": "at", "cy": "am"}[_language()]
    return f"{rules.day_words(moment, _language(), today)} {at} {rules.time_words(moment, _language())}"


@register.filter
def by(moment: date | datetime | None, today: date | datetime | None = None) -> str:
    """`{{ due|by }}` gives "by 5pm on Tuesday 24 November", or "by Tuesday 24 November" at the end of a day."""
    return rules.by_words(moment, _language(), today) if moment else ""


@register.filter
def since(moment: date | datetime | None, at: datetime) -> str:
    """`{{ opened|since:request.at }}` gives "3 days ago". For staff pages, in English."""
    return rules.since_words(moment, at) if moment else ""


@register.filter
def due(moment: date | datetime | None, at: datetime) -> SafeString:
    """`{{ task.due_at|due:request.at }}` gives "2 days late" in a word and a colour. For staff pages, in English."""
    words, pressing = rules.due_words(moment, at)
    return format_html('<span class="mh-due{}">{}</span>', f" mh-due--{pressing}" if pressing else "", words)


@register.filter
def pounds(pence: int | None) -> str:
    """`{{ charge|pounds }}` gives "£12.50" for 1250 pence."""
    return "" if pence is None else in_pounds(pence)


@register.filter
def count(number: Any) -> str:
    """`{{ cases|count }}` gives "12,345"."""
    return f"{number:,}" if isinstance(number, int) else str(number or "")


@register.filter
def spoken(reference: str) -> str:
    """`{{ case.reference|spoken }}` gives "M A R, 0 0 1 2, 3 4 5 K": letter by letter, for a screen reader."""
    return ", ".join(" ".join(part) for part in str(reference).split("-"))
