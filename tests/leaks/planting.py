"""The planted database: each body's and resident's rows, made by actions, hold their own word wherever words fit."""

import io
from uuid import UUID

from PIL import Image
from tests.leaks import appraisals, helping, licences, recharges, returns, savings, stories
from tests.leaks.words import ANN, BOB, CARL, CODES, INSIDE, ROLES, SHARED, as_body, canary, told
from tests.world import ASHBY, BORLEY, EASTWOLD, MARCHSHIRE

from moothall.core import queue, sealing
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped

WORDS = (
    "text", "note", "reason", "description", "subject", "title", "place_label", "label", "recipient", "payer", "who",
    "error", "defect", "because", "narrative", "what", "their_reference",
)  # fmt: skip
KEPT = {
    ("casework_case", "title"),
    ("ledger_charge", "what"),
    ("contracts_claim", "defect"),
    ("casework_task", "title"),
    ("settlement_dispute", "reason"),
}
"""Columns that only look like free words (they name a service, a step, a row), or that two bodies read."""

PUBLISHED = (
    "appraisal_", "leaving_departure", "leaving_afterwards", "reorganisation_",
    "bodies_", "promises_", "sharing_", "scrutiny_", "waste_round", "waste_stop", "waste_shift", "waste_incident",
    "licensing_entry", "contracts_contract", "contracts_deduction", "contracts_clause", "booking_",
    "desk_accesspoint", "desk_otherhours", "desk_ticket",
)  # fmt: skip
AMONG_STAFF = (
    "casework_note", "casework_task", "desk_callback", "desk_contact", "highways_", "waste_", "links_",
    "core_privacyrequest", "contracts_claim", "ledger_journal", "editor_", "inbox_arrival",
)  # fmt: skip


def plant(admin) -> dict[str, UUID]:
    """Plant everything and return {code: case id} of each body's everyday case and of the shared ones.

    `admin` is a connection that no trigger stops.
    """
    residents = {code: _resident(code) for code in (ANN, BOB, CARL)}
    for body_id in CODES:
        _employ(body_id)
    people = {MARCHSHIRE: residents[ANN][1], ASHBY: residents[BOB][1]}
    cases = {code: _everyday(body_id, code, people.get(body_id)) for body_id, code in CODES.items()}
    cases |= stories.tell(residents)
    appraisals.plant()
    recharges.plant()
    savings.plant()
    savings.plans()
    returns.plant(cases["ASH"])
    licences.plant(residents[BOB][1])
    helping.plant(residents)
    queue.run_pending(at=now())
    _troubles(admin)
    _stain(admin, cases)
    for body_id in CODES:
        with as_body(body_id):
            sealing.seal(body_id=body_id, at=now())
    return cases


def _resident(code):
    """Return (account, person id) of a resident who signed in, with a name, an address and a need of their own."""
    from moothall.core.models import Account
    from moothall.people import actions as people

    account = Account.objects.create_user(email=f"{canary(code).lower()}@example.org")
    by = Actor("resident", str(account.pk))
    with scoped(Scope(account=account.pk, purpose="front door", actor=by)):
        person_id = people.welcome(
            account_id=account.pk, email=account.email, name=f"{canary(code)} Example", at=now(), by=by
        )
    with scoped(Scope(account=account.pk, person=person_id, purpose="front door", actor=by)):
        people.move_home(
            person_id=person_id, body_id=None, address=f"1 {canary(code)} Row", starts=now().date(), at=now(), by=by
        )
    return account, person_id


def _employ(body_id):
    """Appoint somebody for each role of a body, and somebody who has them all; let a group of its sign-in work too."""
    from moothall.bodies import actions as bodies
    from moothall.core.models import Account

    with as_body(body_id):
        for role in (*ROLES, "every"):
            account = Account.objects.create_user(
                email=f"{role}@{CODES[body_id].lower()}.leaks.example", is_staff_account=True
            )
            roles = list(ROLES) if role == "every" else [role]
            name = f"{canary(INSIDE[body_id])} {role}"
            bodies.appoint(
                account_id=account.pk, body_id=body_id, name=name, roles=roles, starts=now().date(), **told(body_id)
            )
        bodies.keep_group(body_id=body_id, name="everybody", roles=["officer"], team_id=None, **told(body_id))


def _everyday(body_id, code, person_id):
    """Let a body have a case, a person, notes, messages both ways, a file, mail and a charge; return the case's id."""
    from moothall.casework import actions as casework
    from moothall.ledger import actions as ledger

    word, inside = canary(code), canary(INSIDE[body_id])
    if body_id == EASTWOLD:
        stories.adopt(body_id, "complaint")
    _tell_own_people(body_id)
    case_id = stories.ask(person_id=person_id, **_request(body_id, word))
    with as_body(body_id):
        casework.add_note(case_id=case_id, text=f"{inside} noted", **told(body_id))
        casework.send_message(case_id=case_id, subject=word, text=f"{word} written", **told(body_id))
        casework.receive_message(case_id=case_id, text=f"{word} answered", **told(body_id))
        _papers(body_id, word, case_id)
        _person(body_id, word, case_id)
        _key(body_id, inside)
        _call(body_id, inside, case_id)
        _drafts(body_id, inside)
        _letters(body_id, inside)
        if body_id != EASTWOLD:  # its books are its own affair
            ledger.charge(
                body_id=body_id, pence=1200, description=f"{word} fee", what="test", case_id=case_id, **told(body_id)
            )
    return case_id


