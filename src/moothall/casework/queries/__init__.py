"""Reads; row security has the last word on what they return."""

from moothall.casework.queries.beginning import known_again
from moothall.casework.queries.callers import (
    Referred,
    attached,
    by_former_number,
    by_ids,
    cases_of_contact,
    former_numbers,
    referred,
)
from moothall.casework.queries.cases import (
    CasePage,
    Happened,
    by_reference,
    case,
    draft,
    my_cases,
    my_drafts,
    nearby,
    related,
    timeline,
    track,
    track_former,
)
from moothall.casework.queries.choosing import CHOOSE, DayToChoose, active_step, day_to_choose
from moothall.casework.queries.decisions import Decided, decided, disputable, may_be_reviewed
from moothall.casework.queries.done import Done, done_for
from moothall.casework.queries.file import CaseFile, case_file
from moothall.casework.queries.health import Health, link_health, troubled_steps
from moothall.casework.queries.helped import Helped, helped_case, helped_cases
from moothall.casework.queries.holdings import held_about
from moothall.casework.queries.letters import outcome_title, slot_words, tracking_address
from moothall.casework.queries.needs import needs_of, needs_when_met
from moothall.casework.queries.people import paper_address, resident_address
from moothall.casework.queries.places import case_of_published, published, published_as, published_updates
from moothall.casework.queries.queues import (
    Page,
    Row,
    all_theirs,
    has_work_in,
    open_work,
    queue,
    task,
    tasks_of,
    urgent,
    with_work,
)
from moothall.casework.queries.standing import Standing, open_by_version, open_cases, provider, seen_with, standing
from moothall.casework.queries.volumes import load, volume, work_done, work_for_others
from moothall.casework.queries.waiting import waiting_steps

__all__ = [
    "CHOOSE",
    "CaseFile",
    "CasePage",
    "DayToChoose",
    "Decided",
    "Done",
    "Happened",
    "Health",
    "Helped",
    "Page",
    "Referred",
    "Row",
    "Standing",
    "active_step",
    "all_theirs",
    "attached",
    "by_former_number",
    "by_ids",
    "by_reference",
    "case",
    "case_file",
    "case_of_published",
    "cases_of_contact",
    "day_to_choose",
    "decided",
    "disputable",
    "done_for",
    "draft",
    "former_numbers",
    "has_work_in",
    "held_about",
    "helped_case",
    "helped_cases",
    "known_again",
    "link_health",
    "load",
    "may_be_reviewed",
    "my_cases",
    "my_drafts",
    "nearby",
    "needs_of",
    "needs_when_met",
    "open_by_version",
    "open_cases",
    "open_work",
    "outcome_title",
    "paper_address",
    "provider",
    "published",
    "published_as",
    "published_updates",
    "queue",
    "referred",
    "related",
    "resident_address",
    "seen_with",
    "slot_words",
    "standing",
    "task",
    "tasks_of",
    "timeline",
    "track",
    "track_former",
    "tracking_address",
    "troubled_steps",
    "urgent",
    "volume",
    "waiting_steps",
    "with_work",
    "work_done",
    "work_for_others",
]
