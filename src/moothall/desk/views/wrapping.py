"""Ending a contact in one key, checking who calls, and ringing back."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.casework import queries as casework
from moothall.core import audit
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.workdays import england
from moothall.desk import actions, queries
from moothall.desk.forms import SELF, AboutForm, CallBackForm, IdentityForm, WrapForm, WriteBackForm
from moothall.desk.rules.wrapping import WRAP_UPS, times
from moothall.desk.views import acting, in_hand
from moothall.desk.views.counter import ADVISERS, services_for, wrapping
from moothall.people import queries as people


@staff(*ADVISERS)
@require_POST
def wrap(request: HttpRequest) -> HttpResponse:
    """Record what a contact was by its number, and go to the next; a call-back first asks when and where."""
    form = WrapForm(request.POST, services=services_for(request), helpers=acting.of_post(request))
    if not form.is_valid():
        return render(request, "desk/wrap_up.html", wrapping(request, form))
    given = form.cleaned_data
    chosen = WRAP_UPS[given["ended_as"]]
    about = {"case_id": given["case"], "person_id": given["person"], "service_id": given["service"]}
    about |= {"acts_for_id": acting.chosen(given)}
    if chosen.outcome == "call-back":
        return _call_back(request, None, given["channel"], about | {"note": given["note"]})
    said = {"kind": chosen.kind, "outcome": chosen.outcome, "note": given["note"], **about}
    in_hand.wrap_up(request, channel=given["channel"], **said)
    notices.success(request, f"Wrapped up: {chosen.words}.")
    return redirect("desk:desk")


@staff(*ADVISERS)
@require_http_methods(["GET", "POST"])
def call_back(request: HttpRequest) -> HttpResponse:
    """Promise a caller that we ring, and record the contact; both or neither."""
    if request.method == "GET":
        return _call_back(request, None, request.session.get("came_by", "phone"), {})
    helpers = acting.of_post(request)
    form = CallBackForm(request.POST, times=times(request.at, england()), calls=_calls(request.POST), helpers=helpers)
    if not form.is_valid():
        return _call_back(request, form, request.POST.get("channel", "phone"), {})
    given = form.cleaned_data
    about = {"case_id": given["case"], "person_id": given["person"], "service_id": given["service"]}
    about |= {"acts_for_id": acting.chosen(given)}
    contact_id = in_hand.wrap_up(
        request, channel=given["channel"], kind="question", outcome="call-back", note=given["about"], **about
    )
    promised = actions.promise_call_back(
        contact_id=contact_id, phone=given["phone"], about=given["about"], due_at=form.due_at, way=given["way"],
        at=request.at, by=request.actor,
    )  # fmt: skip
    does = "write to" if promised.in_writing else "ring"
    notices.success(request, f"Promised: we {does} {promised.phone} by {local(promised.due_at):%H:%M on %A %-d %B}.")
    return redirect("desk:desk")


def _call_back(request: HttpRequest, form: CallBackForm | None, channel: str, about: dict) -> HttpResponse:
    """Show when and where we may ring, with what is known filled in."""
    if form is None:
        known = {"case": about.get("case_id"), "person": about.get("person_id"), "service": about.get("service_id")}
        calls = queries.calls_of(case_id=about.get("case_id"), person_id=about.get("person_id"))
        way, where = _reached(request, about, calls)
        known |= {"channel": channel, "about": about.get("note", ""), "phone": where, "way": way}
        known["helper"] = about.get("acts_for_id") or SELF
        helpers = acting.of_post(request)
        form = CallBackForm(initial=known, times=times(request.at, england()), calls=calls, helpers=helpers)
    return render(request, "desk/call_back.html", {"form": form})


def _reached(request: HttpRequest, about: dict, calls: str) -> tuple[str, str]:
    """Return how and where whoever it is about is best answered, as far as it is known."""
    known = {}
    if about.get("case_id"):
        known = casework.case(about["case_id"], at=request.at).file.contact
    elif about.get("person_id"):
        known = people.contact_of(about["person_id"])
    if calls == "none":
        return ("email", known["email"]) if known.get("email") else ("sms", known.get("phone", ""))
    return "relay" if calls == "relay" else "phone", known.get("phone", "")


def _calls(posted) -> str:
    """Return whether whoever a form is about can be rung; who is named in no known way can."""
    form = AboutForm(posted)
    form.is_valid()
    return queries.calls_of(case_id=form.cleaned_data.get("case"), person_id=form.cleaned_data.get("person"))


@staff(*ADVISERS)
@require_GET
def call_backs(request: HttpRequest) -> HttpResponse:
    """List whom we promised to ring, the soonest first."""
    body_id, here = request.acting_body.id, local(request.at)
    month = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = queries.call_backs(body_id)
    if rows:
        audit.read(object="desk:call-backs", body_id=body_id, at=request.at, by=request.actor, what="desk")
    words = {"rows": rows, "late": sum(row.due_at < request.at for row in rows)}
    return render(request, "desk/call_backs.html", words | {"in_time": queries.rung_in_time(body_id, month)})


@staff(*ADVISERS)
@require_POST
def rung(request: HttpRequest, call_back_id: UUID) -> HttpResponse:
    """Say whether somebody was reached."""
    reached = request.POST.get("reached") == "yes"
    found = actions.ring_back(call_back_id=call_back_id, reached=reached, at=request.at, by=request.actor)
    said = {"rung": "Rung back.", "given-up": f"Not reached {found.tries} times: given up."}
    notices.success(request, said.get(found.state, "Not reached. It stays in the list: try again."))
    return redirect("desk:call_backs")


@staff(*ADVISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def write_back(request: HttpRequest, call_back_id: UUID) -> HttpResponse:
    """Answer in writing whom we promised that; it is sent and the promise is kept."""
    found = next((row for row in queries.call_backs(request.acting_body.id) if row.pk == call_back_id), None)
    if found is None or not found.in_writing:
        raise actions.NoSuchCallBack()
    audit.read(object=f"call-back:{found.pk}", body_id=found.body_id, at=request.at, by=request.actor, what="desk")
    form = WriteBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.write_back(call_back_id=found.pk, text=form.cleaned_data["text"], at=request.at, by=request.actor)
        notices.success(request, "Sent.")
        return redirect("desk:call_backs")
    language = people.language_of(found.person_id) if found.person_id else "en"
    return render(request, "desk/write_back.html", {"form": form, "row": found, "welsh": language == "cy"})


@staff(*ADVISERS)
@require_POST
def check_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note how sure we are that the caller is this person."""
    people.known(person_id)
    return checked(request, person_id, "person", redirect("desk:person", person_id=person_id))


@staff(*ADVISERS)
@require_POST
def check_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note how sure we are that the caller is whoever made this case."""
    case = casework.case(case_id, at=request.at).case
    return checked(request, case.person_id or case_id, "case", redirect("desk:call", case_id=case_id))


def checked(request: HttpRequest, who: UUID, kind: str, back: HttpResponse) -> HttpResponse:
    """Note and write down how sure the adviser says they are of somebody, and lead back."""
    form = IdentityForm(request.POST)
    if form.is_valid():
        level = form.cleaned_data["identity"]
        in_hand.identified(request, level, who)
        audit.record(
            action=f"identity.{level}", object=f"{kind}:{who}", body_id=request.acting_body.id, at=request.at,
            by=request.actor,
        )  # fmt: skip
    else:
        notices.error(request, "Choose how you made sure of who it is, then say again that you are sure.")
    return back
