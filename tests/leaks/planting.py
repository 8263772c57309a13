"""Words that must not travel: each body's rows of one database are made to hold its own canary."""

import io

from tests.world import ASHBY, EASTWOLD, MARCHSHIRE, MILL_LANE_14

from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped

CODES = {MARCHSHIRE: "MAR", ASHBY: "ASH", EASTWOLD: "EAS"}
ANN, BOB = "ANN", "BOB"  # residents: what they keep about themselves belongs to no body
WORDS = ("text", "note", "reason", "description", "subject", "place_label", "recipient", "payer", "who", "error")
PUBLISHED = ("bodies_", "sharing_", "scrutiny_", "waste_round", "waste_stop", "waste_shift", "waste_incident")
ROWS = {
    "case_id": ("casework_case", "id"),
    "person_id": ("people_sourcerecord", "person_id"),
    "contact_id": ("people_contactpoint", "id"),
    "file_id": ("core_file", "id"),
    "outgoing_id": ("core_outgoing", "id"),
    "charge_id": ("ledger_charge", "id"),
    "refund_id": ("ledger_refund", "id"),
    "journal_id": ("ledger_journal", "id"),
    "entry_id": ("core_auditentry", "id"),
    "staff_id": ("bodies_staff", "id"),
    "slot_id": ("booking_slot", "id"),
    "contract_id": ("contracts_contract", "id"),
    "defect_id": ("highways_defect", "id"),
    "segment_id": ("highways_segment", "id"),
    "order_id": ("highways_workorder", "id"),
    "visit_id": ("waste_visit", "id"),
    "call_id": ("links_call", "id"),
    "step_id": ("casework_step", "id"),
    "reference": ("casework_case", "reference"),
}
"""Which table's rows an argument of an address names."""


def canary(code: str) -> str:
    """Return the word that only those who may see this body's or resident's rows may meet."""
    return f"CANARY-{code}"


def plant(admin) -> dict:
    """Plant each body's canary by actions and behind them; return {body id: {argument: value}} of what is there.

    `admin` is a connection that no trigger stops. Resident Ann owns Marchshire's case, Bob owns Ashby's.
    """
    people = {MARCHSHIRE: _resident(ANN), ASHBY: _resident(BOB), EASTWOLD: (None, None)}
    for body_id, code in CODES.items():
        _plant(body_id, code, people[body_id][1])
    queue.run_pending(at=now())
    _stain(admin)
    admin.execute("delete from procrastinate_jobs where status = 'succeeded'")
    found = {body_id: _found(admin, body_id) for body_id in CODES}
    return {"rows": found, ANN: people[MARCHSHIRE][0], BOB: people[ASHBY][0]}


def _resident(code):
    """Return (account, person id) of a resident who signed in."""
    from moothall.core.models import Account
    from moothall.people import actions as people

    account = Account.objects.create_user(email=f"{canary(code).lower()}@example.org")
    by = Actor("resident", str(account.pk))
    with scoped(Scope(account=account.pk, purpose="front door", actor=by)):
        person_id = people.welcome(
            account_id=account.pk, email=account.email, name=f"{canary(code)} Example", at=now(), by=by
        )
    return account, person_id


def _plant(body_id, code, person_id):
    """Let a body have a case, a person, a message, a file and a charge, each with its canary."""
    from moothall.casework import actions as casework
    from moothall.core import audit, files, messages
    from moothall.ledger import actions as ledger
    from moothall.people import actions as people

    word, at, by = canary(code), now(), Actor("staff", "101", body_id)
    told = {"at": at, "by": by}
    with scoped(Scope(bodies=(body_id,), purpose="test", actor=by)):
        if body_id == EASTWOLD:
            _adopt_complaints(body_id, told)
    with scoped(Scope(person=person_id, purpose="front door", actor=Actor("contact"))):
        opened = casework.open_case(
            **_request(body_id, word), person_id=person_id, channel="web", at=at, by=Actor("contact")
        )
    with scoped(Scope(bodies=(body_id,), purpose="test", actor=by)):
        casework.add_note(case_id=opened.case_id, text=f"{word} noted", **told)
        casework.send_message(case_id=opened.case_id, subject=word, text=f"{word} written", **told)
        person = people.record_person(body_id=body_id, name=f"{word} Person", **told)
        people.add_contact(person_id=person, body_id=body_id, kind="email", value=f"{word.lower()}@example.org", **told)
        file = files.keep(
            io.BytesIO(f"{word} in a file\n".encode()),
            name=f"{word}.txt",
            body_id=body_id,
            case_id=opened.case_id,
            **told,
        )
        casework.attach(case_id=opened.case_id, file_id=file.pk, **told)
        messages.send(
            body_id=body_id, channel="letter", to=f"{word} Person\n1 Mill Lane\nAshby\nZM1 2AB", template="test.letter",
            subject=word, text=f"{word} in a letter", case_id=opened.case_id, person_id=person, **told,
        )  # fmt: skip
        audit.read(object=audit.person_object(person), body_id=body_id, what=f"{word} page", **told)
        if body_id != EASTWOLD:  # its books are its own affair
            ledger.charge(
                body_id=body_id, pence=1200, description=f"{word} fee", what="test", case_id=opened.case_id, **told
            )


def _adopt_complaints(body_id, told):
    from moothall.catalogue import queries as catalogue
    from moothall.sharing import actions as sharing

    version = catalogue.current("complaint").id
    sharing.adopt(body_id=body_id, service_id="complaint", version_id=version, starts=told["at"].date(), **told)


def _request(body_id, word):
    """Return what is asked of a body: a hole of the county, a complaint of the others."""
    from moothall.bodies import queries as bodies

    contact = {"name": f"{word} Contact", "email": f"{word.lower()}@example.org"}
    if body_id == MARCHSHIRE:
        home = bodies.dwelling(MILL_LANE_14)
        place = bodies.place(home.lat, home.lon, f"{word} place")
        answers = {"where": place, "surface": "road", "width": "dinner-plate", "depth": "fist"}
        return {"service_id": "report-pothole", "answers": answers, "place": place, "contact": contact}
    answers = {
        "about": "delay", "had_answer": False, "happened": f"{word} happened", "put_right": f"{word} wish",
        "for_other": False,
    }  # fmt: skip
    return {"service_id": "complaint", "answers": answers, "body_id": body_id, "contact": contact}


def _stain(admin):
    """Write each body's canary into every column of free words in its rows, whatever the triggers say."""
    columns = admin.execute(
        "select c.table_name, c.column_name from information_schema.columns c "
        "join information_schema.columns b on b.table_name = c.table_name and b.column_name = 'body_id' "
        "where c.table_schema = 'public' and c.data_type in ('text', 'character varying') and c.column_name = any(%s)",
        [list(WORDS)],
    ).fetchall()
    admin.execute("set session_replication_role = replica")
    for table, column in columns:
        if not table.startswith(PUBLISHED):
            for body_id, code in CODES.items():
                admin.execute(f'update "{table}" set "{column}" = %s where body_id = %s', [canary(code), body_id])
    admin.execute("set session_replication_role = origin")


def _found(admin, body_id):
    """Return {argument: a value that names a row of this body}."""
    found = {}
    for argument, (table, column) in ROWS.items():
        row = admin.execute(
            f"select {column} from {table} where body_id = %s order by id desc limit 1", [body_id]
        ).fetchone()
        if row:
            found[argument] = str(row[0])
    return found
