"""What the editor's pages have in common: who may open them, and how a draft is told of."""

from django.http import HttpRequest
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.editor import queries
from moothall.editor.models import OPEN, STATES
from moothall.editor.rules.files import DEFINITION
from moothall.editor.rules.rewriting import CannotRewrite, read

WRITERS = ("officer", "manager", "partnership-office")
writers = staff(*WRITERS)
readers = staff(*WRITERS, "monitoring-officer")


def today(request: HttpRequest):
    """Return the day in London."""
    return local(request.at).date()


def names(request: HttpRequest) -> dict[str, str]:
    """Return the names of one's colleagues as they are noted beside what they did: {"staff:12": "Ann Example"}."""
    posts = bodies.colleagues(request.acting_body.id, today(request))
    return {f"staff:{post.account_id}": post.name for post in posts}


def who(by: str, known: dict[str, str]) -> str:
    """Return who did something, in words."""
    return known.get(by) or ("the command line" if by.startswith("system:") else "a former colleague")


def title(row, definition=None) -> str:
    """Return what a draft is called: its title as written, else as published, else its name."""
    if definition:
        return definition.title.en
    found = queries.newest(row.service_id)
    return found.definition.title.en if found else written_title(row) or row.service_id


def written_title(row) -> str:
    """Return the title in a draft's text, even where the rest is not good; empty where it cannot be read."""
    try:
        words = read(row.files[DEFINITION]).get("title")
    except CannotRewrite:
        return ""
    return str(words.get("en") or "") if isinstance(words, dict) else ""


def about(row, definition=None, **more) -> dict:
    """Return what every page of a draft says: what it is of, its state, and the way back to it."""
    named = title(row, definition)
    base = catalogue.version(row.base_id) if row.base_id else None
    return {
        "draft": row, "title": named, "base": base, "state": STATES[row.state],
        "is_open": row.state in OPEN,
        "back_url": reverse("editor:draft", args=[row.pk]), "back_text": named,
    } | more  # fmt: skip
