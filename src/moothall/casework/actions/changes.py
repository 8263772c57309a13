"""What one action changes, gathered and written together in one statement."""

import datetime as dt

from moothall.casework.models import Case
from moothall.casework.models import Event as CaseHistory
from moothall.core.actor import Actor
from moothall.core.events import Event
from moothall.core.together import Together
from moothall.sharing import queries as sharing

BEFORE_ALL = 10
"""The priority of an urgent referral's jobs: they wait behind no other."""


class Changes:
    """Rows to add, jobs to queue and facts to tell about one case, in the caller's transaction."""

    def __init__(self, case: Case, *, at: dt.datetime, by: Actor):
        self.case, self.at, self.by = case, at, by
        self._forget()

    def _forget(self) -> None:
        self._rows: list = []
        self._changed: list[tuple] = []
        self._jobs: list[tuple] = []
        self._facts: list[Event] = []
        self._kinds: list[str] = []

    def add(self, row) -> None:
        """Add the row of an unsaved model, as it will stand when all is written."""
        self._rows.append(row)

    def change(self, row, *fields: str) -> None:
        """Write these fields of a row that is there already, as they stand when all is written."""
        self._changed.append((row, *fields))

    def happened(self, kind: str, at: dt.datetime | None = None, **data) -> None:
        """Add to the case's history: ids and codes only. `at` is when it happened, where that was not just now."""
        case, at = self.case, at or self.at
        self.add(CaseHistory(case_id=case.pk, body_id=case.body_id, at=at, kind=kind, by=str(self.by), data=data))
        self._kinds.append(kind)

    def send(self, message) -> None:
        """Add a message to the resident and queue its sending."""
        self.add(message)
        args = {"body": self.case.body_id, "key": f"letter:{message.pk}", "message_id": str(message.pk)}
        self.job("casework.letter", args)

    def job(self, name: str, args: dict, schedule: dt.datetime | None = None) -> None:
        """Queue a job; `args` hold its body, key and ids. Jobs of one case wait for each other at its row."""
        self._jobs.append((name, args, schedule))

    def tell_own_people(self, moment: str) -> None:
        """Queue that the accountable body's own people are told, where it named any; never of an urgent referral."""
        case = self.case
        if not case.only_team and moment in sharing.told_at(case.body_id, case.service_id):
            args = {"body": case.body_id, "key": f"tell:{case.pk}:{moment}:{case.round}"}
            self.job("casework.tell", args | {"case_id": str(case.pk), "moment": moment})

    def tell(self, event: Event) -> None:
        """Publish a fact to the chapters above."""
        self._facts.append(event)

    def write(self) -> None:
        """Write all of it with one entry in the audit trail; nothing is kept for a second time."""
        together = Together()
        self.give(together)
        together.write()

    def give(self, together: Together) -> None:
        """Hand over all of it, to be written with what else is there; nothing is kept for a second time."""
        for row in self._rows:
            together.row(row)
        for changed in self._changed:
            together.change(*changed)
        if self._kinds:
            together.entry(
                action=f"case.{self._kinds[0]}",
                object=f"case:{self.case.pk}",
                body_id=self.case.body_id,
                at=self.at,
                by=self.by,
                data={"also": self._kinds[1:]} if self._kinds[1:] else None,
            )
        for fact in self._facts:
            together.fact(fact, at=self.at, by=self.by)
        for job in self._jobs:
            together.job(*job, priority=BEFORE_ALL if self.case.only_team else 0)
        self._forget()
