"""Core's own answers: files, messages, and the audit trail about a person."""

import datetime as dt
import json
from uuid import UUID

from django.db import connection
from django.db.models import Q

from moothall.core import audit, files, lint, messages, personal, ports, privacy, succession
from moothall.core.actor import Actor
from moothall.core.belongings import OWN, Share, part_of, stays
from moothall.core.models import AuditEntry, File, Outgoing, OutgoingWords
from moothall.core.scope import Scope, scoped

KEEP_MESSAGES = dt.timedelta(days=2 * 365)
KEEP_SIGN_IN = dt.timedelta(days=1)
KEEP_RECEIPTS = dt.timedelta(days=90)

personal.declare(
    "core_account", "email", "name", purpose="sign in", basis="public task", keep="until the account is closed"
)
personal.declare(
    "core_file",
    "name",
    "lat",
    "lon",
    purpose="evidence that somebody sent, or papers made for them",
    basis="public task",
    keep="as long as the case it belongs to; a subject-access pack 90 days",
)
personal.declare(
    "core_outgoingwords",
    "recipient",
    "subject",
    "text",
    purpose="tell people what happens to what they asked for",
    basis="public task",
    keep="2 years after it was written; sign-in codes 1 day",
)
personal.declare(
    "core_outgoing",
    "made_as",
    purpose="write to people in a format they can read (Equality Act 2010 s.20(6))",
    basis="public task",
    keep="2 years after it was written, as the words are",
)
personal.declare(
    "core_auditpayload",
    "data",
    purpose="show who did and read what",
    basis="legal obligation",
    keep="6 years; words about a person are erased with their data, and the entry stays",
)
personal.declare(
    "core_privacyrequest",
    "because",
    purpose="evidence of what people asked about their own data",
    basis="legal obligation",
    keep="6 years",
)
personal.free("core_receipt", "key", why="names a piece of work by ids")
personal.free("core_fact", "name", "payload", why="events hold ids and codes only")
personal.free("core_auditentry", "object", "actor", "purpose", "action", why="ids and codes only")

personal.free("core_operation", "subject", why="names long work by ids, numbers and settings")

TABLES = (
    "core_account",
    "core_file",
    "core_outgoing",
    "core_outgoingwords",
    "core_auditpayload",
    "core_privacyrequest",
)


@ports.subject_access.answer(*TABLES)
def subject_access(person_ids: list[UUID], *, at: dt.datetime) -> dict[str, list[dict]]:
    """Return the files, messages and readings of a person's data that the scope's body holds."""
    kept = File.objects.filter(person_id__in=person_ids, erased_at=None).order_by("at")
    wrote = Outgoing.objects.select_related("words").filter(person_id__in=person_ids).order_by("at")
    about = [audit.person_object(person_id) for person_id in person_ids]
    read = AuditEntry.objects.filter(object__in=about, action=audit.READ).order_by("at")
    return {
        "Files": [{"name": row.name, "kind": row.kind, "at": row.at, "file_id": row.pk} for row in kept],
        "Messages we wrote": [
            {
                "at": row.at,
                "by": row.channel_name,
                "in": row.get_made_as_display(),
                "to": row.words.recipient,
                "about": row.words.subject,
                "text": row.words.text,
            }
            for row in wrote
        ],
        "Who read your data": [{"at": row.at, "who": row.actor, "why": row.purpose} for row in read],
    }


