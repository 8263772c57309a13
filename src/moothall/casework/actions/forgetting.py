"""Forgetting: a person's values erased on request, and what is past its time. What events commit to stays provable."""

import datetime as dt
from uuid import UUID

from django.db import connection

from moothall.casework.actions.drafts import KEPT_FOR
from moothall.casework.models import Attachment, Case, Draft, Follower, Message, Note, Payload, Task
from moothall.casework.rules.states import LIVE
from moothall.catalogue import queries as catalogue
from moothall.core import audit, files, messages
from moothall.core.actor import Actor

GONE = "erased"


def erase_person(*, person_ids: list[UUID], body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase a person's values from their ended cases at one body, and their drafts; return the rows by table.

    Open cases are left: the work still needs them (UK GDPR article 17(3)(b)); ask again once they are closed.
    """
    ids = list(_ended(body_id).filter(person_id__in=person_ids).values_list("pk", flat=True))
    counts = _erase(ids, "asked for", body_id, at, by)
    counts["casework_draft"] = Draft.objects.filter(person_id__in=person_ids).delete()[0]
    counts["casework_follower"] += Follower.objects.filter(person_id__in=person_ids, body_id=body_id).delete()[0]
    return counts


def keep_no_longer(*, body_id: int, at: dt.datetime, by: Actor, limit: int = 500) -> dict[str, int]:
    """Erase the values of ended cases that are past what their service's definition keeps them, and old drafts."""
    ids = []
    versions = _ended(body_id).exclude(contact_digests__len=0, place_label=GONE).values_list("version_id", flat=True)
    for version_id in versions.distinct():
        keep = catalogue.definition(version_id).basis.keep
        before = _months_before(at, keep.years * 12 + keep.months)
        rows = _ended(body_id).filter(version_id=version_id, closed_at__lt=before).exclude(place_label=GONE)
        ids += rows.order_by("closed_at").values_list("pk", flat=True)[: limit - len(ids)]
    counts = _erase(ids, "kept long enough", body_id, at, by)
    with connection.cursor() as cursor:
        cursor.execute("select casework_forget(%s)", [at - KEPT_FOR])
        counts["casework_draft"] = cursor.fetchone()[0]
    return counts


def forget_body(*, body_id: int, at: dt.datetime, by: Actor, limit: int = 500) -> dict[str, int]:
    """Erase the values of a body's cases, open ones too: it has left, and goes on with them elsewhere."""
    left = Case.objects.filter(body_id=body_id).exclude(place_label=GONE)
    return _erase(list(left.order_by("pk").values_list("pk", flat=True)[:limit]), "its body has left", body_id, at, by)


def _ended(body_id: int):
    return Case.objects.filter(body_id=body_id).exclude(state__in=LIVE)


def _months_before(at: dt.datetime, months: int) -> dt.datetime:
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, 28))


def _erase(case_ids: list[UUID], because: str, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    Task.objects.filter(case_id__in=case_ids, detail__has_key="interpreter").update(title=GONE, detail={})
    file_ids = list(Attachment.objects.filter(case_id__in=case_ids).values_list("file_id", flat=True))
    blank = {"uprn": "", "postcode": "", "street": "", "lat": None, "lon": None, "easting": None, "northing": None}
    cases = Case.objects.filter(pk__in=case_ids)
    counts = {
        "casework_payload": Payload.objects.filter(case_id__in=case_ids, erased_at=None).update(
            data={}, salt=None, erased_at=at
        ),
        "casework_message": Message.objects.filter(case_id__in=case_ids).exclude(text="").update(text="", subject=""),
        "casework_note": Note.objects.filter(case_id__in=case_ids).exclude(text="").update(text=""),
        "casework_task": Task.objects.filter(case_id__in=case_ids).update(search=None, place_label=""),
        "casework_attachment": Attachment.objects.filter(case_id__in=case_ids).update(name=GONE),
        "casework_follower": Follower.objects.filter(case_id__in=case_ids).delete()[0],
        "core_file": files.erase(file_ids=file_ids, because=because, at=at, by=by),
        "core_outgoingwords": messages.erase_of_cases(case_ids=case_ids, at=at),
        "casework_case": cases.update(**blank, place_label=GONE, contact_digests=[], person_id=None),
    }
    for case_id in case_ids:
        audit.record(
            action="case.erased", object=f"case:{case_id}", body_id=body_id, at=at, by=by, data={"because": because}
        )
    return counts
