"""A council writes a new service: whole, with a question of its own, and waiting for a second person."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.editor import actions as editor
from moothall.simulation.rules.organisations import DISTRICT_IDS

NAME = "report-graffiti"
TEAM = "waste-office"
"""Where its writer works: the manager of another team may then look at it."""
GIVEN = {
    "title": "Report graffiti", "title_cy": "Rhoi gwybod am graffiti", "work": "street-cleaning", "topic": "streets",
    "team": "street-scene",
}  # fmt: skip
QUESTION = """\
  photo:
    type: file
    accept: image
    optional: true
    label: {en: Add a photo, cy: Ychwanegu llun}
"""


def write_a_service(*, at: dt.datetime, by: Actor) -> str:
    """Let a manager of Ashby write a service and ask for a review; return its name."""
    body_id = DISTRICT_IDS["Ashby"]
    duty = next(one for one in bodies.duties() if one.work == GIVEN["work"])
    law = {"bodies": [str(kind) for kind in duty.kinds], "source": duty.source}
    with scoped(Scope(bodies=(body_id,), purpose="simulation", actor=by)):
        writer = next(post for post in bodies.staff(body_id, local(at).date(), "manager") if post.team.code == TEAM)
        told = {"at": at, "by": Actor("staff", str(writer.account_id), body_id)}
        row = editor.begin_new(body_id=body_id, service_id=NAME, given=GIVEN | law, **told)
        text = row.files["service.yaml"].replace("promise:\n", QUESTION + "promise:\n", 1)
        editor.save(draft_id=row.pk, changed={"service.yaml": text}, **told)
        editor.ask(draft_id=row.pk, words="People ring us about it every week.", **told)
    return NAME
