"""The JSON API: services, cases and their events, by the same actions as the pages.

It knows no cookies: who may read a case shows it as on the tracking page, by a contact it was opened with, in a header.
Errors are problem documents (RFC 9457).
"""

import datetime as dt
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Header, NinjaAPI, Path, Status
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as BadShape

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.api.contact import Contact
from moothall.catalogue import queries as catalogue
from moothall.core import rate
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, rescope
from moothall.sharing import queries as sharing

VERSION = "1.0.0"
PROBLEM = "application/problem+json"
Text = dict[str, str]


class Problem(BaseModel):
    """What went wrong and what to do (RFC 9457)."""

    type: str = Field(description="Names the kind of problem", examples=["/problems/answers-wrong"])
    title: str = Field(description="Says what to do")
    status: int
    errors: dict[str, str] = Field(default={}, description="What is wrong with each answer, by its question")


class ServiceLine(BaseModel):
    """A service in the list of services."""

    id: str = Field(examples=["report-pothole"])
    title: Text = Field(examples=[{"en": "Report a pothole", "cy": "Rhoi gwybod am dwll yn y ffordd"}])
    summary: Text
    topics: list[str]
    done_by: str = Field(description="The kind of work, which decides who is responsible at a place")


class Service(ServiceLine):
    """A service with all it asks."""

    version: int
    answers: dict[str, Any] = Field(description="JSON Schema of the answers it takes")
    promise: dict[str, Any] = Field(description="The time within which it is done", examples=[{"days": "28"}])
    contact_needed: bool


class Spot(BaseModel):
    """Where it is: a point, a home (UPRN) or a street (USRN). Names are read from our own map, never from you."""

    model_config = ConfigDict(extra="ignore")
    lat: Annotated[float, Field(ge=-90, le=90, examples=[52.447448])] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, examples=[-2.097236])] | None = None
    uprn: str | None = Field(default=None, max_length=12)
    usrn: str | None = Field(default=None, max_length=8)
    note: str = Field(default="", max_length=300, examples=["by the post box"])


class NewCase(BaseModel):
    """A request for a service."""

    model_config = ConfigDict(extra="forbid")
    service: str = Field(max_length=60, examples=["report-pothole"])
    answers: dict[str, Any] = Field(
        examples=[{"surface": "road", "width": "dustbin-lid", "depth": "fist", "avoiding": True}]
    )
    place: Spot | None = None
    contact: Contact = Contact()
    body: str | None = Field(
        default=None, max_length=60, description="Whom it is for, where no place decides it", examples=["marchshire"]
    )
    language: str = Field(default="en", pattern="^(en|cy)$")


class Accepted(BaseModel):
    """A request that was accepted: nothing of it gets lost."""

    reference: str = Field(examples=["MAR-0012-345K"])
    tracking: str = Field(description="The address of the page that shows how it goes")
    promise_due: dt.datetime | None


class Plain(Parser):
    """Reads JSON, and refuses what no database keeps: text with a NUL in it."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body's value; ValueError makes it a problem document."""
        content = super().parse_body(request)
        waiting = [content]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str) and "\x00" in one:
                raise ValueError("NUL in a text")
            if isinstance(one, dict):
                waiting += [*one, *one.values()]
            elif isinstance(one, list):
                waiting += one
        return content


class Documented(NinjaAPI):
    """Says in its document what kind of content a problem has."""

    def get_openapi_schema(self, **asked) -> dict:
        """Return the OpenAPI document: an error's content is a problem document (RFC 9457), not plain JSON."""
        document = super().get_openapi_schema(**asked)
        for path in document["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = {PROBLEM: next(iter(answer["content"].values()))}
        return document


api = Documented(
    parser=Plain(),
    title="Moothall",
    version=VERSION,
    description="Ask public bodies for their services, and see how it goes.",
    docs_url=None,
    urls_namespace="api-1",
)
WRONG = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}


def _answer(request: HttpRequest, status: int, kind: str, title: str, errors: dict | None = None):
    """Answer with a problem document, and undo what the request wrote."""
    request.refused = True
    problem = {"type": f"/problems/{kind}", "title": title, "status": status, "errors": errors or {}}
    response = api.create_response(request, problem, status=status)
    response["Content-Type"] = PROBLEM
    return response


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal):
    """Say why not and what to do, with the problem of each answer."""
    errors = refusal.details.get("problems") or ({refusal.field: refusal.message} if refusal.field else {})
    response = _answer(request, refusal.status, refusal.code, refusal.message, errors)
    if "retry_after" in refusal.details:
        response["Retry-After"] = str(refusal.details["retry_after"])
    return response


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError):
    """Say what in the request is not as the document says."""
    errors = {".".join(str(part) for part in e["loc"][1:]) or "body": e["msg"] for e in error.errors}
    return _answer(request, 422, "malformed", "Some of what was sent is not as the API's document says.", errors)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError):
    """Say that the request could not be read."""
    return _answer(request, error.status_code, "unreadable", str(error))


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Http404):
    """Say that there is no such thing."""
    return _answer(request, 404, "not-found", "There is no such address. See /api/v1/openapi.json.")


