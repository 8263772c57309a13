"""Drafts: answers kept until they are sent, and picked up again with a code sent by e-mail."""

import datetime as dt
import secrets
from uuid import UUID

from django.conf import settings
from django.db import connection

from moothall.casework.models import Draft
from moothall.casework.queries.beginning import known_again
from moothall.casework.queries.file import case_file
from moothall.casework.rules.contact import digest
from moothall.catalogue import queries as catalogue
from moothall.core import messages
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.ids import new_id
from moothall.core.messages import PLATFORM
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import current_scope, scoped

CODE_HOLDS = dt.timedelta(minutes=30)
KEPT_FOR = dt.timedelta(days=30)
WORDS = {
    "en": (
        "Your code to carry on",
        "Your code is {code}.\n\nIt works for 30 minutes, at {address}/drafts/. Your answers are kept for 30 days.",
    ),
    "cy": (
        "Eich cod i barhau",
        "Eich cod yw {code}.\n\nMae'n gweithio am 30 munud, yn {address}/drafts/. Cedwir eich atebion am 30 diwrnod.",
    ),
}


class AlreadySent(Refusal):
    """You have sent this already. Track it with its reference."""


class NotAgain(Refusal):
    """This cannot be begun again with what we know. Start the service from its own page."""


class NotKept(Refusal):
    """For your safety we keep none of this until you send it. Go on now, or ring the number at the top of the page."""


def save_draft(
    *,
    draft_id: UUID | None = None,
    service_id: str | None = None,
    answers: dict,
    place: dict | None = None,
    contact: dict | None = None,
    body_id: int | None = None,
    person_id: UUID | None = None,
    acts_for_id: UUID | None = None,
    language: str = "en",
    at: dt.datetime,
    by: Actor,
) -> UUID:
    """Keep answers that are not sent yet; return the draft's id, which becomes the case's when it is sent.

    Without `draft_id` a new draft of `service_id` begins. Answers replace those kept. With `acts_for_id` a helper
    writes it for the person they help, whose case it becomes; until then it is the helper's. Refuses AlreadySent,
    NotYours.
    """
    new = draft_id is None
    draft_id = draft_id or new_id()
    with scoped(current_scope().narrowed(case=draft_id)):
        if new:
            version = catalogue.current(service_id)
            draft = Draft(id=draft_id, service_id=service_id, version_id=version.id, started_at=at)
        else:
            draft = _draft(draft_id)
        draft.answers, draft.saved_at, draft.language = answers, at, language
        draft.place = place if place is not None else draft.place
        draft.contact = contact if contact is not None else draft.contact
        draft.body_id = body_id or draft.body_id
        draft.person_id = person_id or draft.person_id
        draft.acts_for_id = acts_for_id or draft.acts_for_id
        draft.save(force_insert=new)
    return draft_id


def begin_again(
    *, case_id: UUID, helper_id: UUID | None = None, acts_for_id: UUID | None = None, at: dt.datetime, by: Actor
) -> UUID:
    """Begin a request that ended anew with what is known of it, as its definition lets one; return the draft's id.

    How the person is reached is asked again: who has a reference and one contact is shown no other. A helper
    (`helper_id`, under `acts_for_id`) holds the draft until it is sent. Refuses NotAgain.
    """
    file = case_file(case_id)
    answers = known_again(file, local(at).date())
    if answers is None:
        raise NotAgain()
    case = file.case
    return save_draft(
        service_id=case.service_id, answers=answers, body_id=case.body_id, person_id=helper_id or case.person_id,
        acts_for_id=acts_for_id, language=case.language, at=at, by=by,
    )  # fmt: skip


def send_draft_code(*, draft_id: UUID, email: str, at: dt.datetime, by: Actor) -> None:
    """Send a six-digit code by which this draft can be picked up on another day or device within 30 minutes.

    Refuses NotKept for an urgent referral: whoever finds the e-mail could read it.
    """
    code = f"{secrets.randbelow(1_000_000):06d}"
    with scoped(current_scope().narrowed(case=draft_id)):
        draft = _draft(draft_id)
        if catalogue.definition(draft.version_id).urgent:
            raise NotKept()
        draft.contact_digest = digest(settings.SECRET_KEY, "email", email)
        draft.code_digest = digest(settings.SECRET_KEY, "code", code)
        draft.code_expires_at, draft.code_tries = at + CODE_HOLDS, 0
        draft.save(update_fields=["contact_digest", "code_digest", "code_expires_at", "code_tries"])
    _send_code(email, code, draft.language, at, by)


def ask_for_code(*, email: str, at: dt.datetime, by: Actor) -> None:
    """Send a code for the newest draft kept under an e-mail address; says nothing where there is none."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    with connection.cursor() as cursor:
        cursor.execute(
            "select casework_draft_code(%s, %s, %s)",
            [digest(settings.SECRET_KEY, "email", email), digest(settings.SECRET_KEY, "code", code), at + CODE_HOLDS],
        )
        language = cursor.fetchone()[0]
    if language:
        _send_code(email, code, language, at, by)


def pick_up_draft(*, email: str, code: str, at: dt.datetime, by: Actor) -> UUID | None:
    """Return the draft that a code sent to this address opens, or None; five tries, then a new code is needed.

    It does not refuse: a refusal would undo the count of tries.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select casework_draft(%s, %s, %s)",
            [digest(settings.SECRET_KEY, "email", email), digest(settings.SECRET_KEY, "code", code), at],
        )
        return cursor.fetchone()[0]


def mark_sent(*, draft_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Write down that a draft became the case with its id, and forget its answers here."""
    with scoped(current_scope().narrowed(case=draft_id)):
        Draft.objects.filter(pk=draft_id).update(sent_at=at, answers={}, contact={}, place={}, code_digest=None)


def discard_draft(*, draft_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Forget a draft; it cannot be got back."""
    with scoped(current_scope().narrowed(case=draft_id)):
        _draft(draft_id).delete()


def _draft(draft_id: UUID) -> Draft:
    draft = Draft.objects.filter(pk=draft_id).select_for_update().first()
    if draft is None:
        raise NotYours()
    if draft.sent_at:
        raise AlreadySent()
    return draft


def _send_code(email: str, code: str, language: str, at: dt.datetime, by: Actor) -> None:
    subject, text = WORDS.get(language, WORDS["en"])
    with scoped(current_scope().narrowed(bodies=(PLATFORM,), purpose="draft code")):
        messages.send(
            body_id=PLATFORM,
            channel="email",
            to=email,
            template="draft-code",
            subject=subject,
            text=text.format(code=code, address=settings.MOOTHALL_ADDRESS),
            language=language,
            at=at,
            by=by,
        )