def _tell_own_people(body_id):
    """Let a mailbox of a body's own hear of its complaints, whatever happens to them."""
    from moothall.sharing import actions as sharing

    with as_body(body_id):
        mailbox = f"{canary(INSIDE[body_id])}@{CODES[body_id].lower()}.leaks.example"
        sharing.tell(body_id=body_id, service_id="complaint", kind="mailbox", named=mailbox,
                     moments=["opened", "late", "ended"], **told(body_id))  # fmt: skip


def _papers(body_id, word, case_id):
    from moothall.casework import actions as casework
    from moothall.core import files

    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    for name, content in ((f"{word}.txt", f"{word} in a file\n".encode()), (f"{word}.png", picture.getvalue())):
        file = files.keep(io.BytesIO(content), name=name, body_id=body_id, case_id=case_id, **told(body_id))
        casework.attach(case_id=case_id, file_id=file.pk, **told(body_id))


def _key(body_id, inside):
    """Let a body give another system a key."""
    from moothall.standards import actions as standards

    standards.make_key(body_id=body_id, name=f"{inside} app", per_hour=60, **told(body_id))


def _call(body_id, inside, case_id):
    """Let somebody ring a body about a case, and somebody write who is not answered yet."""
    from moothall.desk import actions as desk

    said = {"body_id": body_id, "note": f"{inside} said on the phone"}
    desk.record_contact(channel="phone", kind="chase", outcome="answered", case_id=case_id, **said, **told(body_id))
    letter = desk.record_contact(channel="post", kind="question", outcome="call-back", **said, **told(body_id))
    _receive(body_id)
    about = {"phone": "01632 960 004", "about": f"{inside} wants to know", "due_at": now()}
    desk.promise_call_back(contact_id=letter, **about, **told(body_id))
    written = about | {"phone": f"{CODES[body_id].lower()}@example.org", "way": "email"}
    desk.promise_call_back(contact_id=letter, **written, **told(body_id))


def _letters(body_id, inside):
    """Let somebody write to a body who is not answered yet, and let it put a letter aside."""
    from tests.letters import letter

    from moothall.inbox import actions as inbox

    for sender in (f"{inside.lower()}@example.org", "help@moothall.example"):
        made = letter(f"{inside} wrote this", From=f"{inside} <{sender}>", Subject=f"{inside} in a letter")
        made.add_attachment(f"{inside} enclosed\n".encode(), maintype="text", subtype="plain", filename=f"{inside}.txt")
        inbox.take_in(
            body_id=body_id, channel="email", raw=made.as_bytes(), name="letter.eml", kind=inbox.MAIL, **told(body_id)
        )


def _receive(body_id):
    """Let a body receive people somewhere, one at a counter and one who waits."""
    from moothall.desk import actions as desk

    said = {"name": "Town hall", "name_cy": "", "address": "1 Mill Lane", "postcode": "ZM1 1EF", "phone": ""}
    said |= {"hours": "Mo-Fr 09:00-17:00", "services": [], "languages": ["en"], "access": [], "tickets": True}
    point = desk.keep_point(body_id=body_id, **said, **told(body_id))
    for _ in range(3):
        desk.take_ticket(body_id=body_id, point_id=point.pk, **told(body_id))
    desk.call_next(body_id=body_id, point_id=point.pk, counter="1", **told(body_id))


def _person(body_id, word, case_id):
    """Let a body know two people who may be one, write to one of them, and begin a pack and an erasure."""
    from moothall.core import audit, messages, privacy
    from moothall.people import actions as people

    known = []
    for reference in ("1", "2"):
        person = people.record_person(
            body_id=body_id, name=f"{word} Person", reference=f"{word}-{reference}", **told(body_id)
        )
        people.add_contact(
            person_id=person, body_id=body_id, kind="email", value=f"{word.lower()}@example.org", **told(body_id)
        )
        known.append(person)
    people.add_needs(person_id=known[0], body_id=body_id, needs=("language:cy", "interpreter:bfi"), **told(body_id))
    people.move_home(person_id=known[0], body_id=body_id, address=f"2 {word} Row", starts=now().date(), **told(body_id))
    people.share_household(person_ids=known, body_id=body_id, starts=now().date(), **told(body_id))
    people.appoint_agent(
        person_id=known[0], agent_id=known[1], body_id=body_id, kind="carer", starts=now().date(), **told(body_id)
    )
    messages.send(
        body_id=body_id, channel="letter", to=f"{word} Person\n1 Mill Lane\nAshby\nZM1 2AB", template="test.letter",
        subject=word, text=f"{word} in a letter", case_id=case_id, person_id=known[0], **told(body_id),
    )  # fmt: skip
    messages.send(
        body_id=body_id, channel="letter", to=f"{word} Reader\n1 Mill Lane\nAshby\nZM1 2AB", template="test.letter",
        subject=f"{word} by hand", text=f"{word} in braille", made_as="braille", person_id=known[0], **told(body_id),
    )  # fmt: skip
    audit.read(object=audit.person_object(known[0]), body_id=body_id, what=f"{word} page", **told(body_id))
    privacy.ask_for_pack(person_ids=[known[0]], body_id=body_id, **told(body_id))


