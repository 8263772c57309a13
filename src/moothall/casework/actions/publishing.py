"""What everybody may see of a report outdoors: where it is and what became of it, and nothing of who told us."""

import datetime as dt
import hashlib
from uuid import UUID

from moothall.casework.actions.changes import Changes
from moothall.casework.models import PublicPlace, PublicUpdate
from moothall.casework.queries.file import CaseFile
from moothall.core.ids import new_id


class Publication:
    """The published side of one case. A row that the database does not have yet is changed where it stands."""

    def __init__(self, file: CaseFile, changes: Changes):
        self.file, self.case, self.changes = file, file.case, changes
        self._new: PublicPlace | None = None

    def begin(self, reported_at: dt.datetime) -> None:
        """Put the place of a case that begins where duplicates are looked for, if its service knows duplicates."""
        case = self.case
        if self.file.definition.duplicates is None or None in (case.easting, case.northing, case.lat, case.lon):
            return
        case.published_id = _published_id(case.pk)
        self._new = PublicPlace(
            id=case.published_id,
            body_id=case.body_id,
            service_id=case.service_id,
            version_id=case.version_id,
            easting=case.easting,
            northing=case.northing,
            lat=case.lat,
            lon=case.lon,
            street=case.street,
            reported_at=reported_at,
            due_at=case.promise_due,
        )
        self.changes.add(self._new)

    def tell(self, kind: str, name: str = "") -> None:
        """Tell whoever follows the report what became of it; its end takes it off the list of duplicates."""
        case = self.case
        if case.published_id is None:
            return
        told = {"place_id": case.published_id, "body_id": case.body_id, "kind": kind, "name": name}
        self.changes.add(PublicUpdate(id=new_id(), at=self.changes.at, **told))
        if kind == "step":
            return
        if self._new:
            self._new.open = kind == "reopened"
        else:
            still = {"open": kind == "reopened", "due_at": case.promise_due}
            PublicPlace.objects.filter(pk=case.published_id).update(**still)


def _published_id(case_id: UUID) -> UUID:
    """Return the id under which a case's place is published: from it nobody finds the case."""
    return UUID(hashlib.md5(str(case_id).encode(), usedforsecurity=False).hexdigest())
