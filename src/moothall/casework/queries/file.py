"""A case's file: all that deciding its next move needs, read in three statements."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.casework.models import Case, Payload, Step
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.money import pounds
from moothall.core.refusal import NotYours
from moothall.core.workdays import Calendar, england
from moothall.sharing import queries as sharing


@dataclass
class CaseFile:
    """A case with its definition, what was submitted, and the steps of its present round."""

    case: Case
    steps: dict[str, Step] = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    contact: dict = field(default_factory=dict)
    note: str = ""

    @cached_property
    def definition(self):
        """The version of the service that the case began with."""
        return catalogue.definition(self.case.version_id)

    @cached_property
    def parameters(self) -> dict:
        """What the accountable body had set for the version that the case began with."""
        case, day = self.case, local(self.case.taken_at or self.case.opened_at).date()
        adopted = sharing.adopted_as(case.body_id, case.service_id, case.version_id, day)
        return adopted.parameters if adopted else {}

    @cached_property
    def calendar(self) -> Calendar:
        """The working days by which this case's clocks run."""
        return england()

    @cached_property
    def body(self):
        """The accountable body."""
        return bodies.body(self.case.body_id)

    @property
    def place(self) -> dict:
        """The place in the shape places have everywhere, with the resident's own note."""
        return self.case.place | {"note": self.note}

    def guarded(self) -> dict:
        """Return what conditions see now: answers, the body's parameters, the case, outputs and states of steps."""
        outputs = {name: step.outputs for name, step in self.steps.items()}
        case = {
            "channel": self.case.channel,
            "opened": local(self.case.opened_at).date().isoformat(),
            "reopened": self.case.round > 1,
            "appealed": self.case.round > 2,
        }
        dues = {name: step.due_at for name, step in self.steps.items()}
        return catalogue.seen(self.definition, self.answers, outputs, self.states(), self.parameters, case, dues)

    def states(self) -> dict[str, str]:
        """Return the state of each step that has begun; a failed one is still somebody's to settle."""
        return {name: "waiting" if step.state == "failed" else step.state for name, step in self.steps.items()}

    def fee_in_pounds(self) -> str:
        """Return what the case costs, as people write it; empty when it is free."""
        pence = catalogue.fee(self.definition, self.answers, self.parameters)
        return pounds(pence) if pence else ""


#: Said as text, since every step of every case begins with these: building them cost more than asking them.
CASE = "select * from casework_case where id = %s"
CASE_OF_STEP = "select * from casework_case where id = (select case_id from casework_step where id = %s)"
SUBMITTED = """select * from casework_payload where case_id = %s and kind in ('submission', 'correction')
order by at, id"""
STEPS = "select * from casework_step where case_id = %s and round = %s order by ready_at, id"


def case_file(case_id: UUID | None = None, *, step_id: UUID | None = None, lock: bool = False) -> CaseFile:
    """Return the file of a case, named by its id or by a step of it; refuse NotYours where the scope shows none.

    With `lock` the case is kept from others until the transaction ends, so that its steps are settled one by one.
    """
    asked, key = (CASE, case_id) if step_id is None else (CASE_OF_STEP, step_id)
    case = next(iter(Case.objects.raw(f"{asked} for update" if lock else asked, [key])), None)
    if case is None:
        raise NotYours()
    file = CaseFile(case)
    for payload in Payload.objects.raw(SUBMITTED, [case.pk]):
        file.answers.update(payload.data.get("answers") or {})
        file.contact.update(payload.data.get("contact") or {})
        file.note = payload.data.get("note") or file.note
    file.steps = {step.name: step for step in Step.objects.raw(STEPS, [case.pk, case.round])}
    return file