def _drafts(body_id, inside):
    """Let a body write three services: one that goes on, one that waits for a second person, one that was agreed to."""
    from moothall.bodies import queries as bodies
    from moothall.editor import actions as editor

    kind = str(bodies.body(body_id).kind)
    told_twice = {"at": now(), "by": Actor("staff", "1", body_id)}
    for end, name in enumerate(("one", "two", "three")):
        given = {"title": f"{inside} {name}", "title_cy": inside, "work": "street-cleaning", "topic": "streets",
                 "team": "contact-centre", "bodies": [kind], "source": "Nowhere"}  # fmt: skip
        row = editor.begin_new(
            body_id=body_id, service_id=f"{CODES[body_id].lower()}-{name}", given=given, **told(body_id)
        )
        text = row.files["service.yaml"] + f"# {inside}\n"
        editor.save(draft_id=row.pk, changed={"service.yaml": text}, **told(body_id))
        if end:
            editor.ask(draft_id=row.pk, words=f"{inside} asked", **told_twice)
        if end == 2:
            reviewer = _reviewer(body_id)
            editor.answer(draft_id=row.pk, agree=True, at=now(), by=Actor("staff", str(reviewer), body_id))


def _reviewer(body_id):
    """Return the account of somebody who may be the second person for a draft."""
    from moothall.bodies import queries as bodies

    return bodies.staff(body_id, now().date(), "partnership-office").first().account_id


def _request(body_id, word):
    """Return what is asked of a body: a hole of the county, a complaint of the others."""
    contact = {"name": f"{word} Contact", "email": f"{word.lower()}@example.org"}
    if body_id == MARCHSHIRE:
        place = stories.mill_lane(40, word)
        answers = {"where": place, "surface": "road", "width": "dinner-plate", "depth": "fist"}
        return {"service_id": "report-pothole", "answers": answers, "place": place, "contact": contact}
    answers = {
        "about": "delay", "had_answer": False, "happened": f"{word} happened", "put_right": f"{word} wish",
        "for_other": False,
    }  # fmt: skip
    return {"service_id": "complaint", "answers": answers, "body_id": body_id, "contact": contact}


def _troubles(admin):
    """Let a refund, a call, a step and a job stand still, so that the pages that mend them have something to show."""
    admin.execute("set session_replication_role = replica")
    admin.execute("update ledger_refund set state = 'error' where body_id = %s", [ASHBY])
    admin.execute("update links_call set state = 'failed' where body_id = %s", [BORLEY])
    admin.execute("update casework_step set state = 'failed' where body_id = %s and name = 'return_visit'", [ASHBY])
    admin.execute(
        "update procrastinate_jobs set status = 'failed' where id = (select max(id) from procrastinate_jobs "
        "where task_name = 'ledger.give_up')"
    )
    admin.execute("set session_replication_role = origin")


def _stain(admin, cases):
    """Write each owner's word into every column of free words in its rows, whatever the triggers say.

    A column that a check speaks of holds a code and stays.
    """
    columns = admin.execute(
        "select c.table_name, c.column_name, exists (select 1 from information_schema.columns k "
        "where k.table_name = c.table_name and k.column_name = 'case_id') from information_schema.columns c "
        "join information_schema.columns b on b.table_name = c.table_name and b.column_name = 'body_id' "
        "where c.table_schema = 'public' and c.data_type in ('text', 'character varying') and c.column_name = any(%s) "
        "and c.is_generated = 'NEVER' and not exists (select 1 from pg_constraint s join pg_attribute a "
        "on a.attrelid = s.conrelid and a.attnum = any(s.conkey) where s.contype = 'c' "
        "and s.conrelid = c.table_name::regclass and a.attname = c.column_name)",
        [list(WORDS)],
    ).fetchall()
    admin.execute("set session_replication_role = replica")
    for table, column, of_case in columns:
        if table.startswith(PUBLISHED) or (table, column) in KEPT:
            continue
        for body_id, code in CODES.items():
            word = canary(INSIDE[body_id] if table.startswith(AMONG_STAFF) else code)
            admin.execute(f'update "{table}" set "{column}" = %s where body_id = %s', [word, body_id])
        key = "id" if table == "casework_case" else "case_id" if of_case else None
        for code in SHARED if key else ():
            admin.execute(f'update "{table}" set "{column}" = %s where {key} = %s', [canary(code), cases[code]])
    admin.execute("set session_replication_role = origin")
