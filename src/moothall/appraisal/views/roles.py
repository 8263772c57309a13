"""Who writes cases, who reads them before they are published, and what a page needs of a case."""

from django.http import HttpRequest

from moothall.appraisal.models import Case
from moothall.appraisal.rules.draft import Path
from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import may, staff

WRITERS = ("manager", "finance", "section-151-officer", "partnership-office")
READERS = ("councillor", "scrutiny-officer", "union-representative", "auditor", "monitoring-officer")
writers = staff(*WRITERS)
readers = staff(*WRITERS, *READERS)


def address(path: Path) -> str:
    """Return a path as it stands in an address."""
    return "/".join(str(part) for part in path)


def may_write(request: HttpRequest, row: Case) -> bool:
    """Tell whether who asks may change a case: an author's role, and the case not frozen."""
    return row.state == "draft" and may(request, WRITERS)


def who(request: HttpRequest, changes) -> dict[tuple[int, str], str]:
    """Return {(body, actor): who that is} of changes: colleagues by name, others by their body."""
    names = bodies.names()
    own = {
        f"staff:{one.account_id}": one.name
        for one in bodies.colleagues(request.acting_body.id, local(request.at).date())
    }
    return {
        (one.body_id, one.by): (own.get(one.by, "") + ", " if one.by in own else "") + names.get(one.body_id, "")
        for one in changes
    }
