"""Licensing hears what happens to cases that ask for a licence, and answers what is asked of every chapter."""

import datetime as dt
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.casework import queries as casework
from moothall.casework.events import CaseCancelled, CaseHandedOver
from moothall.core import personal, ports, succession
from moothall.core.actor import Actor
from moothall.core.belongings import Share
from moothall.core.events import on
from moothall.core.scope import current_scope, scoped
from moothall.functions.licensing import actions, queries

PERSONAL = ("licensing_licence", "licensing_measure", "licensing_entry")


@on(CaseCancelled)
def ask_no_more(event: CaseCancelled, *, at, by) -> None:
    """Ask for no more papers of a case that was withdrawn."""
    with scoped(current_scope().narrowed(bodies=(event.body_id, casework.provider(event.case_id)))):
        actions.forget_case(case_id=event.case_id, at=at, by=by)


@on(CaseHandedOver)
def leave_it_to_others(event: CaseHandedOver, *, at, by) -> None:
    """Let the body that goes on with a case see its papers."""
    with scoped(current_scope().narrowed(bodies=(event.body_id, event.from_body_id, event.to_body_id))):
        actions.pass_on(case_id=event.case_id, to_body=event.to_body_id, at=at, by=by)


@ports.subject_access.answer(*PERSONAL)
def subject_access(person_ids: list[UUID], *, at: dt.datetime) -> dict[str, list[dict]]:
    """Return what licensing keeps about a person, by way of their cases."""
    return queries.held_about([case.pk for case in casework.my_cases(person_ids)])


@ports.erase.answer(*PERSONAL)
def erase(person_ids: list[UUID], body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase a person from the licences of one body that are over."""
    ids = [case.pk for case in casework.my_cases(person_ids)]
    return actions.erase_cases(case_ids=ids, body_id=body_id, at=at, by=by)


@ports.retention.answer(*PERSONAL)
def retention(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase whose licence it was from those that ended more than six years ago."""
    return actions.keep_no_longer(body_id=body_id, at=at, by=by)


@ports.forget_body.answer(*PERSONAL)
def forget_body(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase whose licences they were of a body that has left."""
    return actions.forget_body(body_id=body_id, at=at, by=by)


@ports.service_alert.answer()
def service_alert(service_id: str, place: dict | None, body_id: int | None) -> list[tuple[str, str]]:
    """Lead from a service that issues licences to the register of those in force."""
    if not queries.issues(service_id):
        return []
    return [(_("See who is licensed, and check a licence that you were shown"), reverse("licensing:register"))]


KEEP = "6 years after the licence ended"
personal.declare(
    "licensing_licence", "holder", "vehicle", "facts", purpose="know who may do what", basis="public task", keep=KEEP
)
personal.declare("licensing_measure", "reason", purpose="say why, and answer an appeal", basis="public task", keep=KEEP)
personal.declare(
    "licensing_entry", "facts", "words", purpose="let anybody check a licence, as the law has a register say",
    basis="legal obligation", keep="as long as the licence is in force",
)  # fmt: skip
personal.free("licensing_licence", "conditions", why="what a holder must do; it says nothing of who they are")
personal.free("licensing_evidence", "title", why="the name of a kind of paper, from the definition")
personal.free("licensing_licenceevent", "data", why="codes and ids only")


@ports.belongings.answer("licensing_evidence", *PERSONAL)
def goes_along() -> dict[str, Share]:
    """A licence goes with the body that gave it, which looks after it itself from then on."""
    itself = {"doer_id": "body_id"}
    own = Share("body_id = %(body)s", "licences that the body gave, with the papers they rest on", itself)
    return {
        "licensing_licence": own,
        "licensing_evidence": own,
        "licensing_entry": Share("body_id = %(body)s", "its part of the public register", itself),
    }


@ports.succession.answer(*PERSONAL)
def passes_on() -> succession.Chapter:
    """Licences hold against the successor, with their numbers; what happened before stays the body's of then."""
    moves, of_case = succession.moves, succession.heir_of("casework_case", "t.case_id")
    of_licence = succession.heir_of(
        "casework_case", "(select l.case_id from licensing_licence l where l.id = t.licence_id)"
    )
    doer = f"case when t.doer_id = t.body_id then h.heir else {succession.stands_for('t.doer_id')} end"
    others = "what the body looks after for others goes on"

    def both(why, where, heir):
        return (
            moves(why, where, heir=heir, doer_id=doer),
            succession.changes(others, where, by="doer_id", doer_id="h.heir"),
        )

    return succession.Chapter(
        fates={
            "licensing_licence": both("licences hold on, with number and code", "true", of_case),
            "licensing_evidence": both("papers that they rest on", "true", of_case),
            "licensing_entry": both("the register goes on", "true", of_licence),
            "licensing_measure": moves("notices and appeals go on", heir=of_licence),
            "licensing_licenceevent": succession.stays("what happened to a licence, by the body of then"),
        },
        figures=(
            succession.Figure(
                "Licences", "select state, count(*) from licensing_licence where body_id = any(%(bodies)s) group by 1"
            ),
            succession.Figure(
                "Licences in the public register",
                "select 'entries', count(*) from licensing_entry where body_id = any(%(bodies)s)",
            ),
        ),
    )
