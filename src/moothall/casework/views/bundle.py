"""Several requests begun together: which drafts belong to which life event. Kept in the browser's session.

The answers are in the drafts, one for each request; the session holds ids only.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property, wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from moothall.casework import actions, queries
from moothall.casework.views.visit import front_body_id, language, remember_draft, today
from moothall.catalogue import queries as catalogue
from moothall.core.ids import new_id
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.sharing import queries as sharing

MOST_KEPT = 5


@dataclass(frozen=True)
class Bundle:
    """What was chosen of a life event: {doing: draft id}; what others do on their own pages, by doing; and what another
    of the same body says already.
    """

    id: str
    event_id: str
    drafts: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, dict] = field(default_factory=dict)
    joined: list[str] = field(default_factory=list)

    @cached_property
    def event(self):
        """The life event, asked for once a request."""
        return catalogue.life_event(self.event_id)

    @property
    def ours(self) -> dict[str, str]:
        """The requests that are made here: {doing: draft id}."""
        left_out = {*self.elsewhere, *self.joined}
        return {name: draft_id for name, draft_id in self.drafts.items() if name not in left_out}

    def questions(self) -> list:
        """Return the questions asked once for all that was chosen."""
        return self.event.asked_for(self.drafts)


def begin(request: HttpRequest, event, wanted: list[str]) -> Bundle:
    """Begin a draft of each thing that is wanted of an event."""
    bundle = Bundle(str(new_id()), event.id)
    for name in wanted:
        doing = event.does[name]
        draft_id = actions.save_draft(
            service_id=doing.service, answers=dict(doing.answers), person_id=request.scope.person,
            language=language(request), at=request.at, by=request.actor,
        )  # fmt: skip
        remember_draft(request, draft_id)
        bundle.drafts[name] = str(draft_id)
    keep(request, bundle)
    return bundle


def keep(request: HttpRequest, bundle: Bundle) -> None:
    """Remember a bundle in the browser's session, and only the newest few."""
    known = {key: value for key, value in request.session.get("bundles", {}).items() if key != bundle.id}
    request.session["bundles"] = dict([*known.items(), (bundle.id, asdict(bundle))][-MOST_KEPT:])


def of_draft_in(request: HttpRequest, draft_id: UUID) -> str | None:
    """Return the id of the bundle that a draft belongs to, or None."""
    kept = request.session.get("bundles", {})
    return next((key for key, one in kept.items() if str(draft_id) in one["drafts"].values()), None)


def of_bundle(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view its bundle instead of its id; refuse everybody else's."""

    @wraps(view)
    def opened(request: HttpRequest, bundle_id: UUID, **words) -> HttpResponse:
        kept = request.session.get("bundles", {}).get(str(bundle_id))
        if kept is None:
            raise NotYours()
        return view(request, Bundle(**kept), **words)

    return opened


@contextmanager
def opened_draft(request: HttpRequest, draft_id: str) -> Iterator:
    """Give a draft of a bundle, in a scope that shows it; refuse NotYours where it is there no more."""
    with scoped(request.scope.narrowed(case=UUID(draft_id))):
        draft = queries.draft(UUID(draft_id))
        if draft is None:
            raise NotYours()
        yield draft


def signpost(request: HttpRequest, doing, responsible, lang: str) -> dict | None:
    """Return where to go for what is wanted, if nobody here does it at its place: {"title", "name", "url", "phone"}."""
    body_id = responsible.body_id or front_body_id(request)
    if responsible.partner and sharing.adoption(body_id, doing.service, today(request)):
        return None
    title = doing.title.in_(lang)
    return {"title": title, "name": responsible.name, "url": responsible.url, "phone": responsible.phone}
