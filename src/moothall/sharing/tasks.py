"""Jobs of sharing: write to those of a member who record its decisions."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core import messages
from moothall.core.clock import local
from moothall.core.queue import task
from moothall.sharing import queries

DECIDERS = ("monitoring-officer", "councillor")
ASKED = """{proposer} proposes terms for {name}, version {number}.

Why: {because}

{body} is asked to decide by name. Read the terms and record what you decided:
{address}
"""


@task("sharing.ask")
def ask(*, body: int, partnership_id: str, number: int, at: dt.datetime, by) -> None:
    """Ask a member to decide on a version of the terms."""
    day = local(at).date()
    found = queries.partnership_of(UUID(partnership_id), day)
    told = found.version(number)
    text = ASKED.format(
        proposer=bodies.body(told.proposer_id).name, name=found.name, number=number, because=told.because,
        body=bodies.body(body).name, address=settings.MOOTHALL_ADDRESS + reverse("sharing:our", args=[found.slug]),
    )  # fmt: skip
    posts = [post for role in DECIDERS for post in bodies.staff(body, day, role).select_related("account")]
    for address in sorted({post.account.email for post in posts}):
        messages.send(
            body_id=body, channel="email", to=address, template="terms-proposed",
            subject=f"Decide on terms: {found.name}", text=text, at=at, by=by,
        )  # fmt: skip