@ports.erase.answer(*TABLES)
def erase(person_ids: list[UUID], body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase a person's files, messages and the words of the trail about them at one body."""
    because = "erasure of a person's data"
    kept = list(
        File.objects.filter(body_id=body_id, person_id__in=person_ids, erased_at=None).values_list("id", flat=True)
    )
    wrote = list(Outgoing.objects.filter(body_id=body_id, person_id__in=person_ids).values_list("id", flat=True))
    entries = [
        number
        for person_id in person_ids
        for number in audit.entries_about(object=audit.person_object(person_id), body_id=body_id)
    ]
    if entries:
        audit.erase(entry_ids=entries, body_id=body_id, because=because, at=at, by=by)
    return {
        "core_file": files.erase(file_ids=kept, because=because, at=at, by=by),
        "core_outgoingwords": messages.erase(outgoing_ids=wrote, at=at),
        "core_auditpayload": len(entries),
    }


@ports.forget_body.answer("core_file", "core_outgoingwords")
def forget_body(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase the files and the words of messages of a body's people; its trail of who did what stays sealed."""
    of_people = Q(case_id__isnull=False) | Q(person_id__isnull=False)
    kept = list(File.objects.filter(of_people, body_id=body_id, erased_at=None).values_list("id", flat=True))
    wrote = OutgoingWords.objects.filter(outgoing__body_id=body_id, erased_at=None).values_list("pk", flat=True)
    return {
        "core_file": files.erase(file_ids=kept, because="its body has left", at=at, by=by),
        "core_outgoingwords": messages.erase(outgoing_ids=list(wrote), at=at),
    }


@ports.retention.answer(*TABLES)
def retention(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase the words of old messages, old packs, old sign-in codes and receipts of work long done."""
    old = OutgoingWords.objects.filter(outgoing__body_id=body_id, outgoing__at__lt=at - KEEP_MESSAGES, erased_at=None)
    counts = {
        "core_outgoingwords": messages.erase(outgoing_ids=list(old.values_list("pk", flat=True)), at=at),
        "core_file": privacy.drop_old_packs(body_id=body_id, at=at, by=by),
    }
    with scoped(Scope(bodies=(messages.PLATFORM,), purpose="message", actor=by)):
        codes = OutgoingWords.objects.filter(
            outgoing__body_id=messages.PLATFORM, outgoing__at__lt=at - KEEP_SIGN_IN, erased_at=None
        )
        messages.erase(outgoing_ids=list(codes.values_list("pk", flat=True)), at=at)
    with connection.cursor() as cursor:
        cursor.execute("delete from core_receipt where at < %s", [at - KEEP_RECEIPTS])
    return counts


@ports.belongings.answer("core_account", "core_outgoing", "core_outgoingwords")
def goes_along() -> dict[str, Share]:
    """Staff's accounts go without what they sign in with; sessions, done work and the libraries' own tables stay."""
    staff = "id in (select account_id from bodies_staff where body_id = %(body)s)"
    ours = "status in ('todo', 'doing') and (args->>'body')::int = %(body)s"
    waiting = Share(ours, "work that waits", {"status": "'todo'", "worker_id": "null", "abort_requested": "false"})
    return {
        **dict.fromkeys(lint.FRAMEWORK, stays("how people sign in here, and how this installation works")),
        "procrastinate_jobs": waiting,
        "core_account": Share(staff, "accounts of staff, without what they sign in with",
                              {"password": "'!'", "last_login": "null"}),
        "core_operation": stays("what this installation was asked to do, and how far it is"),
        "core_receipt": stays("what this installation's worker has done"),
        "core_outgoingwords": part_of("core_outgoing", OWN, "outgoing_id", "what was written to people"),
    }  # fmt: skip


OF_CASE = succession.heir_of("casework_case", "t.case_id")
HEADS = """
select b.id, coalesce(max(s.number), 0), coalesce(max(s.size), 0),
  coalesce((array_agg(encode(s.hash, 'hex') order by s.number desc))[1], '')
from bodies_body b left join core_auditseal s on s.body_id = b.id where b.id = any(%(bodies)s) group by b.id"""


def _hand_on_the_trail(moving: succession.Moving) -> None:
    """Write each predecessor's last seal into its successors' trails, and the succession into its own."""
    heads = {body: head for body, *head in moving.sql(HEADS, bodies=moving.predecessors).fetchall()}
    for line in moving.lines:
        number, size, hash_ = heads[line.predecessor]
        said = {"predecessor": line.predecessor, "number": number, "size": size, "hash": hash_}
        _note(moving, line.successor, "body.succeeds", f"body:{line.predecessor}", said)
        _note(moving, line.predecessor, "body.succeeded", f"body:{line.successor}", {"successor": line.successor})


def _take_the_trail_back(moving: succession.Moving) -> None:
    for line in moving.lines:
        _note(moving, line.successor, "body.succession-undone", f"body:{line.predecessor}", {})
        _note(moving, line.predecessor, "body.succession-undone", f"body:{line.successor}", {})


def _note(moving: succession.Moving, body_id: int, action: str, about: str, said: dict) -> None:
    moving.sql(
        "select audit_record(%(body)s::smallint, %(at)s, %(by)s, %(action)s, %(about)s, %(said)s)",
        body=body_id, action=action, about=about, said=json.dumps(said, separators=(",", ":"), sort_keys=True),
    )  # fmt: skip


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """The trail, what was written and kept files stay; the successor sees them. Where land is divided, by the case."""
    trail = succession.stays("each body's trail stays its own; the successor's begins with its last seal")
    seen = "array(select distinct case when x = t.body_id then h.heir else x end from unnest(t.seen_by) x order by 1)"
    return succession.Chapter(
        fates={
            **dict.fromkeys(("core_auditentry", "core_auditleaf", "core_auditpayload", "core_auditseal"), trail),
            "core_auditunsealed": succession.stays("entries that wait for their body's next seal"),
            "core_fact": succession.stays("what happened, as it was told"),
            "core_operation": succession.stays("long work that was asked for, and what came of it"),
            "core_file": succession.changes(
                "files stay where they are kept; whoever takes a case over sees its files",
                "t.erased_at is null", heir=OF_CASE, divided=True, seen_by=seen,
            ),
            "core_outgoing": (
                succession.moves("letters to print or to make by hand, and what could not be delivered",
                                 "t.state in ('to-print', 'to-make', 'failed')", heir=OF_CASE),
                succession.moves("what was written about a case goes with its case", "t.state = 'sent'",
                                 heir=OF_CASE, divided=True),
            ),
            "core_privacyrequest": succession.moves("requests about one's own data that wait", "t.done_at is null"),
        },
        grows=("core_auditentry", "core_auditpayload", "core_auditunsealed"),
        hooks=(succession.Hook("Hand on the audit trail", _hand_on_the_trail, _take_the_trail_back),),
        figures=(
            succession.Figure(
                "Files kept",
                "select 'files', count(*) from core_file where body_id = any(%(bodies)s) and erased_at is null",
            ),
        ),
    )  # fmt: skip
