"""Everything held about a person, said in words that they understand: for a subject access request (UK GDPR Art 15)."""

from uuid import UUID

from django.utils.translation import gettext as _

from moothall.people.models import ActsFor, ContactPoint, HouseholdMember, Name, Need, Residence, SourceRecord
from moothall.people.rules.terms import ACTS_AS, BASES, CONTACTS, NEEDS, VERIFIED_BY

from .identity import decisions_about

ERASABLE = (
    "people_sourcerecord",
    "people_name",
    "people_contactpoint",
    "people_residence",
    "people_householdmember",
    "people_need",
    "people_actsfor",
)
TABLES = (*ERASABLE, "people_person", "people_accountlink", "people_link")
VALUES = (Name, ContactPoint, Residence, HouseholdMember, Need)


def held_about(person_ids: list[UUID]) -> dict[str, list[dict]]:
    """Return what the scope may see about these people, heading by heading; headings with nothing are left out."""
    held = {
        "Where we have it from": [_record(row) for row in _rows(SourceRecord, person_ids)],
        "Names": [_with_dates(row, {"Name": row.full, "Known as": row.known_as}) for row in _rows(Name, person_ids)],
        "Ways to reach you": [_contact(row) for row in _rows(ContactPoint, person_ids)],
        "Addresses": [_with_dates(row, {"Address": row.address}) for row in _rows(Residence, person_ids)],
        "Households": [
            _with_dates(row, {"Household": str(row.household)}) for row in _rows(HouseholdMember, person_ids)
        ],
        "What you need": [
            _with_dates(row, {"Need": _(NEEDS[row.kind].get(row.value, row.value))}) for row in _rows(Need, person_ids)
        ],
        "Who may act for you": [_agent(row) for row in ActsFor.objects.filter(person__in=person_ids)],
        "Whom you may act for": [_agent(row) for row in ActsFor.objects.filter(agent__in=person_ids)],
        "Decisions about who is the same person": [
            {
                "Decision": row.kind,
                "Reason": row.reason,
                "When": row.at,
                "By": row.by,
                "Other": str(_away(row, person_ids)),
            }
            for row in decisions_about(person_ids)
        ],
    }
    return {heading: rows for heading, rows in held.items() if rows}


def _rows(kind, person_ids):
    rows = kind.objects.filter(person__in=person_ids).select_related("body").order_by("id")
    return rows if kind is SourceRecord else rows.select_related("body", "record")


def _from(row) -> str:
    return row.body.name if row.body else "You"


def _with_dates(row, values: dict) -> dict:
    return {**values, "From": row.starts, "Until": row.ends, "Told by": _from(row)}


def _record(row: SourceRecord) -> dict:
    return {
        "Body": _from(row),
        "System": row.system,
        "Number there": row.reference,
        "Purpose": row.purpose,
        "Lawful basis": BASES[row.basis],
        "Date of birth": row.born,
        "Collected": row.collected_at,
    }


def _contact(row: ContactPoint) -> dict:
    made_sure = {"Made sure": row.verified_at, "How": VERIFIED_BY.get(row.verified_how, "")}
    return _with_dates(row, {"Kind": CONTACTS[row.kind], "Value": row.value, **made_sure})


def _agent(row: ActsFor) -> dict:
    named = {"Agent": row.agent_name or str(row.agent_id or ""), "For": row.person_name, "Paper": row.paper}
    return {"As": ACTS_AS[row.kind], "From": row.starts, "Until": row.ends, **{k: v for k, v in named.items() if v}}


def _away(row, person_ids) -> UUID:
    return row.other_id if row.one_id in person_ids else row.one_id
