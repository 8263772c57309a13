"""Whose cases these are, as far as a contact tells."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

from moothall.casework.models import Attachment, Case
from moothall.casework.rules.contact import digest
from moothall.casework.rules.states import LIVE
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.reference import check_reference


def cases_of_contact(contact: str, limit: int = 20) -> list[Case]:
    """Return the scope's cases that were opened with an e-mail address, phone number or postcode; open ones first.

    Two statements, whatever the number of cases.
    """
    kinds = ("email",) if "@" in contact else ("phone", "postcode")
    values = [digest(settings.SECRET_KEY, kind, contact) for kind in kinds]
    with connection.cursor() as cursor:
        cursor.execute("select casework_callers(%s, %s)", [values, limit])
        ids = [row[0] for row in cursor.fetchall()]
    found = Case.objects.filter(pk__in=ids).order_by("-opened_at") if ids else []
    return sorted(found, key=lambda case: case.state not in LIVE)


@dataclass(frozen=True)
class Referred:
    """That a reference is an urgent referral, which its service lets a desk know: of what, and who has it."""

    service_id: str
    version_id: UUID
    body_id: int


def referred(reference: str) -> Referred | None:
    """Return what a desk of the scope's bodies may know of an urgent referral by its reference, or None."""
    known = check_reference(reference)
    if known is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select service, version, body from casework_referred(%s)", [known])
        row = cursor.fetchone()
    if row is None or catalogue.definition(row[1]).urgent.desk == "never":
        return None
    return Referred(*row)


def by_ids(ids: list[UUID]) -> list[Case]:
    """Return the scope's cases with these ids, newest first."""
    return list(Case.objects.filter(pk__in=ids).order_by("-opened_at")) if ids else []


def by_former_number(number: str) -> list[Case]:
    """Return the scope's cases that had this number in the system they were taken over from, newest first."""
    return list(Case.objects.filter(former_number=number.strip()).exclude(former_number="").order_by("-opened_at")[:10])


def former_numbers(body_id: int, system: str, numbers: list[str]) -> dict[str, UUID]:
    """Return {number: case} of those numbers of another system under which a body has cases here already."""
    known = Case.objects.filter(body_id=body_id, former_system=system, former_number__in=numbers)
    return dict(known.values_list("former_number", "pk"))


def attached(case_id: UUID) -> set[str]:
    """Return the digests of the files on a case of the scope."""
    ids = list(Attachment.objects.filter(case_id=case_id).values_list("file_id", flat=True))
    return files.digests(ids)