def enter(request: HttpRequest) -> Actor:
    """Count the request, forget any cookie's scope, and return who acts."""
    from django.conf import settings

    most = rate.Limit("api", settings.API_PER_MINUTE, 60)
    rate.limit(most, rate.address(request), at=request.at)
    by = Actor("api")
    if request.user.is_authenticated:
        rescope(Scope(purpose="api", actor=by))
    return by


def _line(published) -> dict:
    definition = published.definition
    return {
        "id": published.service_id,
        "title": _both(definition.title),
        "summary": _both(definition.summary),
        "topics": list(definition.topics),
        "done_by": definition.work,
    }


def _both(text) -> Text:
    return {"en": text.en, "cy": text.cy}


@api.get("/services", response={200: list[ServiceLine]} | WRONG, tags=["services"], operation_id="list_services")
def list_services(request: HttpRequest, find: str = ""):
    """List the services that can be asked for; `find` narrows by anybody's own words."""
    enter(request)
    return [_line(published) for published in (catalogue.find(find[:200]) if find else catalogue.services())]


@api.get("/services/{service_id}", response={200: Service} | WRONG, tags=["services"], operation_id="get_service")
def get_service(request: HttpRequest, service_id: Annotated[str, Path(max_length=60)]):
    """Show what a service asks and promises."""
    enter(request)
    published = catalogue.current(service_id)
    definition, within = published.definition, published.definition.promise.done_within
    return _line(published) | {
        "version": published.number,
        "answers": catalogue.answers_schema(definition),
        "promise": {within.unit: str(within.amount)},
        "contact_needed": definition.contact.needed,
    }


LINKS = {
    "responses": {
        201: {
            "links": {
                "case": {
                    "operationId": "get_case",
                    "parameters": {"reference": "$response.body#/reference"},
                }
            }
        }
    }
}


Key = Annotated[str | None, Header(max_length=100, description="Your own name for this submission; kept 30 days")]


@api.post("/cases", response={201: Accepted} | WRONG, tags=["cases"], operation_id="open_case", openapi_extra=LINKS)
def open_case(request: HttpRequest, new: NewCase, idempotency_key: Key = None):
    """Open a case. With an `Idempotency-Key` the same request, sent again, is answered again and opens no other."""
    by = enter(request)
    place = bodies.complete(new.place.model_dump()) if new.place else None
    opened = actions.open_case(
        service_id=new.service,
        answers=_with_places(new, place, request.at),
        place=place,
        contact=new.contact.kept(),
        body_id=bodies.body(new.body).id if new.body else None,
        channel="api",
        idempotency=idempotency_key,
        language=new.language,
        at=request.at,
        by=by,
    )
    address = queries.tracking_address(opened.reference)
    return Status(201, Accepted(reference=opened.reference, tracking=address, promise_due=opened.promise_due))


def _with_places(new: NewCase, place: dict | None, at: dt.datetime) -> dict:
    """Return the answers with every place in them read from our own map."""
    given = dict(new.answers)
    for question in _definition(new.service, at).questions:
        if question.type not in ("place", "address"):
            continue
        if isinstance(given.get(question.id), dict):
            given[question.id] = _spot(question, given[question.id], new.language)
        elif place and question.id not in given:
            given[question.id] = place
    return given


def _spot(question, given: dict, lang: str) -> dict | None:
    """Return a place that stands among the answers, read from our own map; refuse AnswersWrong what is none."""
    try:
        return bodies.complete(Spot(**given).model_dump())
    except (BadShape, TypeError):
        problem = catalogue.check_answer(question, None, lang)[1] or catalogue.check_answer(question, {"": ""}, lang)[1]
        raise actions.AnswersWrong(problems={question.id: problem}, field=question.id) from None


def _definition(service_id: str, at: dt.datetime):
    """Return what a service asks, from what is kept in the process where a body offers it."""
    offered = sharing.adoptions(local(at).date(), service_id=service_id)
    return catalogue.definition(offered[0].version_id) if offered else catalogue.current(service_id).definition
